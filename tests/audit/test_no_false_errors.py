"""What forms in use contain and what is no error."""

from __future__ import annotations

import pytest
from sheets import codes, form, found, money, only, row, said

from perfdsl.audit import audit
from perfdsl.forms.form import FormRow
from perfdsl.forms.parts import with_parts


@pytest.mark.parametrize("made", [
    row("甲", "≥5个", "5个", "100", "90", others=(("备注", said("验收晚")),)),
    row("甲", "≥5个", "4个", "100", "100", others=(("中期目标值", said("≥4个")),)),
    row("甲", "≥5%", "4.996%", "100", "100"),
    row("甲", "≥5个", None, "100", "100", others=(("完成情况说明", said("5个")),)),
])
def test_another_column_or_the_targets_digits_explain_it(made: FormRow) -> None:
    assert codes(audit(form(made, row("乙", "≥1个", "1个", "0", "0"))), "error") == []


@pytest.mark.parametrize("weight", ["33.33", "16.67"])
def test_weights_split_evenly(weight: str) -> None:
    count = round(100 / float(weight))
    made = form(*(row(f"第{n}项", "≥1个", "1个", weight, weight) for n in range(count)), total="100", claimed="100")

    assert codes(audit(made), "error") == []


def test_a_sum_of_whole_points_may_not_differ() -> None:
    assert "A004" in codes(audit(form(row("甲", "好", "好", "100", "90", "略"), total="100", claimed="90.5")), "error")


def test_what_does_not_apply_is_scaled_out() -> None:
    made = form(row("甲", "≥1个", "1个", "80", "79", "略"), row("乙", "≥1个", "不适用", "20", None), total="100", claimed="98.75")

    assert codes(audit(made), "error") == []
    assert found(made, "A110") == []


def test_points_that_agree_with_the_first_budget() -> None:
    made = form(budget=[money(initial="100", budget="90", spent="90", weight="10", score="9")])

    assert only(made, "A022").severity.value == "warning"


def test_parts_carry_the_values_of_the_row_above() -> None:
    rows = with_parts([row("招商", None, "/", "50", "50"), row("·新签约", "≥3个", "3个"), row("乙", "≥1个", "1个", "50", "50")])
    made = audit(form(*rows, total="100", claimed="100"))

    assert codes(made, "error") == []
    assert [one.name for one in made.rows] == ["招商", "乙"]
