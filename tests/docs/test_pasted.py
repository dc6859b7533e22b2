"""Outputs that stand in the documents are those that the program prints; `--golden-update` pastes them anew."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from perfdsl.resources import template

ROOT = Path(__file__).parents[2]
_TABLE = re.compile(r"(?<=```text\n)部门整体支出绩效自评（2023年度）\n.*?(?=```)", re.S)
_IDENTITY = re.compile(r"(?<=```text\n)规则集「本单位项目支出绩效自评」[^\n]*\n")
_JSON = re.compile(r"(?<=```json\n)\{\n  \"ruleset\".*?\n\}\n(?=```)", re.S)
_RULESET = re.compile(r"```perf\n(.*?)```", re.S)
_DATA = re.compile(r"```text\n(指标,.*?)```", re.S)


def _holds(file: Path, pattern: re.Pattern[str], printed: str, update: bool) -> None:
    text = file.read_text(encoding="utf-8")
    if update:
        file.write_text(pattern.sub(lambda _: printed, text, count=1), encoding="utf-8")
    found = pattern.search(file.read_text(encoding="utf-8"))

    assert found is not None
    assert found[0] == printed


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


@pytest.mark.parametrize("name", ["README.md", "README.en.md"])
def test_the_readme_shows_what_the_demo_prints(name: str, run: Any, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    monkeypatch.chdir(ROOT)
    printed = run("eval", "examples/lingling-2023/corrected.perf", "examples/lingling-2023/corrected.csv").out

    _holds(ROOT / name, _TABLE, printed, update)


def test_the_guide_shows_the_identity_of_the_starter(run: Any, tmp_path: Path, update: bool) -> None:
    ruleset, data = tmp_path / "自评.perf", tmp_path / "自评.csv"
    ruleset.write_text(template("starter.perf"), encoding="utf-8")
    data.write_text(template("starter.csv"), encoding="utf-8")
    printed = run("eval", str(ruleset), str(data), "--width", "100").out

    _holds(ROOT / "docs" / "guide.md", _IDENTITY, printed.splitlines()[-1] + "\n", update)


def test_the_contract_shows_what_is_printed(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update: bool) -> None:
    file = ROOT / "docs" / "reference" / "json.md"
    text = file.read_text(encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, pattern in (("示例.perf", _RULESET), ("示例.csv", _DATA)):
        written = pattern.search(text)
        assert written is not None
        Path(name).write_text(written[1], encoding="utf-8")

    _holds(file, _JSON, run("eval", "示例.perf", "示例.csv", "--format", "json").out, update)
