"""Where a form has the cells that scores are written into, filled or empty."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.data.reading import Amount, reading
from perfdsl.data.table import clean
from perfdsl.forms.draft_names import cleaned, compact, written
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import BudgetRow, Form, FormRow, Said
from perfdsl.forms.grid import Grid
from perfdsl.record import changed, record
from perfdsl.report.docx_budget import BUDGET, INITIAL, SPENT, execution_row
from perfdsl.report.form import grade_text, score_text, total_text
from perfdsl.report.known import data_values
from perfdsl.score import explain
from perfdsl.score.scorecard import Row, Scorecard

_ANY = "1"
"""What stands for a value in a cell that is still empty."""


@record
class Filling:
    """A text for the cell at an address of the grid (表1第3行第2格)."""

    address: str
    text: str


class Places:
    """The rows of a form with a place for every value: the form is read again with something in each empty cell."""

    def __init__(self, grid: Grid, form: Form) -> None:
        self.form = next(iter(find_forms([_full(grid, form)])), form)
        self.rows = {row.name.cell: row for row in self.form.rows}
        self.money = next((row for row in self.form.budget if row.is_total), None)

    def row(self, row: FormRow) -> FormRow:
        """The row of that name, every cell of it with a place."""
        return self.rows.get(row.name.cell, row)


def _full(grid: Grid, form: Form) -> Grid:
    first = min((row.name.cell.line or 0 for row in form.rows), default=0) - 1
    money = {row.name.cell.line - 1 for row in form.budget if row.is_total and row.name.cell.line}
    return Grid(grid.file, grid.name, tuple(
        changed(cell, text=_ANY) if not clean(cell.text) and (cell.row >= first or cell.row in money) else cell for cell in grid.cells))


def fillings(card: Scorecard, grid: Grid, form: Form) -> tuple[list[Filling], list[str]]:
    """What is to be written where, and the names of the card's indicators that the form has no row for."""
    places, waiting = Places(grid, form), list(card.rows)
    made = [*_money(card, places.money), *_total(card, places, grid)]
    for row in form.rows:
        found = _of_name(waiting, row.name.text, row.levels)
        if found is not None:
            waiting.remove(found)
            made += _row(card, found, places.row(row))
    lifted = execution_row(card) if form.budget else None
    return _new(made, grid), [row.indicator.name for row in waiting if row is not lifted]


def _new(made: list[Filling], grid: Grid) -> list[Filling]:
    """What has a place, but for texts that say what stands there already: 10 is not written over by 10.00."""
    there = {cell.place.address: cell.text for cell in grid.cells}
    return [one for one in made if one.text and one.address in there and not _same(one.text, there[one.address])]


def _same(text: str, other: str) -> bool:
    a, b = reading(clean(text)), reading(clean(other))
    if isinstance(a, Amount) and isinstance(b, Amount):
        return a.number == b.number and (a.unit == b.unit or None in (a.unit, b.unit))
    return clean(text) == clean(other)


def _of_name(rows: list[Row], text: str, levels: tuple[str, ...]) -> Row | None:
    """The row that a form's row names: as written, or as `import` would clean it; of several that under the same headings."""
    names = {compact(text), written(cleaned(text).name)}
    found = [row for row in rows if row.indicator.name in names]
    same = [row for row in found if row.indicator.levels[:-1] == tuple(compact(level) for level in levels)]
    return next(iter(same or found), None)


def _at(said: Said | None, text: str) -> Iterator[Filling]:
    if said is not None:
        yield Filling(said.cell.address, text)


def _row(card: Scorecard, row: Row, place: FormRow) -> Iterator[Filling]:
    yield from _at(place.actual, row.fact.text)
    yield from _at(place.claimed, score_text(card, row) if row.score is not None else "")
    yield from _at(place.reason, row.fact.reason)


def _money(card: Scorecard, place: BudgetRow | None) -> Iterator[Filling]:
    values, row = data_values(card), execution_row(card)
    if place is None:
        return
    for said, name in ((place.initial, INITIAL), (place.budget, BUDGET), (place.spent, SPENT)):
        if name in values:
            yield from _at(said, str(values[name]).rstrip("亿万千百元"))
    if row is not None:
        yield from _at(place.rate, explain.actual_text(row))
        yield from _at(place.score, score_text(card, row) if row.score is not None else "")


def _total(card: Scorecard, places: Places, grid: Grid) -> Iterator[Filling]:
    """The total, and the grade where it has a cell of its own."""
    if card.total.score is not None:
        yield from _at(places.form.total_claimed, total_text(card))
    said = places.form.grade
    own = said is not None and any(cell.place == said.cell and clean(cell.text) in ("", said.text) for cell in grid.cells)
    if own and grade_text(card):
        yield from _at(said, grade_text(card))
