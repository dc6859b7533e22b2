"""The rows of a grid that one form takes up, and which of its cells have been read."""

from __future__ import annotations

from collections.abc import Iterable

from perfdsl.forms.form import Said
from perfdsl.forms.grid import Grid, GridCell
from perfdsl.forms.words import is_blank


class Stretch:
    """Rows `first` to before `end` of a grid.  A cell that a field holds is taken; what nobody takes was not understood."""

    def __init__(self, grid: Grid, first: int, end: int) -> None:
        self.grid, self.first, self.end = grid, first, end
        self._taken: set[int] = set()
        self._starting: dict[int, list[GridCell]] = {}
        for cell in grid.cells:
            if first <= cell.row < end and (cell.fault or not is_blank(cell.text)):
                self._starting.setdefault(cell.row, []).append(cell)
        self._rows = sorted(self._starting)

    def rows(self, first: int | None = None, end: int | None = None) -> list[int]:
        """The rows from `first` to before `end` in which a cell begins; a stray cell far down makes no more of them."""
        first, end = self.first if first is None else first, self.end if end is None else end
        return [row for row in self._rows if first <= row < end]

    def line(self, row: int) -> list[GridCell]:
        """The cells with text that begin in a row and are not taken."""
        return [cell for cell in self._starting.get(row, ()) if id(cell) not in self._taken]

    def take(self, cell: GridCell, text: str | None = None) -> Said:
        """The cell as a field holds it, or a part of its text."""
        self._taken.add(id(cell))
        return Said(cell.text if text is None else text, cell.place, cell.fault)

    def pass_over(self, cells: Iterable[GridCell]) -> None:
        """Cells that only head others."""
        self._taken.update(map(id, cells))

    def faults(self) -> list[Said]:
        """The cells without the value they should have, with the fault as their text."""
        return [Said(cell.fault, cell.place, cell.fault) for row in self._rows for cell in self._starting[row] if cell.fault]

    def left(self) -> list[GridCell]:
        return [cell for row in self._rows for cell in self.line(row)]
