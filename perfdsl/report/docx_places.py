"""Where a form has the cells that scores are written into, filled or empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.data.table import clean
from perfdsl.forms.draft_names import cleaned, compact, written
from perfdsl.forms.draft_parts import part_name
from perfdsl.forms.finder import find_forms
from perfdsl.forms.form import Form, FormRow
from perfdsl.forms.grid import Grid
from perfdsl.record import changed
from perfdsl.score.scorecard import PartOutcome, Row

_ANY = "1"
"""What stands for a value in a cell that is still empty."""


class Places:
    """The rows of a form with a place for every value: the form is read again with something in each empty cell."""

    def __init__(self, grid: Grid, form: Form) -> None:
        self.form = next(iter(find_forms([_full(grid, form)])), form)
        self.rows = {row.name.cell: row for row in _flat((*self.form.rows, *self.form.subtotals))}
        self.money = next((row for row in self.form.budget if row.is_total), None)

    def row(self, row: FormRow) -> FormRow:
        """The row of that name, every cell of it with a place."""
        return self.rows.get(row.name.cell, row)


def _flat(rows: Sequence[FormRow]) -> Iterator[FormRow]:
    for row in rows:
        yield row
        yield from row.parts


def _full(grid: Grid, form: Form) -> Grid:
    first = min((row.name.cell.line or 0 for row in form.rows), default=0) - 1
    money = {row.name.cell.line - 1 for row in form.budget if row.is_total and row.name.cell.line}
    return Grid(grid.file, grid.name, tuple(
        changed(cell, text=_ANY) if not clean(cell.text) and (cell.row >= first or cell.row in money) else cell for cell in grid.cells))


def matched(form: Form, rows: Sequence[Row]) -> tuple[list[tuple[FormRow, Row | PartOutcome]], list[str]]:
    """Each row of the form with what it names, and the names of what the form has no row for.

    A part is looked for among the rows as well: a form may print it like an indicator.  Where it has a row for none of the
    parts of an indicator, none is missed.
    """
    waiting, parts, made = list(rows), [part for row in rows for part in row.parts], list[tuple[FormRow, Row | PartOutcome]]()
    for said in _flat(form.rows):
        if (row := _of_name(waiting, said.name.text, said.levels)) is not None:
            waiting.remove(row)
            made.append((said, row))
        elif (part := _part_of_name(parts, made, said.name.text)) is not None:
            parts.remove(part)
            made.append((said, part))
    found = [one for _, one in made]
    return made, [row.indicator.name for row in waiting] + [part.part.name for part in parts if _is_missed(part, rows, found)]


def _of_name(rows: list[Row], text: str, levels: tuple[str, ...]) -> Row | None:
    """The row that a form's row names: as written, or as `import` would clean it; of several that under the same headings."""
    names = {compact(text), written(cleaned(text).name)}
    found = [row for row in rows if row.indicator.name in names]
    same = [row for row in found if row.indicator.levels[:-1] == tuple(compact(level) for level in levels)]
    return next(iter(same or found), None)


def _part_of_name(parts: list[PartOutcome], made: Sequence[tuple[FormRow, Row | PartOutcome]], text: str) -> PartOutcome | None:
    """The part of that name; of several that of the indicator above."""
    names = {compact(text), written(part_name(text).name)}
    found = [part for part in parts if part.part.name in names]
    above = next((row.parts for _, row in reversed(made) if isinstance(row, Row)), ())
    return next((part for part in found if part in above), found[0] if found else None)


def _is_missed(part: PartOutcome, rows: Sequence[Row], found: Sequence[Row | PartOutcome]) -> bool:
    return any(part in row.parts and any(other in found for other in row.parts) for row in rows)
