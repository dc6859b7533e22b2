"""Rows that are scored through the row above them."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.audit.texts import says_nothing
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import FormRow, Said

Gathered = list[tuple[FormRow, tuple[FormRow, ...]]]


def gathered(rows: Sequence[FormRow]) -> Gathered:
    """Each row with the rows below it that are its parts: they have no points, and it has no values of its own."""
    found: Gathered = []
    for row in rows:
        if found and _is_part(row, found[-1][0]):
            head, parts = found[-1]
            found[-1] = (head, (*parts, row))
        else:
            found.append((row, row.parts))
    return found


def _is_part(row: FormRow, head: FormRow) -> bool:
    plain = _valueless(head) and head.weight is not None and row.levels == head.levels
    return plain and _pointless(row) and not _valueless(row)


def _valueless(row: FormRow) -> bool:
    return says_nothing(row.target) and says_nothing(row.actual)


def _pointless(row: FormRow) -> bool:
    return all(said is None or not (said.text.strip() or said.fault) for said in (row.weight, row.share, row.claimed, row.converted))


def open_below(rows: Sequence[FormRow]) -> frozenset[Cell]:
    """The points cells of rows that have values, above a row with values and no points: both may be scored together."""
    found = set[Cell]()
    last: FormRow | None = None
    for row in rows:
        if not _pointless(row):
            last = row
        elif last is not None and not _valueless(row) and not _valueless(last) and row.levels == last.levels:
            found |= {said.cell for said in _points(last)}
    return frozenset(found)


def _points(row: FormRow) -> list[Said]:
    return [said for said in (row.weight, row.claimed) if said is not None]
