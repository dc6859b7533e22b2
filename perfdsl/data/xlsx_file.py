"""Spreadsheets (xlsx), as a person sees them: with percent signs and units, merged cells, dates."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from perfdsl.data.number_format import shown
from perfdsl.data.table import Entry, Row, Table, is_blank
from perfdsl.diagnostics import Cell, Diagnostic

_SAVE_AS = "用 WPS 或 Excel 打开，另存为「Excel 工作簿（*.xlsx）」"

_NUMERIC = re.compile(r"[-+]?[0-9０-９]")


def tables(data: bytes, file: str) -> tuple[list[Table], list[Diagnostic]]:
    """A table for each visible sheet; values and formulas are both read, to see a formula without a value."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(BytesIO(data), data_only=True)
            formulas = openpyxl.load_workbook(BytesIO(data))
    except Exception:  # noqa: BLE001  # whatever a damaged file makes openpyxl raise, it is the file's fault
        return [], [Diagnostic("E401", "打不开：不是完好的 xlsx 表格", Cell(file, "开头"), _SAVE_AS)]
    visible = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    return [_table(sheet, formulas[sheet.title], file) for sheet in visible], []


def _table(sheet: Any, formulas: Any, file: str) -> Table:
    """The rows that hold anything, from column A to the last column in use; merged cells all say the same."""
    entries = dict(_entries(sheet, formulas, file))
    width = max((column for _, column in entries), default=0)
    height = max((row for row, _ in entries), default=0)
    for merged in sheet.merged_cells.ranges:
        corner = entries.get((merged.min_row, merged.min_col))
        for row in range(merged.min_row, min(merged.max_row, height) + 1):
            for column in range(merged.min_col, min(merged.max_col, width) + 1):
                if corner is not None:
                    entries[row, column] = corner if row == merged.min_row else _below(corner, row)
    numbers = sorted({row for row, _ in entries})
    rows = (_row(entries, row, width, sheet, file) for row in numbers)
    return Table(file, tuple(row for row in rows if not all(map(is_blank, row))))


def _below(corner: Entry, row: int) -> Entry:
    """What a merged cell says in its further rows: words go for all of them, a number cannot be told to."""
    if corner.fault is not None or not any(char.isdigit() for char in corner.text) or not _NUMERIC.match(corner.text):
        return corner
    message = f"「{corner.text}」的单元格合并了几行，看不出第 {row} 行的数是多少"
    return Entry(corner.text, corner.cell, Diagnostic("E402", message, corner.cell, "取消合并，每行各填各的数"))


def _row(entries: dict[tuple[int, int], Entry], row: int, width: int, sheet: Any, file: str) -> Row:
    return tuple(entries.get((row, at)) or Entry("", _place(file, sheet.title, row, at)) for at in range(1, width + 1))


def _place(file: str, sheet: str, row: int, column: int) -> Cell:
    return Cell(file, f"{get_column_letter(column)}{row}", sheet, row, column)


def _entries(sheet: Any, formulas: Any, file: str) -> Iterator[tuple[tuple[int, int], Entry]]:
    """The cells that exist; a sheet with one stray cell far out is not walked through."""
    for (row, column), formula in formulas._cells.items():
        value = sheet._cells.get((row, column))
        if value is not None and (value.value is not None or formula.data_type == "f"):
            yield (row, column), _entry(value, formula, _place(file, sheet.title, row, column))


def _entry(value: Any, formula: Any, cell: Cell) -> Entry:
    if value.data_type == "e":
        return _fault(str(value.value), cell, "E409", f"单元格是错误值「{value.value}」", "在表中改正公式，或直接填数")
    match value.value:
        case None:
            return _fault(_formula(formula), cell, "E409", "公式没有存下算出的值", "用 WPS 或 Excel 打开，保存一次")
        case bool() as truth:
            return Entry("是" if truth else "否", cell)
        case int() | float() as number:
            return _number(number, value.number_format, cell)
        case datetime() as moment:
            return Entry(moment.date().isoformat() if moment.time() == time() else moment.isoformat(" "), cell)
        case date() as day:
            return Entry(day.isoformat(), cell)
    return Entry(str(value.value), cell)


def _number(number: float | int, number_format: str, cell: Cell) -> Entry:
    text = shown(number, number_format)
    if text is None:
        return _fault(str(number), cell, "E402", f"存的是「{number}」，而格式「{number_format}」让它显示成别的数",
                      "改成「常规」格式，把数和单位一起写出，如「2510.1万元」")
    return Entry(text, cell)


def _formula(cell: Any) -> str:
    return str(getattr(cell.value, "text", cell.value))


def _fault(text: str, cell: Cell, code: str, message: str, hint: str) -> Entry:
    return Entry(text, cell, Diagnostic(code, message, cell, hint))
