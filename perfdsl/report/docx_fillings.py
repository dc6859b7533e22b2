"""What is written into the cells of the officer's form, and which old figures there must go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.data.reading import Amount, reading
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.forms.form import BudgetRow, Form, FormRow, Said
from perfdsl.forms.grid import Grid
from perfdsl.record import record
from perfdsl.report.docx_budget import BUDGET, INITIAL, SPENT, execution_row
from perfdsl.report.docx_places import Places, matched
from perfdsl.report.form import first_level, points, score_text
from perfdsl.report.known import data_values
from perfdsl.report.totals import grade_text, subtotal, total_text
from perfdsl.score import explain
from perfdsl.score.scorecard import PartOutcome, Row, Scorecard

_CONVERTED = "「折算得分」一栏，规则集的得分直接计入总分，不再折算"
_OPEN = "还没有得分的项目、没有定下来的总分和等级"
_PART = "分项不单独得分"
_SUBTOTAL = "小计，规则集没有这一级的得分"


@record
class Filling:
    """A text for the cell at an address of the grid (表1第3行第2格); an empty one clears old figures, and `why` says so.

    `scored`: it is the score of a row; all of these are written alike.
    """

    address: str
    text: str
    why: str = ""
    scored: bool = False


def fillings(card: Scorecard, grid: Grid, form: Form) -> tuple[list[Filling], list[Diagnostic]]:
    """What is to be written where.

    W401 for each indicator and part that the form has no row for, and for the old figures that nothing takes the place of.
    """
    places = Places(grid, form)
    pairs, missing = matched(form, card.rows)
    made = [*_money(card, places.money), *_total(card, places, grid), *_subtotals(card, form, places)]
    apart = [found for _, found in pairs if isinstance(found, PartOutcome)]
    for said, found in pairs:
        made += _row(card, found, places.row(said), apart) if isinstance(found, Row) else _part(card, found, places.row(said))
    lifted = execution_row(card) if form.budget else None
    there = {cell.place.address: cell.text for cell in grid.cells}
    rewritten = any(one.scored and one.text and _is_new(one, there) for one in made)
    new = [one for one in made if _is_new(one, there) or (rewritten and _is_plain(one, there))]
    told = [_no_row(form.file, name) for name in missing if lifted is None or name != lifted.indicator.name]
    return new, [*told, *_cleared(form.file, new, there)]


def _is_new(one: Filling, there: dict[str, str]) -> bool:
    """A text with a place that does not say what stands there already (10 is not written over by 10.00), or old figures to clear."""
    if one.address not in there:
        return False
    return not _same(one.text, there[one.address]) if one.text else bool(one.why and clean(there[one.address]))


def _is_plain(one: Filling, there: dict[str, str]) -> bool:
    """A score that stands there in other digits: 10 beside scores that are now 9.80."""
    return one.scored and bool(one.text) and one.address in there and one.text != clean(there[one.address])


def _same(text: str, other: str) -> bool:
    a, b = reading(clean(text)), reading(clean(other))
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.number == b.number and (a.unit == b.unit or None in (a.unit, b.unit))
    return clean(text) == clean(other)


def _no_row(file: str, name: str) -> Diagnostic:
    return Diagnostic("W401", f"样表里没有「{name}」这一行，没有填", Cell(file, "表"), "样表的指标名称改得与规则集一致",
                      severity=Severity.WARNING)


def _cleared(file: str, made: Sequence[Filling], there: dict[str, str]) -> Iterator[Diagnostic]:
    for why in dict.fromkeys(one.why for one in made if not one.text):
        gone = [one for one in made if not one.text and one.why == why]
        yield Diagnostic("W401", f"样表里的旧数清空了 {len(gone)} 处（如「{clean(there[gone[0].address])}」）：{why}",
                         Cell(file, gone[0].address), "核对后自己补上，或者从样表里去掉", severity=Severity.WARNING)


def _at(said: Said | None, text: str, why: str = "", scored: bool = False) -> Iterator[Filling]:
    if said is not None:
        yield Filling(said.cell.address, text, why, scored)


def _row(card: Scorecard, row: Row, place: FormRow, apart: Sequence[PartOutcome]) -> Iterator[Filling]:
    yield from _at(place.actual, _actual(row, apart))
    yield from _at(place.claimed, "" if row.score is None else score_text(card, row), _OPEN, True)
    yield from _at(place.converted, "", _CONVERTED)
    yield from _at(place.reason, row.fact.reason)


def _actual(row: Row, apart: Sequence[PartOutcome]) -> str:
    """The cell of the data, what the rules made of other data, or the parts in one line where none has a row of its own."""
    if row.parts:
        told = [f"{part.part.name} {part.fact.text}" for part in row.parts if part.fact.text]
        return "" if any(part in apart for part in row.parts) else "；".join(told)
    return row.fact.text or ("" if row.score is None else explain.actual_text(row))


def _part(card: Scorecard, part: PartOutcome, place: FormRow) -> Iterator[Filling]:
    """A part with points of its own has a score, one without counts through its indicator alone."""
    scored = part.part.weight is not None and part.outcome.score is not None
    yield from _at(place.actual, part.fact.text)
    yield from _at(place.claimed, points(card, part.outcome.score) if scored and part.outcome.score is not None else "", _PART, True)
    yield from _at(place.converted, "", _CONVERTED)
    yield from _at(place.reason, part.fact.reason)


def _money(card: Scorecard, place: BudgetRow | None) -> Iterator[Filling]:
    values, row = data_values(card), execution_row(card)
    if place is None:
        return
    for said, name in ((place.initial, INITIAL), (place.budget, BUDGET), (place.spent, SPENT)):
        if name in values:
            yield from _at(said, str(values[name]).rstrip("亿万千百元"))
    if row is not None:
        yield from _at(place.rate, explain.actual_text(row))
        yield from _at(place.score, "" if row.score is None else score_text(card, row), _OPEN, True)


def _subtotals(card: Scorecard, form: Form, places: Places) -> Iterator[Filling]:
    """A 小计 of a 一级指标; what adds up anything else is cleared."""
    for said in form.subtotals:
        first = said.levels[0] if len(said.levels) == 1 else ""
        known = any(first_level(row) == first for row in card.rows) if first else False
        place = places.row(said)
        yield from _at(place.claimed, subtotal(card, first)[1] if known else "", _SUBTOTAL)
        yield from _at(place.converted, "", _CONVERTED)


def _total(card: Scorecard, places: Places, grid: Grid) -> Iterator[Filling]:
    """The total, and the grade where it has a cell of its own."""
    yield from _at(places.form.total_claimed, "" if card.total.score is None else total_text(card), _OPEN)
    yield from _at(places.form.total_converted, "", _CONVERTED)
    said = places.form.grade
    own = said is not None and any(cell.place == said.cell and clean(cell.text) in ("", said.text) for cell in grid.cells)
    if own:
        yield from _at(said, grade_text(card), _OPEN)
