"""What is told once for a form: lost points, missing units, rules of the form's own, rows that nothing could be computed for."""

from __future__ import annotations

import pytest
from sheets import codes, form, found, only, row

from perfdsl.audit import audit
from perfdsl.forms.form import FormRow

PLAIN = ("一级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
LOST = row("甲", "≥5个", "5个", "50", "40"), row("乙", "≥5个", "5个", "50", "45")


def test_without_a_column_for_reasons_lost_points_are_one_remark() -> None:
    made = form(*LOST, columns=PLAIN)

    assert only(made, "A102").severity.value == only(made, "A107").severity.value == "remark"
    assert "2 项已达到目标而失分：「甲」" in only(made, "A102").message
    assert codes(audit(made), "error") == codes(audit(made), "warning")[2:] == []


@pytest.mark.parametrize("heading", ["偏差原因", "备注", "情况说明", "未完成的改进措施"])
def test_with_one_they_are_errors(heading: str) -> None:
    assert [one.severity.value for one in found(form(*LOST, columns=(*PLAIN, heading)), "A102")] == ["error", "error"]


@pytest.mark.parametrize("heading", ["指标说明", "评分标准", "偏差率", "评分说明"])
def test_what_cannot_hold_a_reason(heading: str) -> None:
    assert only(form(*LOST, columns=(*PLAIN, heading)), "A102").severity.value == "remark"


def test_no_reason_is_told_once_with_the_cells() -> None:
    one = only(form(row("甲", "≥5个", "4个", "50", "40"), row("乙", "≥4个", "3个", "50", "37.5"), row("丙", "≥4个", "3个", "4", "3", "雨天")), "A107")

    assert one.message.startswith("2 项失分没有写偏差原因：「甲」（R")
    assert "失 12.5 分" in one.message
    assert one.severity.value == "warning"


def test_missing_units_are_told_once() -> None:
    one = only(form(row("甲", "≥5", "5", "50", "50"), row("乙", "≥4个", "4", "50", "50")), "A203")

    assert "2 项的数没有单位：「甲」" in one.message
    assert "实际完成值「4」，按目标的「个」读" in one.message


@pytest.mark.parametrize("method", ["超过不得分", "每超1天扣1分", "未完成不得分", "完成得10分，未完成得4分", "每低1%扣0.5分，扣完为止"])
def test_a_rule_of_the_forms_own_takes_the_place_of_the_ratio(method: str) -> None:
    made = form(row("甲", "≤10天", "12天", "10", "8", "雨天", method=method), row("乙", "≤10天", "9天", "10", "10", method=method))

    assert "1 项没有按比例核算，按评分标准核对" in only(made, "A116").message
    assert f"「{method}」：甲（" in only(made, "A116").message
    assert [one.computed for one in audit(made).rows] == [None, 10]
    assert {"A103", "A104", "A105", "A114"} & {one.code for one in audit(made).findings} == set()


@pytest.mark.parametrize("method", ["按比例得分", "达到目标得10分，未达到按比例扣分", "未达指标值按比例扣减", "完成得满分，未完成按完成率计分"])
def test_a_rule_that_is_the_ratio(method: str) -> None:
    made = form(row("甲", "≥10个", "8个", "10", "8", "雨天", method=method))

    assert found(made, "A116") == []
    assert audit(made).rows[0].computed == 8


def test_full_points_for_a_miss_are_told_under_any_rule() -> None:
    one = only(form(row("甲", "≥10个", "8个", "10", "10", method="未完成不得分")), "A103")

    assert (one.severity.value, one.computed) == ("warning", None)
    assert "评分标准写「未完成不得分」" in one.message


def test_other_points_than_the_weight_may_be_due_for_any_value() -> None:
    made = form(row("甲", "≥10个", "10个", "10", "8", "雨天", method="完成得8分，每超1个加1分"))

    assert audit(made).rows[0].computed is None
    assert found(made, "A102") == []


@pytest.mark.parametrize(("made", "why"), [
    (row("甲", None, "5个", "10", "10"), "没有目标值"), (row("甲", "≥5个", None, "10", "10"), "没有实际值"),
    (row("甲", "效果明显", "明显", "10", "10"), "定性"),
    (row("甲", "M.8万元", "5万元", "10", "10"), "看不懂目标"), (row("甲", "≥5个", "5个", None, "10"), "没有分值"),
    (row("满意度", "290%", "95%", "1", "1"), "目标疑似有误"),
    (row("甲", "≥5人", "五人左右吧", "10", "10"), "看不懂实际值"), (row("甲", "≥5人", "完成", "10", "10"), "实际值没有写数"),
    (row("甲", "≥5公里", "5个", "10", "10"), "目标与实际值的单位对不上"), (row("甲", "≥5个", "4个", "10", "9", method="酌情扣分"), "按评分标准"),
    (row("甲", "新建30个及以上，改建5个", "都完成", "10", "10"), "一格里有几个目标"), (row("甲", "6月底前", "尽早", "10", "10"), "看不出是否按期"),
])
def test_what_was_not_computed_is_told_with_the_reason(made: FormRow, why: str) -> None:
    one = only(form(made, row("乙", "≥1个", "1个", "90", "90")), "A117")

    assert one.message == f"1 项没有核算：{why}（「{made.name.text}」）"
    assert one.severity.value == "remark"


def test_where_all_is_computed_nothing_is_told() -> None:
    assert found(form(row("乙", "≥1个", "1个", "90", "90")), "A117") == []
