"""What every source gives: headings, and a stream of record batches that know where their rows stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from perfdsl.batch.block import Integers
from perfdsl.batch.rejects import cell_of
from perfdsl.data.headings import Header, Layout
from perfdsl.data.table import Entry, Table
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record

ROWS = 65_536
"""Rows of a batch, at most, where the source can choose."""

Opened = tuple[list[str], int | None, Callable[[list[str]], Iterator[Any]]]
"""Of a file of columns: their names, the number of rows, and a stream of the record batches of some columns."""


@record
class Batch:
    """Some rows, their columns as the source has headings.  `lines` are the numbers by which a person finds the rows in `file`.

    `places` are such numbers for the cells of some columns, where these stand in other rows; `header` where it is not that of the source.
    """

    rows: Any
    file: str
    lines: Integers
    places: dict[int, Integers] | None = None
    header: Header | None = None

    def cell(self, row: int, at: int | None, heading: str) -> Cell:
        """Where a cell stands; `at` None: the row."""
        lines = self.lines if at is None or self.places is None else self.places.get(at, self.lines)
        line = int(lines[row])
        return cell_of(self.file, line, at, heading)


@record
class Source:
    """A table that is open.

    `batches()` are its rows from the first, in the same batches each time; `identity` tells whether it is the same table later;
    `total` is how many rows there are, where that is known beforehand.
    """

    file: str
    header: Header
    batches: Callable[[], Iterator[Batch]]
    identity: str
    total: int | None = None
    found: tuple[Diagnostic, ...] = ()


def headings(file: str, names: list[str]) -> Table:
    """The names of typed columns as the first row of a table."""
    return Table(file, (tuple(Entry(name, Cell(file, f"列「{name}」", "", 0, at)) for at, name in enumerate(names, 1)),))


def typed_header(file: str, names: list[str], layout: Layout) -> Header:
    return Header(headings(file, names), 0, layout)
