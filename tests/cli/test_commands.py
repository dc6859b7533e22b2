"""How every command ends and on which stream it speaks.  0 fine, 1 the user's file has errors, 2 usage, 3 our fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import perfdsl

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
CORRECTED, PUBLISHED = SEED / "corrected.perf", SEED / "as-published.perf"
FULL, SHORT = SEED / "corrected.csv", SEED / "shortfall.csv"


@pytest.mark.parametrize(("arguments", "code"), [
    (("--version",), 0),
    (("--help",), 0),
    (("check", CORRECTED), 0),
    (("check", PUBLISHED), 1),
    (("check", CORRECTED, PUBLISHED), 1),
    (("eval", CORRECTED, FULL), 0),
    (("eval", CORRECTED, SHORT), 0),
    (("eval", PUBLISHED, SEED / "as-published.csv"), 1),
    (("test", CORRECTED), 0),
    (("fmt", "--check", CORRECTED), 0),
    (("explain", "E201"), 0),
    (("explain", CORRECTED, "税收"), 0),
    (("explain", CORRECTED, "税收", "--data", SHORT), 0),
    (("eval", CORRECTED, SEED / "没有.csv"), 1),
    (("eval", SEED / "没有.perf", FULL), 1),
    (("check", SEED / "没有.perf"), 1),
    (("eval", CORRECTED, SEED), 1),
    (("evil", CORRECTED, FULL), 2),
    (("eval", CORRECTED), 2),
    (("eval", CORRECTED, FULL, "--format", "pdf"), 2),
    (("eval", CORRECTED, FULL, "--width", "宽"), 2),
    (("check",), 2),
    (("check", "--what", CORRECTED), 2),
    (("explain", "E999"), 2),
    (("explain", CORRECTED, "没有这项"), 2),
], ids=lambda x: " ".join(Path(str(a)).name for a in x) if isinstance(x, tuple) else None)
def test_how_a_command_ends(arguments: tuple[Any, ...], code: int, run: Any) -> None:
    assert run(*arguments).code == code


def test_a_fault_of_ours_ends_with_3_and_without_a_traceback(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyError("内部")

    monkeypatch.delenv("PERFDSL_DEBUG", raising=False)
    monkeypatch.setattr("perfdsl.pipeline.load", broken)
    ran = run("check", CORRECTED)

    assert ran.code == 3
    assert "perfdsl 的缺陷：KeyError" in ran.err
    assert "Traceback" not in ran.err + ran.out


def test_the_version(run: Any) -> None:
    assert run("--version").out == f"perfdsl {perfdsl.__version__}\n"


def test_a_misspelt_command_is_helped(run: Any) -> None:
    assert "是不是「eval」" in run("evl").err
    assert "explain" in run("zzz").err


# ---- streams


def test_results_go_to_stdout_and_findings_to_stderr(run: Any) -> None:
    ran = run("eval", CORRECTED, SHORT)

    assert "总分 81.75～91.75" in ran.out
    assert "W451" not in ran.out
    assert "W451" in ran.err
    assert "shortfall.csv" in ran.err


def test_json_on_stdout_is_only_json(run: Any) -> None:
    assert json.loads(run("eval", PUBLISHED, SEED / "as-published.csv", "--format", "json").out)["total"]["score"] == "110.00"
    found = json.loads(run("check", PUBLISHED, "--format", "json").out)
    assert {d["code"] for d in found} == {"E202", "W302"}
    assert json.loads(run("check", CORRECTED, "--format", "json").out) == []


def test_json_says_what_leaves_nothing_to_score(run: Any, tmp_path: Path) -> None:
    broken = tmp_path / "坏.perf"
    broken.write_text("规则集 「坏」\n当当当\n", encoding="utf-8")
    ran = run("eval", broken, FULL, "--format", "json")

    assert ran.code == 1
    assert [d["code"][:2] for d in json.loads(ran.out)["diagnostics"]] == ["E0"]


def test_data_come_from_stdin(run: Any) -> None:
    ran = run("eval", CORRECTED, "-", "--format", "json", stdin=SHORT.read_bytes())
    other = run("eval", CORRECTED, SHORT, "--format", "json")

    assert ran.code == 0
    assert json.loads(ran.out)["total"] == json.loads(other.out)["total"]


def test_stdin_may_be_gb18030(run: Any) -> None:
    text = FULL.read_text(encoding="utf-8-sig")

    assert "等级 优" in run("eval", CORRECTED, "-", stdin=text.encode("gb18030")).out
