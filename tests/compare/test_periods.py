"""Values with a period, thresholds of other data, rules written in the indicator: what `diff` looks at and how it words it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from edited_rulesets import ruleset_of
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfdsl.compare.diff import diff
from perfdsl.compare.result import Change, Diff, Indicated
from perfdsl.data.facts import Fact
from perfdsl.prove.scores import scored
from perfdsl.quantity import Quantity
from perfdsl.report import diff_lines, diff_markdown
from perfdsl.units import UNITS

HEAD = """规则集 「甲」，年度 2024，总分 10分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
引用 「标准计分方法」
"""
DAY = "数据 评价基准日 日期\n"
TAX = "三级指标 税收 10分，计分 正向比率\n"
OLD = HEAD + TAX + "目标 ≥ 3亿元\n"
NEW = HEAD + DAY + TAX + "至 2024-06-30 止，目标 ≥ 3亿元\n自 2024-07-01 起，目标 ≥ 3.3亿元\n"


def _diff(old: str, new: str) -> Diff:
    return diff(ruleset_of(old), ruleset_of(new))


def _only(found: Diff) -> Indicated:
    (one,) = found.indicators
    return one


def _whole(found: Diff) -> dict[str, Change]:
    return {told.what: told for told in found.whole}


def test_a_target_that_rises_in_the_second_half_is_found_there() -> None:
    one = _only(_diff(OLD, NEW))
    (stretch,) = one.stretches

    assert one.certain
    assert (stretch.given, stretch.vary) == ((("评价基准日", "≥ 2024-07-01"),), "税收")
    assert diff_lines.stretch(stretch) == "评价基准日 ≥ 2024-07-01，税收 0亿元（不含）至 3.3亿元（不含）：最多少得 0.91 分（3亿元：10 分 → 9.09 分）"


@settings(max_examples=80, derandomize=True, database=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
@given(st.dates(date(2023, 1, 1), date(2025, 12, 31)) | st.sampled_from([date(2024, 6, 30), date(2024, 7, 1)]), st.fractions(0, 5))
def test_the_interpreter_differs_where_that_is_said(day: date, billions: Fraction) -> None:
    rulesets = ruleset_of(OLD), ruleset_of(NEW)
    facts = {"税收": Fact(Quantity(billions * UNITS["亿元"].factor, UNITS["亿元"])), "评价基准日": Fact(day)}
    old, new = (scored(ruleset, next(ruleset.indicators()), facts).row.unrounded for ruleset in rulesets)

    assert (old != new) == (day >= date(2024, 7, 1) and 0 < billions < Fraction(33, 10))


def test_periods_are_worded_as_periods() -> None:
    told = _only(_diff(OLD, NEW)).changes

    assert [(c.what, c.old, c.new) for c in told] == [("目标", "≥ 3亿元", "至 2024-06-30 止 ≥ 3亿元；自 2024-07-01 起 ≥ 3.3亿元")]


def test_a_plain_target_beside_periods_holds_in_the_rest() -> None:
    new = HEAD + DAY + TAX + "自 2024-03-01 至 2024-06-30，目标 ≥ 2亿元\n目标 ≥ 3亿元\n"

    assert _only(_diff(OLD, new)).changes[0].new == "自 2024-03-01 至 2024-06-30 ≥ 2亿元；其余 ≥ 3亿元"


def test_declaring_the_day_may_change_a_score_where_it_is_asked_for() -> None:
    asked = _whole(_diff(OLD, NEW))["评价基准日"]
    idle = _whole(_diff(OLD, HEAD + DAY + TAX + "目标 ≥ 3亿元\n"))["评价基准日"]
    undeclared = _whole(_diff(NEW.replace(DAY, ""), NEW))["评价基准日"]

    assert (asked.new, asked.points, idle.points) == ("以数据里填的为准", True, False)
    assert (undeclared.old, undeclared.points) == ("2024-12-31（没有声明，取年度最后一天）", True)


def test_a_let_is_told_with_all_its_periods() -> None:
    lets = "令 每家扣分 = 1分\n自 2024-10-01 起，令 每家扣分 = {}分\n"
    rule = "三级指标 关停 10分，目标 ≤ 5家\n每超过1家 扣 每家扣分，扣完为止\n"
    found = _diff(HEAD + lets.format(2) + rule, HEAD + lets.format(3) + rule)

    assert _whole(found)["令"].new == "每家扣分 = 至 2024-09-30 止 1分；自 2024-10-01 起 3分"
    assert [c.what for c in _only(found).changes] == ["用到的令"]


def test_a_threshold_of_another_datum_is_tried_on_both_sides() -> None:
    people = "数据 人口 万人\n"
    new = HEAD + people + TAX + "当 人口 ≥ 500万人，目标 ≥ 4亿元\n目标 ≥ 3亿元\n"
    one = _only(_diff(OLD, new))

    assert one.certain
    assert [s.given for s in one.stretches] == [(("人口", "≥ 500万人"),)]


def test_where_several_numbers_are_calculated_with_the_thresholds_of_the_others_are_tried() -> None:
    """The rules differ only where the other number is at 3000 or above."""
    data = "数据 补助 元\n数据 人数 人\n三级指标 人均 10分，目标 ≥ 1元\n"
    rule = "当 补助 ≥ 3000元 且 补助 × 1 ≥ 人数 × 1元 得 {}分\n否则 得 0\n"
    one = _only(_diff(HEAD + data + rule.format(10), HEAD + data + rule.format(8)))

    assert not one.certain
    assert any(s.loss and s.loss.change == -2 for s in one.stretches)
    assert "3000元" in dict(one.tried)["补助"].split("、")


def test_no_difference_is_never_claimed_of_what_was_not_decided() -> None:
    one = Indicated("修改", "税收", "税收", "税收", Fraction(10), (Change("目标", "甲", "乙"),), (), False, (("人口", "1人、2人"),))
    said = list(diff_lines.consequences(one))

    assert said[0].startswith("没有判定")
    assert "人口：1人、2人" in said[1]


def test_a_target_that_the_rule_does_not_ask_for_changes_nothing() -> None:
    data = "数据 迟拨 天\n三级指标 拨付 10分，目标 ≥ {}元\n每迟拨 1天 扣 1分，扣完为止\n"
    one = _only(_diff(HEAD + data.format(1), HEAD + data.format(2)))

    assert (one.certain, one.stretches) == (True, ())
    assert list(diff_lines.consequences(one)) == ["怎样填都同样得分"]


def test_a_derived_value_is_compared_as_one_number() -> None:
    data = "数据 花费 万元\n数据 预算 万元\n三级指标 执行 10分，目标 ≥ {}%\n实际值 = 花费 ÷ 预算\n计分 正向比率\n"
    one = _only(_diff(HEAD + data.format(100), HEAD + data.format(95)))
    (stretch,) = one.stretches

    assert one.certain
    assert (stretch.vary, stretch.given) == ("执行", ())
    assert stretch.region is not None
    assert (stretch.region.low, stretch.region.high) == (Fraction(0), Fraction(100))


@pytest.mark.parametrize(("rule", "told"), [
    ("≥ 3亿元 得 10分\n2亿元（含）至 3亿元（不含） 得 8分\n否则 得 0\n", "≥ 3亿元 得 10分；2亿元（含）至 3亿元（不含） 得 8分；否则 得 0"),
    ("每低于 10% 扣 1分，不足一步 舍去，最多扣 5分\n最低得 3分\n", "每低于 10% 扣 1分，不足一步 舍去，最多扣 5分；最低得 3分"),
    ("按 完成率 插值\n60% 得 0\n100% 得 分值\n", "按 完成率 插值；60% 得 0；100% 得 分值"),
])
def test_own_rules_are_told_by_their_clauses(rule: str, told: str) -> None:
    one = _only(_diff(OLD, HEAD + "三级指标 税收 10分，目标 ≥ 3亿元\n" + rule))

    assert [(c.what, c.old, c.new) for c in one.changes] == [("计分", "正向比率", told)]


def test_a_method_that_says_something_else_is_told_by_its_clauses() -> None:
    method = "计分方法 两段\n≥ 3亿元 得 分值\n否则 得 {}分\n三级指标 税收 10分，目标 ≥ 3亿元，计分 两段\n"
    one = _only(_diff(HEAD + method.format(1), HEAD + method.format(2)))

    assert one.changes[0].new == "两段：≥ 3亿元 得 分值；否则 得 2分"


def test_what_is_added_is_told_with_target_and_rule() -> None:
    found = _diff(HEAD + "三级指标 税收 10分，计分 正向比率，目标 ≥ 3亿元\n", HEAD + "三级指标 企业 10分，计分 达标得分，目标 ≥ 2家\n")
    told = {one.kind: diff_lines.changed(one) for one in found.indicators}

    assert told == {"新增": ["分值 10分", "目标 ≥ 2家", "计分 达标得分"], "删除": ["分值 10分", "目标 ≥ 3亿元", "计分 正向比率"]}
    assert "目标 ≥ 2家" in diff_markdown.write(found)


def test_an_actual_value_that_no_rule_reads_is_not_varied() -> None:
    data = "数据 迟拨 天\n三级指标 拨付 10分\n每迟拨 {}天 扣 1分，不足一步 舍去，扣完为止\n"
    one = _only(_diff(HEAD + data.format(1), HEAD + data.format(2)))

    assert one.certain
    assert {(s.vary, s.given) for s in one.stretches} == {("迟拨", ())}
