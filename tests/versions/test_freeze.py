"""perfdsl freeze, and the warning where a published ruleset is no longer what it was."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from perfdsl.diagnostics import Span
from perfdsl.pipeline import check, evaluate, load

BASE = """规则集 「园区自评」
  年度 2023
  引用 「标准计分方法」
  总分 10分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  不适用 得零分

三级指标 税收 10分，目标 ≥ 3亿元，计分 正向比率
"""
NEXT = """规则集 「园区自评」
  年度 2024
  沿用 「园区自评」 2023
修改 三级指标 税收
  目标 ≥ 3.3亿元
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2023.perf").write_text(BASE, encoding="utf-8")
    (tmp_path / "2024.perf").write_text(NEXT, encoding="utf-8")
    (tmp_path / "数据.csv").write_text("指标,实际完成值\n税收,3.3亿元\n", encoding="utf-8")
    return tmp_path


def _codes(path: Path) -> list[str]:
    return [d.code for d in check(load(path))]


def test_what_is_written_is_what_sha256sum_writes_and_the_digest(folder: Path, run: Any) -> None:
    assert run("freeze", folder / "2023.perf", folder / "2024.perf").code == 0

    lines = (folder / "CHECKSUMS").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        f"{sha256(text.encode()).hexdigest()}  {name}.perf" for name, text in (("2023", BASE), ("2024", NEXT))]
    assert [line for line in lines if line.startswith("#")] == [
        f"# 摘要 {load(folder / name).digest}  {name}" for name in ("2023.perf", "2024.perf")]
    assert _codes(folder / "2023.perf") == _codes(folder / "2024.perf") == []


def test_a_changed_ruleset_is_told_where_it_is_used(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")
    (folder / "2023.perf").write_text(BASE.replace("3亿元", "2亿元"), encoding="utf-8")
    found = check(load(folder / "2023.perf"))

    assert [d.code for d in found] == ["W309"]
    assert isinstance(found[0].notes[0].place, Span)
    assert found[0].notes[0].place.text.endswith("2023.perf")
    assert "W309" in [d.code for d in evaluate(load(folder / "2023.perf"), folder / "数据.csv").diagnostics]
    assert run("check", folder / "2023.perf").code == 0
    assert run("check", "--strict", folder / "2023.perf").code == 1


def test_a_comment_is_a_change_of_the_text_and_not_of_the_meaning(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")
    (folder / "2023.perf").write_text(f"{BASE}# 改了\n", encoding="utf-8")

    assert [(d.code, "文字改过，意思没有变" in d.message) for d in check(load(folder / "2023.perf"))] == [("W309", True)]
    ran = run("freeze", "--check", folder / "2023.perf")
    assert (ran.code, "意思没有变" in ran.out) == (1, True)
    (folder / "2023.perf").write_text(BASE.replace("3亿元", "2亿元"), encoding="utf-8")
    assert "内容改过，意思变了" in run("freeze", "--check", folder / "2023.perf").out


def test_the_encoding_and_the_line_breaks_are_no_change(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")
    (folder / "2023.perf").write_bytes(BASE.replace("\n", "\r\n").encode("gb18030"))

    assert _codes(folder / "2023.perf") == []


def test_a_change_of_what_it_rests_on_is_told(folder: Path, run: Any) -> None:
    run("freeze", folder / "2024.perf")
    (folder / "2023.perf").write_text(BASE.replace("2位", "1位", 1), encoding="utf-8")
    found = check(load(folder / "2024.perf"))

    assert [d.code for d in found] == ["W309"]
    assert "文字没有改" in found[0].message
    assert "它沿用或引用的规则集改过" in run("freeze", "--check", folder / "2024.perf").out


def test_a_change_comes_through_the_cache(folder: Path, run: Any) -> None:
    assert _codes(folder / "2023.perf") == []
    (folder / "CHECKSUMS").write_text(f"{'0' * 64}  2023.perf\n", encoding="utf-8")

    assert _codes(folder / "2023.perf") == ["W309"]


def test_what_is_not_listed_is_not_published(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")

    assert _codes(folder / "2024.perf") == []
    assert run("freeze", "--check", folder / "2023.perf").code == 0
    ran = run("freeze", "--check", folder / "2024.perf")
    assert (ran.code, "还没有发布" in ran.out) == (1, True)


def test_a_published_ruleset_is_not_listed_anew_unasked(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")
    before = (folder / "CHECKSUMS").read_bytes()
    (folder / "2023.perf").write_text(BASE.replace("3亿元", "2亿元"), encoding="utf-8")

    ran = run("freeze", folder / "2023.perf")
    assert (ran.code, "W309" in ran.err, "--again" in ran.out) == (1, True, True)
    assert (folder / "CHECKSUMS").read_bytes() == before
    assert run("freeze", "--check", folder / "2023.perf").code == 1
    assert run("freeze", "--again", folder / "2023.perf").code == 0
    assert _codes(folder / "2023.perf") == []


def test_another_ruleset_keeps_its_line(folder: Path, run: Any) -> None:
    run("freeze", folder / "2023.perf")
    first = (folder / "CHECKSUMS").read_text(encoding="utf-8")
    run("freeze", folder / "2024.perf")

    assert (folder / "CHECKSUMS").read_text(encoding="utf-8").startswith(first)


def test_a_ruleset_with_errors_cannot_be_published(folder: Path, run: Any) -> None:
    (folder / "2023.perf").write_text(BASE.replace("税收 10分", "税收 9分"), encoding="utf-8")
    ran = run("freeze", folder / "2023.perf")

    assert (ran.code, re.findall(r"E\d{3}", ran.err)) == (1, ["E202"])
    assert not (folder / "CHECKSUMS").exists()


def test_standard_input_cannot_be_published(run: Any) -> None:
    assert run("freeze", "-").code == 2


def test_the_shipped_list_reads_as_one_of_ours() -> None:
    from perfdsl.model.frozen import listing, published
    from perfdsl.source import Source

    rulesets = Path(__file__).parent.parent.parent / "rulesets"
    text = (rulesets / "CHECKSUMS").read_text(encoding="utf-8")
    entries = published(Source("CHECKSUMS", text))

    assert [name for name in entries if not (rulesets / name).is_file()] == []
    assert sorted(listing(entries).splitlines()) == sorted(text.splitlines())
