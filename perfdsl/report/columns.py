"""How wide each column of a terminal table may be, and its cells cut to that."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.record import record
from perfdsl.text import wrap
from perfdsl.width import width_of

GAP = 2
"""Blanks between two columns."""


@record
class Column:
    """A heading; `right` for numbers, which never wrap; `share` of the space that text columns compete for."""

    heading: str
    right: bool = False
    share: int = 1


def fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Columns of text for each column of the table, so that all fit `width` where the numbers leave room."""
    natural = [_natural(column, [row[at] for row in rows]) for at, column in enumerate(columns)]
    room = width - GAP * (len(columns) - 1) - sum(n for n, c in zip(natural, columns, strict=True) if c.right)
    flexible = [at for at, column in enumerate(columns) if not column.right]
    given = _shared(room, {at: natural[at] for at in flexible}, {at: columns[at].share for at in flexible})
    return [given.get(at, natural[at]) for at in range(len(columns))]


def _natural(column: Column, cells: Sequence[str]) -> int:
    lines = [line for cell in cells for line in cell.split("\n")]
    return max(width_of(text) for text in [column.heading, *lines])


def _shared(room: int, wanted: dict[int, int], shares: dict[int, int]) -> dict[int, int]:
    """Columns that want less than their share get what they want; the others divide the rest by share."""
    given: dict[int, int] = {}
    while wanted:
        parts = sum(shares[at] for at in wanted)
        modest = {at: size for at, size in wanted.items() if size * parts <= room * shares[at]}
        if not modest:
            return given | _divided(room, [*wanted], shares)
        given |= modest
        room -= sum(modest.values())
        wanted = {at: size for at, size in wanted.items() if at not in modest}
    return given


def _divided(room: int, hungry: list[int], shares: dict[int, int]) -> dict[int, int]:
    """All of *room*, by share, at least four columns each."""
    given: dict[int, int] = {}
    parts = sum(shares[at] for at in hungry)
    for at in hungry:
        given[at] = max(4, room * shares[at] // parts)
        room, parts = room - given[at], parts - shares[at]
    return given


def cut(cell: str, column: Column, width: int) -> str:
    """The cell in lines that fit; blanks before its text indent every line."""
    if column.right:
        return cell
    text = cell.lstrip(" ")
    indent = cell[: len(cell) - len(text)]
    return "\n".join(indent + line for line in wrap(text, width - len(indent)))
