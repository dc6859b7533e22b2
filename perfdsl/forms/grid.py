"""A sheet or a Word table as a grid of cells, whatever program it came from."""

from __future__ import annotations

from functools import cached_property

from perfdsl.diagnostics import Cell
from perfdsl.record import record


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
    def _covering(self) -> dict[tuple[int, int], GridCell]:
        return {(row, column): cell for cell in self.cells
                for row in range(cell.row, cell.row + cell.rows) for column in range(cell.column, cell.column + cell.columns)}

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place."""
        return self._covering.get((row, column))

    def line(self, row: int) -> list[GridCell]:
        """The cells that cover a row, from left to right, each once."""
        found = (self.at(row, column) for column in range(self.width))
        return list(dict.fromkeys(cell for cell in found if cell is not None))
