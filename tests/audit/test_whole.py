"""Weights, totals, grade, goals and left-overs."""

from __future__ import annotations

import pytest
from sheets import codes, form, found, money, only, row, said

from perfdsl.audit import audit
from perfdsl.diagnostics import Severity
from perfdsl.forms.form import Form, Heading

BUDGET = [money(budget="1", spent="1", weight="10", rate="100%", score="10")]


def _rows(*weights: str, full: bool = True) -> Form:
    return form(*(row(f"指标{n}", "≥1个", "1个", w, w if full else None) for n, w in enumerate(weights)), budget=BUDGET, total="100", claimed="100")


def test_weights_that_do_not_add_up() -> None:
    one = only(_rows("50", "30", "20"), "A001")

    assert one.severity is Severity.ERROR
    assert "分值合计 110" in one.message


@pytest.mark.parametrize("weights", [("50", "40"), ("90",)])
def test_weights_that_do(weights: tuple[str, ...]) -> None:
    assert codes(audit(_rows(*weights)), "error") == []


def test_a_total_of_the_indicators_alone() -> None:
    made = form(row("甲", "≥1个", "1个", "90", "90"), budget=BUDGET, total="90", claimed="90")

    assert codes(audit(made), "error") == []


def test_execution_among_the_indicators_counts_once() -> None:
    made = form(row("预算执行率", "100%", "100%", "10", "10"), row("甲", "≥1个", "1个", "90", "90"), budget=BUDGET, total="100", claimed="100")

    assert codes(audit(made), "error") == []


def test_a_form_that_breaks_off_has_no_wrong_weights() -> None:
    heading = Heading(1, "产出指标", said("产出指标(50)"), said("50"))
    made = form(row("甲", "≥1个", "1个", "20", "20"), headings=[heading])

    assert codes(audit(made), "error") == []
    assert only(made, "A002").severity is Severity.WARNING


def test_a_total_that_no_scores_can_reach() -> None:
    made = form(row("甲", "≥1个", "1个", "50", "40", "晚"), row("乙", "≥1个", "1个", "40", "IO"), budget=BUDGET, claimed="98", total="100")

    assert "最多 90、最少 50" in only(made, "A004").message
    assert "疑为「10」" in only(made, "A109").message


@pytest.mark.parametrize(("total", "grade", "severity"), [
    ("85", "优", "warning"), ("55", "优", "error"), ("95", "优", None), ("85", "良好", None), ("75", "良", "warning"),
])
def test_the_grade(total: str, grade: str, severity: str | None) -> None:
    made = form(row("甲", "好", "好", "100", total, "略"), claimed=total, total="100", grade=grade)

    assert [one.severity.value for one in found(made, "A005")] == ([severity] if severity else [])


def test_an_empty_total_row_over_filled_parts() -> None:
    made = form(budget=[money(budget="0", spent="0", weight="10", rate="0", score="0"), money("其中", total=False, budget="89.974", spent="89.974")])

    one = only(made, "A023")
    assert (one.claimed, one.computed) == (0, 10)
    assert one.severity is Severity.ERROR


@pytest.mark.parametrize(("goal", "told"), [
    ("1、园区工业总产值增长30%及以上；2、税收3亿元", 1), ("税收3亿元", 0), ("完成上级交办的任务", 0), ("资金43.2", 0),
])
def test_goals_without_an_indicator(goal: str, told: int) -> None:
    assert len(found(form(row("税收", "3亿元", "3亿元", "100", "100"), goal=goal), "A301")) == told


@pytest.mark.parametrize("text", ["**", "……", "（100字以内）"])
def test_left_overs(text: str) -> None:
    assert found(form(row("甲", "≥1个", "1个", "10", "10"), notes=[text]), "A302")


def test_an_empty_form() -> None:
    assert audit(form()).findings == ()


def test_findings_stand_in_the_order_of_the_form() -> None:
    lines = [one.cell.line for one in audit(_rows("50", "30", "20")).findings if one.cell]

    assert lines == sorted(line or 0 for line in lines)


def test_an_indicator_as_heavy_as_another_is_not_told_to_outweigh_it() -> None:
    two = form(row("税收", "≥3亿元", "3亿元", "50", "50"), row("就业", "≥100人", "100人", "50", "50"), total="100")
    one = form(row("税收", "≥3亿元", "3亿元", "60", "60"), row("就业", "≥100人", "100人", "40", "40"), total="100")

    assert found(two, "A007") == []
    assert only(one, "A007").message == "这一个指标占 60 分，总分 100，其余各项合计只有 40 分"
