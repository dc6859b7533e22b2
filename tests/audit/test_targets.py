"""Targets without a sign, with misread digits, and of forms that are no plain number."""

from __future__ import annotations

import pytest
from sheets import codes, form, found, only, row

from perfdsl.audit import audit


@pytest.mark.parametrize(("name", "target", "actual"), [
    ("投诉", "3次", "1次"), ("平均办结时间", "5天", "4天"), ("完成时限", "=5天", "4天"), ("事故率下降", "≥5%", "6%"), ("满意度", "290%", "95%"),
])
def test_what_is_reached(name: str, target: str, actual: str) -> None:
    made = audit(form(row(name, target, actual, "10", "10")))

    assert not {"A102", "A103", "A104", "A206"} & {one.code for one in made.findings}


def test_a_rate_of_saving_is_the_more_the_better() -> None:
    made = form(row("成本节约率", "10%", "12%", "10", "10", levels=("产出指标", "成本指标")))

    assert audit(made).rows[0].computed == 10
    assert codes(audit(made), "error") == []


def test_one_complaint_where_none_was_planned_is_missed() -> None:
    assert only(form(row("发生投诉次数", "0次", "1次", "10", "10")), "A103").computed == 0


@pytest.mark.parametrize(("target", "actual"), [
    ("2024年6月30日前", "2024年7月15日"), ("6月底前", "8月"), ("45-50个", "40个"), ("50±5", "40"), ("增长10%以上", "8%"), ("提高5%", "3%"),
    ("1万卷", "9,800卷"), ("五十个", "40个"), ("百分之九十五", "90%"), ("前3名", "第5名"), ("零事故", "1起"), ("全覆盖", "80%"),
])
def test_a_target_in_other_words_that_is_missed(target: str, actual: str) -> None:
    assert only(form(row("甲", target, actual, "10", "10")), "A103").severity.value == "warning"


@pytest.mark.parametrize(("target", "actual"), [("6月底前", "5月"), ("45-50个", "48个"), ("前3名", "第2名"), ("提高5%", "95%"), ("五十个", "60个")])
def test_a_target_in_other_words_that_is_reached(target: str, actual: str) -> None:
    assert found(form(row("甲", target, actual, "10", "10")), "A103") == []


@pytest.mark.parametrize(("target", "near"), [("5O个", "50个"), ("l0个", "10个"), ("5O%", "50%")])
def test_letters_among_digits(target: str, near: str) -> None:
    assert near in only(form(row("甲", target, "40个", "10", "10")), "A212").message
