"""The level columns of an indicator table: which headings stand above a row."""

from __future__ import annotations

import re

from perfdsl.forms.columns import Column, Header
from perfdsl.forms.form import Heading, Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.headings import LEVELS, Role
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import is_blank, plain, points

_SUBTOTAL = re.compile(r"^(?P<of>.{0,8})小计")


class Levels:
    """Goes down the rows and remembers which level cells hold, also from the headings `before` repeated ones."""

    def __init__(self, stretch: Stretch, header: Header, before: Levels | None = None) -> None:
        self.stretch, self.header = stretch, header
        self.columns = [column for role in LEVELS for column in header.columns if column.role is role]
        self.name = header.of(Role.NAME)
        self.above: list[tuple[str, GridCell] | None] = [None] * len(self.columns)
        if before is not None and len(before.above) == len(self.above):
            self.above = list(before.above)
        self.headings = list[Heading]()

    def names(self, row: int, end: int | None = None) -> tuple[str, ...]:
        """The names above a row, to before the level `end`: a cell of its own, one that reaches down to it, or the last one above."""
        for at, column in enumerate(self.columns[:end]):
            cell = self.covering(row, column)
            if cell is None or is_blank(cell.text) or self._is_name(cell):
                continue
            if any(cell is known[1] for known in self.above[:at] if known):
                self.above[at] = None
            else:
                self._step(at, cell)
        return tuple(known[0] for known in self.above[:end] if known)

    def of_sum(self, label: GridCell, column: Column | None, row: int) -> tuple[str, ...]:
        """The names of what a 小计 adds up: the level that it is named after, else those before its column, at least the first."""
        found = _SUBTOTAL.match(plain(label.text))
        if found is None:
            return ()
        at = self.columns.index(column) if column in self.columns else len(self.columns)
        over = self.names(row, at) or tuple(known[0] for known in self.above[:1] if known)
        if not found["of"]:
            return over
        named = next((n for n, known in enumerate(self.above) if known and plain(known[0]).startswith(found["of"])), None)
        return () if named is None else tuple(known[0] for known in self.above[: named + 1] if known)

    def covering(self, row: int, column: Column) -> GridCell | None:
        """The cell with text that lies over a place of the table."""
        cells = (self.stretch.grid.at(row, at) for at in range(column.at, column.at + column.width))
        return next((cell for cell in cells if cell is not None and not is_blank(cell.text) and cell.row >= self.header.end), None)

    def _step(self, at: int, cell: GridCell) -> None:
        """A level cell begins something new unless it repeats the name above it."""
        known = self.above[at]
        if known is not None and known[1] is cell:
            return
        name, declared = points(cell.text)
        said = self.stretch.take(cell)
        if known is not None and plain(known[0]) == plain(name) and not (declared and points(known[1].text)[1] != declared):
            return
        level = LEVELS.index(self.columns[at].role or Role.LEVEL_1) + 1
        self.headings.append(Heading(level, name, said, Said(declared, said.cell) if declared else None))
        self.above[at] = (name, cell)
        self.above[at + 1:] = [None] * (len(self.above) - at - 1)

    def _is_name(self, cell: GridCell) -> bool:
        """Whether a cell reaches over the name column: then it is the indicator itself."""
        return self.name is not None and cell.column <= self.name.at < cell.column + cell.columns
