"""Weights and scores that several rows of a form share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfdsl.audit.texts import Points, says_nothing
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import Form, FormRow, Said


class Shared:
    """The cells of weights and scores that lie over several rows of a form: those rows are scored together."""

    def __init__(self, form: Form) -> None:
        cells = Counter(cell for row in form.rows for cell in {said.cell for said in _points(row)})
        self.cells = frozenset(cell for cell, count in cells.items() if count > 1)
        self._weights = _cells(said for row in form.rows for said in (row.weight, row.share))
        self._claims = _cells(said for row in form.rows for said in (row.claimed, row.converted))
        self._open = frozenset(_open_below(form.rows)) if form.flat else frozenset()

    def __contains__(self, row: FormRow) -> bool:
        return any(said.cell in self.cells for said in _points(row))

    def weight(self, row: FormRow, own: Points) -> Points:
        """The weight of a row; a dash where it stands in a cell that begins above."""
        return own if row.weight or row.share else _dashed(row, self._weights, own)

    def claimed(self, row: FormRow, own: Points) -> Points:
        """The score of a row, as `weight`."""
        return own if row.claimed or row.converted else _dashed(row, self._claims, own)

    def open_below(self, row: FormRow) -> bool:
        """Whether the row below has values and no points, and the file does not tell whether it belongs to this one."""
        return row.name.cell in self._open


def _cells(said: Iterator[Said | None]) -> frozenset[Cell]:
    return frozenset(one.cell for one in said if one is not None)


def _dashed(row: FormRow, cells: frozenset[Cell], own: Points) -> Points:
    return Points(None, dashed=True) if any(said.cell in cells for said in row.merged) else own


def _points(row: FormRow) -> Iterator[Said]:
    """The cells of a row's weight and score, its own and those that begin above."""
    yield from row.merged
    yield from (said for said in (row.weight, row.claimed) if said is not None)


def _open_below(rows: tuple[FormRow, ...]) -> Iterator[Cell]:
    last: FormRow | None = None
    for row in rows:
        if not _pointless(row):
            last = row
        elif last is not None and not _valueless(row) and not _valueless(last) and row.levels == last.levels:
            yield last.name.cell


def _valueless(row: FormRow) -> bool:
    return says_nothing(row.target) and says_nothing(row.actual)


def _pointless(row: FormRow) -> bool:
    return all(said is None or not (said.text.strip() or said.fault) for said in (row.weight, row.share, row.claimed, row.converted))
