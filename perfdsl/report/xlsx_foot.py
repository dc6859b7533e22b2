"""Below the lines of the sheet 自评表: total, grade, results and alerts, the stamp line."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from perfdsl.record import record
from perfdsl.report.totals import grade_text, mismatch, total_text
from perfdsl.report.xlsx_groups import ranges
from perfdsl.report.xlsx_live import agrees
from perfdsl.report.xlsx_open import pending, pending_grade
from perfdsl.report.xlsx_piece import LONGEST, Piece, Unsayable
from perfdsl.report.xlsx_style import put
from perfdsl.report.xlsx_total import Whole, grade, whole
from perfdsl.score import overview
from perfdsl.units import SCORE as POINTS

if TYPE_CHECKING:
    from perfdsl.report.xlsx_form import Form

_WEIGHT, _SCORE, _LAST = 5, 6, 7


@record
class Placed:
    """Where the sheet shows the total and the grade: `'甲局'!$G$20`."""

    total: str
    grade: str


def write_total(form: Form, row: int) -> Placed:
    """The total in *row* and the grade below it, live where a formula gives them."""
    bold = form.styles.number(bold=True)
    form.put((row, 0, row, 4), "总分", bold)
    _total_weight(form, row, bold)
    made = _total_score(form, row) if form.card.total.score is not None else None
    form.put((row, _LAST, row, _LAST), mismatch(form.card), form.styles.text())
    form.put((row + 1, 0, row + 1, 4), "等级", bold)
    put(form.sheet, (row + 1, 5, row + 1, _LAST), grade_text(form.card), bold)
    if form.card.total.score is None:
        _open(form, row, bold)
    _grade(form, row + 1, made, Piece(form.cell(row, _SCORE), None, POINTS), bold)
    return Placed(form.cell(row, _SCORE), form.cell(row + 1, 5))


def _total_weight(form: Form, row: int, style: Any) -> None:
    rows = [r for r in form.card.rows if r.indicator.outside is None]
    weight = form.card.total.weight
    if rows and sum((r.indicator.weight for r in rows), Fraction(0)) == weight:
        cells = ranges([form.places[r.indicator.path][0].replace(form.prefix, "") for r in rows])
        form.sheet.write_formula(row, _WEIGHT, f"=SUM({','.join(cells)})", style, float(weight))
    else:
        form.sheet.write_number(row, _WEIGHT, float(weight), style)


def _total_score(form: Form, row: int) -> Whole | None:
    """The total; its pieces where a formula says it."""
    total, style = form.card.total, form.styles.points(form.card.ruleset.total_rounding, bold=True)
    exact = total.score or Fraction(0)
    found: list[Whole] = []

    def make() -> Piece:
        made = whole(form.items)
        agrees(made.unrounded, total.unrounded)
        agrees(made.total, exact)
        found.append(made)
        return made.total

    form.live.score((row, _SCORE), make, exact, style, "总分")
    return found[0] if found else None


def _open(form: Form, row: int, style: Any) -> None:
    """Total and grade while rows are open: ranges that turn into the very ones, or the ranges as texts."""
    shown = total_text(form.card)
    form.put((row, _SCORE, row, _SCORE), shown, form.styles.points(form.card.ruleset.total_rounding, bold=True))
    try:
        found = pending(form.items)
        _fits(found.total)
        form.live.formula((row, _SCORE), found.total, form.styles.points(form.card.ruleset.total_rounding, bold=True), shown)
        if grade_text(form.card):
            made = pending_grade(form.items, found, form.cell(row, _SCORE))
            _fits(made)
            form.live.formula((row + 1, 5), made, style, grade_text(form.card))
    except Unsayable as why:
        form.live.notes.append(("总分和等级", str(why)))


def _fits(piece: Piece) -> None:
    if len(piece.text) > LONGEST:
        raise Unsayable("规则太长，公式里写不下")


def _grade(form: Form, row: int, made: Whole | None, cell: Piece, style: Any) -> None:
    shown = grade_text(form.card)
    if made is None or not shown or form.card.total.score is None:
        return
    try:
        found = grade(form.items, made, Piece(cell.text, float(form.card.total.score), POINTS))
        if found.value != shown or len(found.text) > LONGEST:
            raise Unsayable("公式给出的等级与逐条判断的不同")
    except Unsayable as why:
        form.live.notes.append(("等级", str(why)))
        return
    form.live.formula((row, 5), found, style, shown)


def write_below(form: Form, row: int) -> None:
    """Results, alerts, the stamp line."""
    texts = [*(f"{one.application.name}：{one.value if one.value is not None else '还算不出'}" for one in form.card.results),
             *(f"预警：{alert.text}" for alert in form.card.alerts)]
    for text in texts:
        form.put((row, 0, row, _LAST), text, form.styles.text())
        row += 1
    signs = ((0, 2, "填报人："), (3, 4, "单位负责人："), (5, 7, "单位（盖章）："))
    for left, right, text in signs:
        put(form.sheet, (row + 1, left, row + 1, right), text, form.styles.plain())
    form.sheet.set_row(row + 1, 30)
    put(form.sheet, (row + 2, 5, row + 2, _LAST), "填报日期：　　　年　　月　　日", form.styles.plain())
    put(form.sheet, (row + 3, 0, row + 3, _LAST), overview.identity(form.card), form.styles.plain(font_size=8, font_color="#666666"))
