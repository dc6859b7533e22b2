"""Spreadsheets (xlsx), as a person sees them: with percent signs and units, merged cells, dates."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import openpyxl

from perfdsl.data.limits import broken, refused
from perfdsl.data.mended import mended
from perfdsl.data.number_format import shown
from perfdsl.data.sheet import Sheet, sheet_place
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic, Severity

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def sheets(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Every sheet; values and formulas are both read, to see a formula without a value."""
    why = refused(data, file)
    if why is not None:
        return [], [why]
    try:
        return _sheets(data, file), []
    except Exception:  # noqa: BLE001  # whatever a damaged file makes openpyxl raise, it is the file's fault
        return _again(data, file)


def _again(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Without all that only says how the workbook looks: WPS and others write styles that openpyxl refuses."""
    try:
        found = _sheets(mended(data), file)
    except Exception:  # noqa: BLE001  # as above
        return [], [broken(file)]
    return found, [Diagnostic("W405", "文件里的样式不合规范（WPS 有时这样存），略去样式后读的；数和百分号、单位不受影响", Cell(file, "开头"),
                              "用 WPS 或 Excel 打开，另存一次就没有这条提示", severity=Severity.REMARK)]


def _sheets(data: bytes, file: str) -> list[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
        formulas = openpyxl.load_workbook(BytesIO(data), keep_links=False) if _has_formulas(data) else values
    if not values.worksheets:
        raise ValueError("no sheet under the names that openpyxl knows")
    return [_sheet(sheet, formulas[sheet.title], file) for sheet in values.worksheets]


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return any(_FORMULA.search(package.read(name)) for name in package.namelist() if name.startswith("xl/worksheets"))


def _sheet(sheet: Any, formulas: Any, file: str) -> Sheet:
    merged = tuple((area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges)
    return Sheet(file, sheet.title, dict(_entries(sheet, formulas, file)), merged, sheet.sheet_state != "visible")


def _entries(sheet: Any, formulas: Any, file: str) -> Iterator[tuple[tuple[int, int], Entry]]:
    """The cells that exist; a sheet with one stray cell far out is not walked through."""
    for (row, column), formula in formulas._cells.items():
        value = sheet._cells.get((row, column))
        if value is not None and (value.value is not None or formula.data_type == "f"):
            yield (row, column), _entry(value, formula, sheet_place(file, sheet.title, row, column))


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
    return Entry(text, cell, is_number=True)


def _formula(cell: Any) -> str:
    return str(getattr(cell.value, "text", cell.value))


def _fault(text: str, cell: Cell, code: str, message: str, hint: str) -> Entry:
    return Entry(text, cell, Diagnostic(code, message, cell, hint))
