"""Points of the rows and of the execution rate, and what is no error."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sheets import codes, form, found, money, only, row

from perfdsl.audit import audit
from perfdsl.diagnostics import Severity


def test_the_execution_rate_of_linling() -> None:
    made = form(row("造林", "≥1亩", "1亩", "90", "90"), budget=[money(budget="4753.66", spent="3824.26", weight="10", rate="100%", score="10")])

    one = only(made, "A022")
    assert one.message == "自评 10，应为 8.04（3824.26 ÷ 4753.66 = 80.45%，× 10），多 1.96 分"
    assert (one.severity, one.claimed, one.computed, one.difference) == (Severity.ERROR, 10, Fraction("8.04"), Fraction("1.96"))
    assert only(made, "A021").severity is Severity.ERROR


@pytest.mark.parametrize(("budget", "spent", "rate", "score"), [
    ("100", "86.18", "86.18%", "8.62"), ("100", "86.18", "86%", "8.6"), ("3", "2", "66.67%", "6.67"), ("3", "2", "66.66%", "6.66"),
    ("100", "105", "105%", "10"),
    ("200", "179.43", "0.89715", "8.97"), ("100", "100", "100", "10"), ("100", "100", "1", "10"),
])
def test_execution_that_is_right(budget: str, spent: str, rate: str, score: str) -> None:
    made = form(row("甲", "≥1个", "1个", "90", "90"), budget=[money(budget=budget, spent=spent, weight="10", rate=rate, score=score)])

    assert codes(audit(made), "error") == []
    assert found(made, "A021") == found(made, "A022") == []


def test_a_rate_that_rounding_of_the_amounts_explains_is_a_remark() -> None:
    made = form(budget=[money(budget="0.03", spent="0.02", weight="10", rate="60%", score="6")])

    assert only(made, "A021").severity is Severity.REMARK


def test_a_rate_over_the_first_budget_is_told_and_no_error() -> None:
    made = form(budget=[money(initial="90", budget="100", spent="90", weight="10", rate="100%", score="10")])

    assert "年初预算数" in only(made, "A021").message
    assert codes(audit(made), "error") == []


def test_a_deduction_for_each_point_is_recognised() -> None:
    made = form(budget=[money(budget="210", spent="197.33", weight="6", rate="94%", score="4.2")])

    one = only(made, "A022")
    assert one.severity is Severity.WARNING
    assert "每低 1 个百分点扣 0.3 分" in one.message


@pytest.mark.parametrize(("target", "actual", "claimed", "code", "severity", "computed"), [
    ("≥4754人", "4604人", "5", "A103", "error", "4.84"), ("4754人", "4604人", "5", "A103", "warning", "4.84"), ("≥90%", "95%", "4", "A102", "error", "5"),
    ("≥10人", "13人", "4", "A102", "warning", "5"), ("≥10人", "8人", "3.5", "A104", "warning", "4"), ("≥100%", "93%", "4", "A105", "warning", "4.65"),
    ("≥10人", "10人", "6", "A101", "error", "5"), ("≥10人", "10人", "-1", "A101", "error", "0"), ("≤10天", "12天", "4", "A114", "remark", "4"),
    ("≤10天", "12天", "5", "A103", "error", "4.17"),
])
def test_a_row(target: str, actual: str, claimed: str, code: str, severity: str, computed: str) -> None:
    one = only(form(row("甲", target, actual, "5", claimed)), code)

    assert (one.severity.value, one.computed) == (severity, Fraction(computed))


@pytest.mark.parametrize("made", [
    row("满意度", "290%", "95%", "10", "10"), row("满意度", "≥90", "0.92", "10", "10"), row("培训成本", "≥17万元", "15万元", "10", "10"),
    row("节约", "=100万元", "95万元", "10", "10", levels=("产出指标", "成本指标")), row("税收", "≥36000", "3.6亿元", "10", "10"),
    row("甲", "≥10人", "9人", "10", "10", method="完成九成得满分"), row("加分项", "≥1项", "2项", "0", "2"), row("合格率", "≤98%", "99%", "10", "10"),
    row("甲", "≥98%", "95%以上", "10", "10"), row("甲", "效果明显", "效果明显", "10", "8"), row("甲", "≥10人", "11人", "10", "9", "资料不全"),
])
def test_what_is_not_certain_is_no_error(made: object) -> None:
    assert codes(audit(form(made, row("乙", "≥1个", "1个", "80", "80"))), "error") == []  # type: ignore[arg-type]


def test_both_readings_of_a_reverse_target_are_told() -> None:
    one = only(form(row("标准", "<=5300元/户", "5830元/户", "10", "10")), "A103")

    assert "9.09（A÷B" in one.message
    assert "9（直线" in one.message
    assert "至少多 0.91 分" in one.message


def test_full_points_for_nothing() -> None:
    made = form(row("甲", None, None, "10", "10"), row("乙", "≥1个", "1个", "80", "80"), row("丙", "一", "做了", "10", "10"))

    assert [one.severity.value for one in found(made, "A106")] == ["error", "warning"]


def test_a_form_without_a_column_of_actual_values_has_no_errors_for_it() -> None:
    assert codes(audit(form(row("甲", "≥1个", None, "10", "10"), row("乙", "≥2个", None, "10", "10"))), "error") == []


def test_a_weight_merged_over_rows_counts_once() -> None:
    first, second = row("甲", "≥2个", "2个", "50", "50"), row("乙", "≥2个", "1个", "50", "50")
    both = type(second)(second.name, second.levels, second.target, None, None, second.actual, first.weight, first.claimed)

    assert codes(audit(form(first, both, row("丙", "≥1个", "1个", "50", "50"), total="100", claimed="100")), "error") == []


def test_points_out_of_a_hundred_are_not_weighted_twice() -> None:
    right = [row(n, "≥1个", "1个", None, "100", share="50", converted="50") for n in "甲乙"]
    twice = [row(n, "≥1个", "1个", None, "50", share="50", converted="25") for n in "甲乙"]

    assert codes(audit(form(*right)), "error") == []
    assert codes(audit(form(*twice)), "error") == ["A111", "A111"]


def test_the_rows_of_an_audit_have_their_points() -> None:
    made = audit(form(row("甲", "≥10人", "8人", "10", "8"), budget=[money(budget="10", spent="9", weight="10", rate="90%", score="9")]))

    assert [(r.name, r.claimed, r.computed, r.difference) for r in made.rows] == [("预算执行率", 9, 9, 0), ("甲", 8, 8, 0)]
