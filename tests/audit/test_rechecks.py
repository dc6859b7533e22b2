"""What a second look leaves behind: changed scores, targets rounded away, years that do not fit."""

from __future__ import annotations

import pytest
from sheets import form, found, only, row

from perfdsl.forms.form import FormRow
from perfdsl.record import changed

SAME = row("班次", "≥5个", "5个", "50", "50", audited="50")


@pytest.mark.parametrize("points", ["40", "0"])
def test_a_changed_score_wants_its_reason(points: str) -> None:
    told = only(form(row("培训", "≥500人", "500人", "50", "50", audited=points), SAME), "A118")

    assert f"「培训」50 改为 {points}" in told.message
    assert found(form(row("培训", "≥500人", "500人", "50", "50", "名册只有400人", audited=points), SAME), "A118") == []


def test_a_score_that_was_left_out() -> None:
    assert "「培训」" in only(form(row("培训", "≥500人", "500人", "50", "50"), SAME), "A119").message
    assert found(form(row("培训", "≥500人", "500人", "50", "50"), row("班次", "≥5个", "5个", "50", "50")), "A119") == []


@pytest.mark.parametrize(("made", "told"), [
    (row("人均成本", "≤0万元", "0.019万元", "50", "50"), True),
    (row("人均成本", "≤0万元/人", "0.019万元/人", "50", "50"), True),
    (row("人均成本", "≤0万元", "0万元", "50", "50"), False),
    (row("事故", "≤0起", "1起", "50", "0", "发生一起"), False),
])
def test_a_target_of_nothing(made: FormRow, told: bool) -> None:
    assert bool(found(form(made), "A216")) is told


@pytest.mark.parametrize(("file", "told"), [("某局2022年自评表.docx", True), ("某局2023年自评表.docx", False), ("自评表.docx", False),
                                            ("2024年公开2023年自评.xlsx", False), ("120235.docx", False)])
def test_the_year_in_the_name_of_the_file(file: str, told: bool) -> None:
    assert bool(found(changed(form(SAME), file=file), "A308")) is told
