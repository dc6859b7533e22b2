"""Files as they come: encodings, files that cannot be read, consoles that cannot show everything."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SEED = ROOT / "examples" / "lingling-2023"
CORRECTED, SHORT = SEED / "corrected.perf", SEED / "shortfall.csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_ruleset_may_be_in_any_of_these(encoding: str, end: str, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "规则.perf"
    file.write_bytes(CORRECTED.read_text(encoding="utf-8").replace("\n", end).encode(encoding))

    assert run("eval", file, SHORT).out == run("eval", CORRECTED, SHORT).out


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"\0\0\0", "规则集 甲".encode("utf-16")], ids=["bytes", "nul", "utf-16"])
@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_a_ruleset_that_is_no_text_is_said(command: str, data: bytes, run: Any, tmp_path: Path) -> None:
    file = tmp_path / "规则.perf"
    file.write_bytes(data)
    ran = run(command, file)

    assert ran.code == 1
    assert "E010" in ran.err


@pytest.mark.parametrize("command", ["check", "test", "fmt"])
def test_a_folder_is_no_ruleset(command: str, run: Any, tmp_path: Path) -> None:
    ran = run(command, tmp_path)

    assert ran.code == 1
    assert "E010" in ran.err


def test_a_file_without_permission_is_said(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    ran = run("check", tmp_path / "规则.perf")

    assert ran.code == 1
    assert "E010" in ran.err


def test_an_empty_ruleset_is_said(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "空.perf"
    file.write_text("", encoding="utf-8")
    ran = run("check", file)

    assert ran.code == 1
    assert "E112" in ran.err


# ---- a process of its own


def _process(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([sys.executable, "-m", "perfdsl", *map(str, arguments)], capture_output=True, env=settings,
                          check=False, timeout=600)


@pytest.mark.parametrize("encoding", ["gbk", "gb2312", "ascii", "latin-1", "utf-8"])
def test_a_console_that_lacks_a_character_goes_on(encoding: str) -> None:
    ran = _process("eval", CORRECTED, SHORT, PYTHONIOENCODING=encoding, PYTHONUTF8="0")

    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    assert b"81.75" in ran.stdout


def test_a_console_in_gbk_shows_chinese_and_no_wide_lines() -> None:
    text = _process("eval", CORRECTED, SHORT, PYTHONIOENCODING="gbk").stdout.decode("gbk")

    assert "提供就业岗位" in text
    assert "?" not in text
    assert not set("─━│") & set(text)


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {}])
def test_no_colour_where_it_is_unwanted_or_nobody_looks(settings: dict[str, str]) -> None:
    ran = _process("check", SEED / "as-published.perf", **settings)

    assert ran.returncode == 1
    assert b"\x1b" not in ran.stdout + ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
@pytest.mark.parametrize(("settings", "coloured"), [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_is_coloured_unless_no_color_is_set(settings: dict[str, str], coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", **settings}
    subprocess.run([sys.executable, "-m", "perfdsl", "check", str(SEED / "as-published.perf")], stderr=theirs, stdout=theirs,
                   stdin=subprocess.DEVNULL, env=environment, check=False, timeout=600)
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)

    assert (b"\x1b[" in shown) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there is no head")
def test_a_reader_that_leaves_early_is_no_fault() -> None:
    process = subprocess.Popen([sys.executable, "-m", "perfdsl", "eval", str(CORRECTED), str(SHORT)], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    process.wait(60)

    assert b"Traceback" not in said
    assert b"\xe7\xbc\xba\xe9\x99\xb7" not in said


def test_the_cache_is_only_a_help(tmp_path: Path) -> None:
    """Without a cache, with a fresh one, with a filled and with a damaged one: the same is printed."""
    printed = {_process("eval", CORRECTED, SHORT, PERFDSL_CACHE=cache).stdout for cache in ("", str(tmp_path), str(tmp_path))}
    for file in tmp_path.iterdir():
        file.write_bytes(b"\x80damaged")
    printed.add(_process("eval", CORRECTED, SHORT, PERFDSL_CACHE=str(tmp_path)).stdout)
    printed.add(_process("eval", CORRECTED, SHORT, PERFDSL_CACHE=str(CORRECTED / "no folder")).stdout)

    assert len(printed) == 1


def test_a_changed_ruleset_is_read_anew(tmp_path: Path) -> None:
    """Also where only what it extends has changed."""
    base, own = tmp_path / "去年.perf", tmp_path / "今年.perf"
    base.write_text(CORRECTED.read_text(encoding="utf-8"), encoding="utf-8")
    own.write_text("规则集 「部门整体支出绩效自评」\n年度 2024\n沿用 「部门整体支出绩效自评」 2023\n", encoding="utf-8")
    cache = str(tmp_path / "cache")
    before = _process("eval", own, SHORT, PERFDSL_CACHE=cache).stdout
    base.write_text(base.read_text(encoding="utf-8").replace("目标 ≥ 3亿元", "目标 ≥ 4亿元"), encoding="utf-8")
    after = _process("eval", own, SHORT, PERFDSL_CACHE=cache).stdout

    assert "≥ 3亿元".encode() in before
    assert "≥ 4亿元".encode() in after
    assert "≥ 3亿元".encode() not in after


@pytest.mark.parametrize("given", ["ruleset", "data"])
def test_eval_writes_over_nothing_that_it_reads(given: str, run: Any, tmp_path: Path) -> None:
    files = {"ruleset": tmp_path / "自评.perf", "data": tmp_path / "自评.csv"}
    for file, kept in zip(files.values(), (CORRECTED, SHORT), strict=True):
        file.write_bytes(kept.read_bytes())
    before = files[given].read_bytes()

    ran = run("eval", files["ruleset"], files["data"], "--format", "csv", "-o", files[given])

    assert ran.code == 2
    assert "是输入的文件，不能把结果写在它上面" in ran.err
    assert files[given].read_bytes() == before


@pytest.mark.parametrize("given", ["自评.csv", "."])
def test_audit_writes_over_no_form(given: str, run: Any, tmp_path: Path) -> None:
    form = tmp_path / "自评.csv"
    form.write_text("一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,新建校舍,3栋,3栋,10,10\n", encoding="utf-8")
    before = form.read_bytes()

    ran = run("audit", tmp_path / given, "--format", "json", "-o", form)

    assert ran.code == 2
    assert form.read_bytes() == before


def test_import_does_not_write_the_data_over_the_form(run: Any, tmp_path: Path) -> None:
    """The data take the name of the ruleset with .csv, which may be the form itself."""
    form = tmp_path / "自评.csv"
    form.write_text("一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分\n产出指标,数量指标,新建校舍,3栋,3栋,10,10\n", encoding="utf-8")
    before = form.read_bytes()

    ran = run("import", form, "-o", tmp_path / "自评.perf", "--force")

    assert ran.code == 2
    assert form.read_bytes() == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion_is_there(shell: str) -> None:
    ran = _process(_PERFDSL_COMPLETE=f"{shell}_source")

    assert ran.returncode == 0
    assert b"_PERFDSL_COMPLETE" in ran.stdout
