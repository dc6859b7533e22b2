"""What the page on the Python API shows is what its example prints; `--golden-update` pastes it anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfdsl.resources import template

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "api.md"
_SHOWN = re.compile(r"(?P<head>## 一个个单位计分\n.*?```python\n(?P<code>.*?)```\n\n```text\n)(?P<printed>.*?)(?=```)", re.S)


def test_the_example_of_compiled_prints_what_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
                                                      request: pytest.FixtureRequest) -> None:
    page = PAGE.read_text(encoding="utf-8")
    shown = _SHOWN.search(page)
    assert shown is not None
    (tmp_path / "自评.perf").write_text(template("starter.perf"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    exec(compile(f"import perfdsl\n{shown['code']}", "api.md", "exec"), {})
    printed = capsys.readouterr().out

    if request.config.getoption("--golden-update"):
        PAGE.write_text(page[:shown.start("printed")] + printed + page[shown.end("printed"):], encoding="utf-8")
    else:
        assert shown["printed"] == printed
