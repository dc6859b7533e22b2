"""Edits that meet nothing, or one another: both places are shown, in whichever file they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdsl.diagnostics import Diagnostic, Span
from perfdsl.pipeline import check, load_source
from perfdsl.source import Source

BASE = """规则集 「园区自评」，年度 2022，引用 「标准计分方法」
总分 20分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
数据 人数 人
一级指标 产出
  三级指标 税收 10分，目标 ≥ 3亿元，计分 正向比率
  三级指标 企业 10分，目标 ≥ 人数 × 1家 ÷ 1人，计分 正向比率
"""
MIDDLE = """规则集 「园区自评」，年度 2023，沿用 「园区自评」 2022
删除 三级指标 企业
修改 三级指标 税收 20分
"""
HEAD = "规则集 「园区自评」，年度 2024，沿用 「园区自评」 2023\n"


def _found(folder: Path, edits: str) -> list[Diagnostic]:
    (folder / "二二.perf").write_text(BASE, encoding="utf-8")
    (folder / "二三.perf").write_text(MIDDLE, encoding="utf-8")
    found = check(load_source(Source("二四.perf", HEAD + edits), folder))
    return [d for d in found if d.code in ("E111", "E113")]


def _at(place: object) -> tuple[str, int]:
    assert isinstance(place, Span)
    return Path(place.source.name).name, place.line


@pytest.mark.parametrize(("edits", "code", "here", "there"), [
    ("修改 三级指标 税收收\n  目标 ≥ 4亿元", "E111", 2, ("二三.perf", 3)),
    ("修改 三级指标 企业\n  目标 ≥ 4家", "E111", 2, ("二三.perf", 2)),
    ("删除 三级指标 企业", "E111", 2, ("二三.perf", 2)),
    ("删除 数据 产出", "E111", 2, ("二二.perf", 4)),
    ("删除 加分项 表彰", "E111", 2, ("二三.perf", 1)),
    ("新增 三级指标 文旅 归入 产出出", "E111", 2, ("二二.perf", 4)),
    ("新增 三级指标 税收 5分 归入 产出", "E113", 2, ("二三.perf", 3)),
    ("新增 数据 人数 万人", "E113", 2, ("二二.perf", 3)),
    ("修改 三级指标 税收\n  目标 ≥ 4亿元\n删除 三级指标 税收", "E113", 4, ("二四.perf", 2)),
    ("删除 数据 人数\n删除 数据 人数", "E113", 3, ("二四.perf", 2)),
])
def test_the_other_place_is_shown(edits: str, code: str, here: int, there: tuple[str, int], tmp_path: Path) -> None:
    found = _found(tmp_path, edits)

    assert [(d.code, _at(d.place)) for d in found] == [(code, ("二四.perf", here))]
    assert [_at(note.place) for note in found[0].notes] == [there]


def test_all_are_told_at_once(tmp_path: Path) -> None:
    found = _found(tmp_path, "修改 三级指标 甲\n删除 三级指标 乙\n删除 三级指标 税收\n删除 三级指标 税收\n新增 三级指标 丙 归入 丁")

    assert [(d.code, _at(d.place)[1]) for d in found] == [("E111", 2), ("E111", 3), ("E113", 5), ("E111", 6)]


def test_what_stands_under_a_removed_group_is_removed_with_it(tmp_path: Path) -> None:
    found = _found(tmp_path, "删除 一级指标 产出\n修改 三级指标 税收\n  目标 ≥ 4亿元")

    assert [d.code for d in found] == ["E111"]
    assert [_at(note.place) for note in found[0].notes] == [("二四.perf", 2)]
