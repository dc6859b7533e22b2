"""The indicator table of a form: one row an indicator, with the headings above it."""

from __future__ import annotations

import re

from perfdsl.forms.columns import Column, Header
from perfdsl.forms.form import FormRow, Heading, Said
from perfdsl.forms.grid import GridCell
from perfdsl.forms.headings import LEVELS, Role
from perfdsl.forms.levels import Levels
from perfdsl.forms.parts import with_parts
from perfdsl.forms.stretch import Stretch
from perfdsl.forms.words import plain
from perfdsl.record import changed, record

_TOTAL = re.compile(r"^(.{0,5}(总分|合计|总计|总得分|总评分)(值|数|得分|分值|合计|分)?|综合得分|绩效得分|自评得分|总体得分)"
                    r"(\([^)]*\))?[:：]?(?P<points>\d+(\.\d+)?)?分?$")
_SUBTOTAL = re.compile(r"^(.{0,8})小计(\([^)]*\))?$|^[加减][:：]")
_SURE_TOTAL = re.compile(r"^(自评|评价|绩效|指标)?(总分|合计|总计|总得分|总分合计|得分合计|合计得分|得分总计|总分值)(\([^)]*\))?[:：]?$")
"""A name that no indicator has, whatever stands beside it."""
_SUM = re.compile(r"^[-—/\d.%分]*$|^[优良中差]秀?好?$")
_POINTS = (Role.WEIGHT, Role.SHARE, Role.CLAIMED, Role.CONVERTED)
_FIELDS = {role for role in Role if role not in (*LEVELS, Role.NAME, Role.OTHER)}


def is_sum(text: str) -> bool:
    """Whether a text heads a row of sums."""
    said = plain(text)
    return _TOTAL.match(said) is not None or _SUBTOTAL.match(said) is not None


@record
class Table:
    """What an indicator table says."""

    headings: tuple[Heading, ...]
    rows: tuple[FormRow, ...]
    subtotals: tuple[FormRow, ...]
    total: FormRow | None


class TableReader:
    """Goes down the rows below the headings; `before` is the reader of those above repeated headings."""

    def __init__(self, stretch: Stretch, header: Header, before: TableReader | None = None) -> None:
        self.stretch, self.header = stretch, header
        self.levels: Levels = Levels(stretch, header, before.levels if before is not None else None)
        self.rows, self.subtotals = list[FormRow](), list[FormRow]()
        self.total: FormRow | None = None

    def read(self, rows: list[int]) -> Table:
        for row in rows:
            self._row(row)
        return Table(tuple(self.levels.headings), with_parts(self.rows), tuple(self.subtotals), self.total)

    def _row(self, row: int) -> None:
        line = self.stretch.line(row)
        if not line:
            return
        label, subtotal = (self._label(line, words) for words in (_TOTAL, _SUBTOTAL))
        if label is not None:
            self._add_total(self._sums(label, row))
        elif subtotal is not None:
            self.subtotals.append(self._sums(subtotal, row))
        else:
            self._indicator(row)

    def _add_total(self, total: FormRow) -> None:
        """The last row with points is the total, those above it are sums of a part."""
        if self.total is None:
            self.total = total
        elif total.weight is None and self.total.weight is not None:
            self.subtotals.append(total)
        else:
            self.subtotals.append(self.total)
            self.total = total

    def _label(self, line: list[GridCell], words: re.Pattern[str]) -> GridCell | None:
        """The cell that makes a row one of sums: its name leaves no doubt, or beside it stand numbers and headings at most."""
        label = next((cell for cell in line if words.match(plain(cell.text))), None)
        if label is not None and _SURE_TOTAL.match(plain(label.text)) and self._names_row(label, line):
            return label
        others = [cell for cell in line if cell is not label and not self._is_level(cell)]
        return label if all(_SUM.match(plain(cell.text)) for cell in others) else None

    def _names_row(self, label: GridCell, line: list[GridCell]) -> bool:
        """Whether a cell stands where names do and no other cell names the row."""
        places = [column for column in (self._column_of(cell) for cell in line if cell is not label)
                  if column is not None and column is self.levels.name]
        own = self._column_of(label)
        return label.rows == 1 and not places and own is not None and (own is self.levels.name or own.role in LEVELS)

    def _is_level(self, cell: GridCell) -> bool:
        column = self._column_of(cell)
        return column is not None and column.role in LEVELS

    def _sums(self, label: GridCell, row: int) -> FormRow:
        inside = _TOTAL.match(plain(label.text))
        said = self.stretch.take(label)
        values = self._values(row)
        if inside is not None and inside["points"] and Role.CLAIMED not in values:
            values[Role.CLAIMED] = self.stretch.take(label, inside["points"])
        return self._made(said, self.levels.of_sum(label, self._column_of(label), row), values, row)

    def _indicator(self, row: int) -> None:
        names = self.levels.names(row)
        name = self._named(row)
        values = self._values(row)
        others = self._others(row)
        if name is None and not values and not others:
            return
        if name is None:
            name = Said("", next(iter([*values.values(), *(said for _, said in others)])).cell)
        self.rows.append(changed(self._made(name, names, values, row, others), merged=self._merged(row)))

    def _made(self, name: Said, levels: tuple[str, ...], values: dict[Role, Said], row: int,
              others: tuple[tuple[str, Said], ...] | None = None) -> FormRow:
        fields = {str(role): said for role, said in values.items()}
        return changed(FormRow(name, levels, others=self._others(row) if others is None else others), **fields)

    def _named(self, row: int) -> Said | None:
        cell = None if self.levels.name is None else self.levels.covering(row, self.levels.name)
        return None if cell is None else self.stretch.take(cell)

    def _column_of(self, cell: GridCell) -> Column | None:
        """The column a cell belongs to: the first it covers."""
        return next((column for column in self.header.columns
                     if column.at < cell.column + cell.columns and cell.column < column.at + column.width), None)

    def _values(self, row: int) -> dict[Role, Said]:
        values: dict[Role, Said] = {}
        for cell in self.stretch.line(row):
            column = self._column_of(cell)
            if column is not None and column.role in _FIELDS and column.role not in values:
                values[column.role] = self.stretch.take(cell)
        return values

    def _merged(self, row: int) -> tuple[Said, ...]:
        """The cells of weights and scores that lie over this row and others."""
        places = (self.levels.covering(row, column) for column in self.header.columns if column.role in _POINTS)
        return tuple(Said(cell.text, cell.place, cell.fault) for cell in places if cell is not None and cell.rows > 1)

    def _others(self, row: int) -> tuple[tuple[str, Said], ...]:
        found = list[tuple[str, Said]]()
        for cell in self.stretch.line(row):
            column = self._column_of(cell)
            if column is not None and column.role not in LEVELS:
                found.append((column.heading, self.stretch.take(cell)))
        return tuple(found)
