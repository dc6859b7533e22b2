"""Which columns of the grid hold what: the headings of an indicator table over one row or more."""

from __future__ import annotations

from perfdsl.forms.grid import GridCell
from perfdsl.forms.headings import Role, assigned, first_role, is_header, is_header_part
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import bare
from perfdsl.record import record

_TALL = 3
"""Headings merged over two rows that show the second row to be one of headings, whatever it says."""


@record
class Column:
    """A column of the indicator table, `width` columns of the grid wide."""

    at: int
    width: int
    role: Role | None
    heading: str
    cells: tuple[GridCell, ...]


@record
class Header:
    """The headings of an indicator table and the rows they stand in; `labels` are cells that head the whole block."""

    first: int
    end: int
    columns: tuple[Column, ...]
    labels: tuple[GridCell, ...]

    def of(self, role: Role) -> Column | None:
        return next((column for column in self.columns if column.role is role), None)


def header_at(stretch: Stretch, row: int) -> Header | None:
    """The headings that begin in a row, if it heads an indicator table."""
    line = stretch.line(row)
    end = header_end(stretch, row)
    lines = [cell for at in range(row, end) for cell in stretch.line(at)]
    labels = tuple(cell for cell in line if cell.row + cell.rows > end)
    heads = [cell for cell in lines if cell not in labels]
    columns = _columns(heads)
    return Header(row, end, columns, labels) if columns else None


def is_header_row(stretch: Stretch, row: int) -> bool:
    """Whether a row, with one below that parts its headings, heads an indicator table."""
    if not is_header_part([cell.text for cell in stretch.line(row)]):
        return False
    end = header_end(stretch, row)
    return is_header([cell.text for at in range(row, end) for cell in stretch.line(at)])


def header_end(stretch: Stretch, row: int) -> int:
    """The row below the headings that begin in a row."""
    return row + 1 + _further(stretch, row)


def _further(stretch: Stretch, row: int) -> int:
    """Whether the row below heads parts of a heading that spans columns: 指标值 over 符号, 数值, 单位."""
    wide = [cell for cell in stretch.line(row) if cell.columns > 1 and cell.rows == 1]
    below = stretch.line(row + 1) if row + 1 < stretch.end else []
    under = [cell for cell in below if any(w.column <= cell.column < w.column + w.columns for w in wide)]
    heads = [cell for cell in below if first_role(cell.text) is not None]
    tall = [cell for cell in stretch.line(row) if cell.row + cell.rows == row + 2]
    told = len(tall) >= _TALL and len(under) == len(below)
    told = told or len(heads) == len(below) or (len(under) == len(below) and len(heads) * 2 >= len(below))
    return int(len(under) > 1 and told)


def _columns(heads: list[GridCell]) -> tuple[Column, ...]:
    """A column for each lowest heading, with the words of what spans it."""
    stacks = [(cell, [over for over in heads if over.row < cell.row and over.column <= cell.column < over.column + over.columns])
              for cell in heads if not any(_over(cell, other) for other in heads)]
    stacks.sort(key=lambda stack: stack[0].column)
    roles = assigned([_meaning(cell, over) for cell, over in stacks])
    return tuple(Column(cell.column, cell.columns, role, "".join(bare(part.text) for part in (*over, cell)), (*over, cell))
                 for (cell, over), role in zip(stacks, roles, strict=True))


def _over(cell: GridCell, other: GridCell) -> bool:
    return other.row > cell.row and cell.column <= other.column < cell.column + cell.columns


def _meaning(cell: GridCell, over: list[GridCell]) -> str:
    """The heading's own words, with those above it where they alone tell a column of the re-check apart."""
    whole = "".join(bare(part.text) for part in (*over, cell))
    own = first_role(cell.text)
    if own is None or (over and first_role(whole) in (Role.AUDITED, Role.OTHER)):
        return whole
    return cell.text

