"""A sheet or a Word table as its cells that hold anything, and the places that are merged; the readers of office files make it."""

from __future__ import annotations

from perfdsl.data.table import Entry, Row, Table, is_blank
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""

PLACES = 400_000
"""Rows × columns of a table."""
_DIGITS = "0123456789０１２３４５６７８９"


@record
class Sheet:
    """`entries` by row and column from 1; a merged area has its text at its first place; `above` as in `Table`."""

    file: str
    name: str
    entries: dict[tuple[int, int], Entry]
    merged: tuple[Area, ...] = ()
    hidden: bool = False
    is_word: bool = False
    above: tuple[Entry, ...] = ()

    def place(self, row: int, column: int) -> Cell:
        return word_place(self.file, self.name, row, column) if self.is_word else sheet_place(self.file, self.name, row, column)


def sheet_place(file: str, sheet: str, row: int, column: int) -> Cell:
    """`表!D7`"""
    return Cell(file, f"{letters(column)}{row}", sheet, row, column)


def word_place(file: str, table: str, row: int, column: int) -> Cell:
    """`表1第7行第4格`"""
    return Cell(file, f"{table}第{row}行第{column}格", "", row, column)


def letters(column: int) -> str:
    """4 → D, 27 → AA"""
    text = ""
    while column:
        column, last = divmod(column - 1, 26)
        text = chr(65 + last) + text
    return text


def tables_of(sheets: list[Sheet], wrong: list[Diagnostic]) -> tuple[list[Table], list[Diagnostic]]:
    """The visible sheets as tables; E401 for one that reaches too far."""
    shown = [sheet for sheet in sheets if not sheet.hidden]
    far = [found for sheet in shown if (found := too_far(sheet))]
    return [table(sheet) for sheet in shown if not too_far(sheet)], [*wrong, *far]


def too_far(sheet: Sheet) -> Diagnostic | None:
    """A table keeps every place up to its last column, and one for each place of a merge."""
    rows, width = len({row for row, _ in sheet.entries}), max((column for _, column in sheet.entries), default=0)
    merged = sum((min(bottom, rows) - top + 1) * (min(right, width) - left + 1) for top, left, bottom, right in sheet.merged)
    if max(rows * width, merged) <= PLACES:
        return None
    return Diagnostic("E401", f"没有读「{sheet.name}」：最后一格在第 {width} 列，太远了", sheet.place(1, 1), "删去用不到的行和列，另存一份")


def table(sheet: Sheet) -> Table:
    """The rows that hold anything, from the first column to the last in use; merged cells all say the same."""
    entries = dict(sheet.entries)
    width = max((column for _, column in entries), default=0)
    height = max((row for row, _ in entries), default=0)
    for top, left, bottom, right in sheet.merged:
        corner = entries.get((top, left))
        for row in range(top, min(bottom, height) + 1):
            for column in range(left, min(right, width) + 1):
                if corner is not None:
                    entries[row, column] = corner if row == top else _below(corner, row)
    rows = (_row(entries, row, width, sheet) for row in sorted({row for row, _ in entries}))
    return Table(sheet.file, tuple(row for row in rows if not all(map(is_blank, row))), sheet.above)


def _below(corner: Entry, row: int) -> Entry:
    """What a merged cell says in its further rows: words go for all of them, a number cannot be told to."""
    if corner.fault is not None or not corner.text.lstrip("-+").startswith(tuple(_DIGITS)):
        return corner
    message = f"「{corner.text}」的单元格合并了几行，看不出第 {row} 行的数是多少"
    return Entry(corner.text, corner.cell, Diagnostic("E402", message, corner.cell, "取消合并，每行各填各的数"))


def _row(entries: dict[tuple[int, int], Entry], row: int, width: int, sheet: Sheet) -> Row:
    return tuple(entries.get((row, at)) or Entry("", sheet.place(row, at)) for at in range(1, width + 1))
