"""A sheet or a Word table as a grid of cells, whatever program it came from."""

from __future__ import annotations

from functools import cached_property

from perfdsl.diagnostics import Cell
from perfdsl.record import record

LARGEST = 500_000
"""Places that the cells of one grid cover at most; forms cover some thousand."""


@record
class GridCell:
    """One cell as its program shows it (number format applied), at its first row and column, both from 0.

    A merged cell stands once and spans `rows` × `columns`.  `fault` says why there is no value where there should be one
    (a formula without a stored value, an error such as #DIV/0!); `text` is then empty.
    """

    text: str
    place: Cell
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    fault: str = ""


class Grid:
    """The cells of one sheet or table, in reading order; empty cells that are not merged may be left out."""

    def __init__(self, file: str, name: str, cells: tuple[GridCell, ...], *, hidden: bool = False) -> None:
        self.file, self.name, self.cells, self.hidden = file, name, cells, hidden

    @cached_property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @cached_property
    def width(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    @cached_property
    def _extents(self) -> list[tuple[GridCell, range, range]]:
        """Each cell with the rows and columns it covers; a merge that would cover absurdly much counts as one place."""
        found, area = list[tuple[GridCell, range, range]](), 0
        for cell in self.cells:
            fits = area + cell.rows * cell.columns <= LARGEST
            rows, columns = (cell.rows, cell.columns) if fits else (1, 1)
            area += rows * columns
            found.append((cell, range(cell.row, cell.row + rows), range(cell.column, cell.column + columns)))
        return found

    @cached_property
    def _covering(self) -> dict[tuple[int, int], GridCell]:
        return {(row, column): cell for cell, rows, columns in self._extents for row in rows for column in columns}

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place."""
        return self._covering.get((row, column))

    def line(self, row: int) -> list[GridCell]:
        """The cells that cover a row, from left to right, each once."""
        return self._lines.get(row, [])

    @cached_property
    def _lines(self) -> dict[int, list[GridCell]]:
        lines: dict[int, list[GridCell]] = {}
        for cell, rows, _ in sorted(self._extents, key=lambda extent: extent[0].column):
            for row in rows:
                lines.setdefault(row, []).append(cell)
        return lines
