"""The table of a graph: its ranges meet without a gap, with the ends that the rule gives."""

from __future__ import annotations

import pytest
from samples import ruleset

from perfdsl.document.graphs import pictures
from perfdsl.document.ranges import MOST_ROWS, table
from perfdsl.graph.probe import Probe

_DATA = "数据 预算 万元\n数据 支出 万元\n数据 地区（东部、西部）\n"


def _rows(rule: str, which: int = 0, tests: str = "") -> list[tuple[str, str]]:
    made = ruleset(f"{_DATA}三级指标 甲 10分，{rule}\n{tests}")
    found = list(pictures(made, next(made.indicators())))
    return [(row[0].text, row[1].text) for row in table(found[which]).rows]


@pytest.mark.parametrize(("rule", "rows"), [
    ("≥ 90% 得 10，60%（含）至 90%（不含） 得 5，否则 得 0", [("低于60%", "0分"), ("60%（含）至90%（不含）", "5分"), ("90%及以上", "10分")]),
    ("> 90% 得 10，否则 得 0", [("90%及以下", "0分"), ("高于90%", "10分")]),
    ("= 0次 得 10，1次（含）至 3次（含） 得 5，> 3次 得 0，否则 得 1",
     [("0次", "10分"), ("1次至3次", "5分"), ("4次及以上", "0分")]),
    ("= 0万元 得 10，1万元（含）至 3万元（含） 得 5，> 3万元 得 0，否则 得 1",
     [("低于0万元", "1分"), ("0万元", "10分"), ("0万元（不含）至1万元（不含）", "1分"), ("1万元（含）至3万元（含）", "5分"), ("高于3万元", "0分")]),
    ("目标 ≥ 100万元，按 完成率 插值，60% 得 0，100% 得 分值",
     [("60万元及以下", "0分"), ("60万元（不含）至100万元（不含）", "由0分按直线升至10分"), ("100万元及以上", "10分")]),
    ("目标 ≥ 100家，按 完成率 插值，60% 得 0，100% 得 分值",
     [("0家至60家", "0分"), ("61家至99家", "由0.25分按直线升至9.75分"), ("100家及以上", "10分")]),
    ("目标 ≤ 5例，每超过1例 扣 2分，扣完为止",
     [("0例至5例", "10分"), ("6例", "8分"), ("7例", "6分"), ("8例", "4分"), ("9例", "2分"), ("10例及以上", "0分")]),
    ("每出现 2次 扣 3分，不足一步 舍去，扣完为止",
     [("0次至1次", "10分"), ("2次至3次", "7分"), ("4次至5次", "4分"), ("6次至7次", "1分"), ("8次及以上", "0分")]),
    ("目标 ≤ 2例，计分 反向比率", [("0例至2例", "10分"), ("3例及以上", "由6.6667分起逐步减少")]),
    ("目标 ≥ 2家，当 实际值 ≥ 目标值 得满分，否则 评分 2分（含）至 8分（含）",
     [("0家至1家", "由评审人在2分至8分之间评定"), ("2家及以上", "10分")]),
    ("目标 ≤ 10天，计分 反向比率", [("10天及以下", "10分"), ("高于10天", "由10分起逐步减少")]),
    ("≥ 90% 得 10，60%（含）至 90%（不含） 评分 3分（含）至 8分（含），否则 得 0",
     [("低于60%", "0分"), ("60%（含）至90%（不含）", "由评审人在3分至8分之间评定"), ("90%及以上", "10分")]),
])
def test_ranges(rule: str, rows: list[tuple[str, str]]) -> None:
    assert _rows(rule) == rows


def test_a_picture_for_each_option() -> None:
    rule = "当 地区 = 西部，目标 ≥ 3家，目标 ≥ 5家，当 实际值 ≥ 目标值 得满分，否则 不得分"

    assert _rows(rule, 0) == [("0家至4家", "0分"), ("5家及以上", "10分")]
    assert _rows(rule, 1) == [("0家至2家", "0分"), ("3家及以上", "10分")]


def test_a_derived_value_is_drawn_against_what_stands_first_in_it() -> None:
    rule = "目标 ≥ 100%，实际值 = 支出 ÷ 预算，计分 正向比率"
    tests = "测试 「例」，给定 支出 = 90万元，给定 预算 = 200万元，期望 甲 得 4.5\n"

    assert _rows(rule, 0, tests) == [("0万元（含）至200万元（不含）", "由0分按直线升至10分"), ("200万元及以上", "10分")]


def test_a_rule_that_does_not_read_the_actual_value_is_drawn_against_what_it_reads() -> None:
    made = ruleset("数据 迟拨 天\n三级指标 甲 10分，每迟拨 1天 扣 1分，最多扣 6分\n")
    picture = next(pictures(made, next(made.indicators())))

    assert picture.label == "迟拨"
    assert [row[1].text for row in table(picture).rows] == ["由10分按直线降至4分", "4分"]


def test_no_numbers_are_invented() -> None:
    made = ruleset(f"{_DATA}三级指标 甲 10分，目标 ≥ 100%，实际值 = 支出 ÷ 预算，计分 正向比率\n")

    assert list(pictures(made, next(made.indicators()))) == []


def test_an_item_beside_the_total_is_drawn_up_to_its_limit() -> None:
    made = ruleset("总分 不封顶\n三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n加分项 乙，最多加 2分\n  每出现 1次 加 1分\n")
    grid = table(next(pictures(made, made.outside[0])))

    assert [(row[0].text, row[1].text) for row in grid.rows] == [("0次", "0分"), ("1次", "1分"), ("2次及以上", "2分")]


def test_a_deduction_up_to_a_limit_has_no_half_times() -> None:
    made = ruleset("总分 不封顶\n三级指标 甲 10分，目标 ≥ 5家，计分 正向比率\n减分项 通报\n  每出现 1次 扣 2分，最多扣 3分\n")
    grid = table(next(pictures(made, made.outside[0])))

    assert [(row[0].text, row[1].text) for row in grid.rows] == [("0次", "0分"), ("1次", "−2分"), ("2次及以上", "−3分")]


def test_steps_without_an_end_have_no_picture() -> None:
    made = ruleset("三级指标 甲 10分，目标 ≥ 0%，每增加1个百分点加0.05分，不足一步 舍去，不封顶\n  总分 不封顶\n")

    assert list(pictures(made, next(made.indicators()))) == []


def test_of_very_many_ranges_the_first_and_the_last_are_told() -> None:
    rows = _rows("目标 ≤ 100%，每超过 1个百分点 扣 0.5分，不足一步 舍去，扣完为止")

    assert len(rows) == MOST_ROWS - 2 + 2
    assert rows[0] == ("低于101%", "10分")
    assert rows[-1] == ("120%及以上", "0分")
    assert ("……", "以下类推") in rows


@pytest.mark.parametrize("rule", ["目标 ≥ 20家，计分 正向比率", "目标 ≤ 20家，计分 反向线性", "≥ 90家 得 10，60家（不含）至 90家（不含） 得 5，否则 得 1"])
def test_the_score_at_each_break_is_the_interpreters(rule: str) -> None:
    made = ruleset(f"三级指标 甲 10分，{rule}\n")
    picture = next(pictures(made, next(made.indicators())))
    probe = Probe(made, next(made.indicators()).path, {})

    assert all(probe.row(p.at).outcome.score == p.low for p in picture.curve.points)
