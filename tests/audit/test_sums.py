"""小计 rows and totals, read from a workbook and from csv, and sums of scores with decimals."""

from __future__ import annotations

import pytest
from sheets import form, found, row, said
from test_merged import WRITERS

from perfdsl.audit import Audit, audit
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form, Heading

HEAD = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因"
ROWS = ("产出指标|数量指标|修路|≥3公里|3公里|30|30", "|质量指标|合格率|≥90%|90%|20|20")
MORE = ("效益指标|社会效益|受益人数|≥9人|9人|50|50", "总分|||||100|100")


def _form(kind: str, *rows: str) -> Form:
    lines = [(line + "|" * 8).split("|")[:8] for line in (HEAD, *rows)]
    (made,) = find_forms(read_grids(WRITERS[kind](lines, []), f"表.{kind}")[0])
    return made


def _sums(made: Audit) -> list[tuple[str, str, str]]:
    return [(one.code, one.severity.value, one.message) for one in made.findings if one.code in ("A002", "A004")]


@pytest.mark.parametrize(("line", "levels"), [
    ("小计", ("产出指标",)), ("|小计", ("产出指标",)), ("||小计", ("产出指标", "质量指标")), ("产出指标小计", ("产出指标",)), ("产出小计", ("产出指标",)),
    ("||质量小计", ("产出指标", "质量指标")), ("其他小计", ()), ("产出指标|小计", ("产出指标",)),
])
def test_the_levels_of_a_subtotal(line: str, levels: tuple[str, ...]) -> None:
    made = _form("xlsx", *ROWS, "|".join((line + "|||||").split("|")[:5]) + "|50|50", *MORE)

    assert [one.levels for one in made.subtotals] == [levels]


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv"])
@pytest.mark.parametrize("line", ["小计||||", "|小计|||", "||小计||", "产出指标小计||||"])
def test_a_subtotal_that_adds_up(kind: str, line: str) -> None:
    assert _sums(audit(_form(kind, *ROWS, f"{line}|50|50", *MORE))) == []


@pytest.mark.parametrize("kind", ["xlsx", "docx", "csv"])
def test_a_subtotal_that_does_not(kind: str) -> None:
    made = audit(_form(kind, *ROWS, "|小计||||55|48", *MORE))

    assert _sums(made) == [("A002", "error", "「产出指标」小计分值写 55，各项合计 50，多 5 分"),
                            ("A004", "error", "「产出指标」小计得分写 48，各项合计 50，少 2 分")]


def test_a_subtotal_below_a_second_level_may_add_up_either() -> None:
    lines = (ROWS[0], "||小计|||30|30", ROWS[1], "||小计|||20|20", "|小计||||50|50")

    assert _sums(audit(_form("xlsx", *lines, *MORE))) == []


def test_sums_of_parts_are_no_subtotals() -> None:
    assert _sums(audit(_form("xlsx", *ROWS, "合计（不含效益）|||||70|70", *MORE))) == []


@pytest.mark.parametrize(("claims", "total", "severity"), [
    (("33.33", "33.33", "33.33"), "100", "remark"), (("33.33", "33.33", "33.33"), "99.99", None), (("33.333", "33.333", "33.333"), "100", "remark"),
    (("33.33", "33.33", "33.33"), "99", "remark"), (("33.33", "33.33", "33.33"), "98.9", "error"), (("30", "30", "30"), "90.5", "error"),
])
def test_a_total_of_rounded_scores(claims: tuple[str, ...], total: str, severity: str | None) -> None:
    made = form(*(row(f"第{n}项", "好", "好", "33.34", one, "略") for n, one in enumerate(claims)), total="100.02", claimed=total)

    assert [one.severity.value for one in found(made, "A004")] == ([severity] if severity else [])


@pytest.mark.parametrize(("weights", "declared", "severity"), [
    (("16.67", "16.67", "16.67"), "50", "remark"), (("16.6", "16.6", "16.6"), "50", "remark"), (("16", "16", "16"), "50", "error"),
    (("16.67", "16.67", "16.66"), "50", None),
])
def test_a_heading_over_rounded_weights(weights: tuple[str, ...], declared: str, severity: str | None) -> None:
    rows = [row(f"第{n}项", "≥1个", "1个", one, one) for n, one in enumerate(weights)]
    heading = Heading(1, "产出指标", said(f"产出指标({declared})"), said(declared))
    made = form(*rows, row("丙", "≥1个", "1个", "50", "50", levels=("效益指标",)), headings=[heading], total="100", claimed="100")

    assert [one.severity.value for one in found(made, "A002")] == ([severity] if severity else [])
