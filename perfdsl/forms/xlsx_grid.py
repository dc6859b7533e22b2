"""Spreadsheets (xlsx) as grids: each cell as a person sees it, merged cells once."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from perfdsl.data.number_format import shown
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.forms.grid import Grid, GridCell

TALLEST, WIDEST = 2000, 100
"""Beyond these a merged range is no part of a form, and is cut."""

_NO_FORMULA = re.compile(r"=\s*[\d.,]+\s*[^A-Za-z0-9()（）$!:*/^+&-]*")
"""A target such as =70% or =2 个 that was typed as it is and taken for a formula."""

_SAVE_AS = "用 WPS 或 Excel 打开，另存为「Excel 工作簿（*.xlsx）」"


def grids(data: bytes, file: str) -> tuple[list[Grid], list[Diagnostic]]:
    """A grid for each sheet, hidden ones marked; E401 for a file that openpyxl refuses."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            values = openpyxl.load_workbook(BytesIO(data), data_only=True, keep_links=False)
            formulas = openpyxl.load_workbook(BytesIO(data), keep_links=False)
    except Exception:  # noqa: BLE001  # whatever a damaged file makes openpyxl raise, it is the file's fault
        return [], [Diagnostic("E401", "打不开：不是完好的 xlsx 表格", Cell(file, "开头"), _SAVE_AS)]
    return [_grid(sheet, formulas[sheet.title], file) for sheet in values.worksheets], []


def _grid(sheet: Any, formulas: Any, file: str) -> Grid:
    spans = {(span.min_row, span.min_col): (span.max_row, span.max_col) for span in sheet.merged_cells.ranges}
    cells = sorted(_cells(sheet, formulas, file, spans), key=lambda cell: (cell.row, cell.column))
    return Grid(file, sheet.title, tuple(cells), hidden=sheet.sheet_state != "visible")


def _cells(sheet: Any, formulas: Any, file: str, spans: dict[tuple[int, int], tuple[int, int]]) -> Iterator[GridCell]:
    """The cells that say something, and the corners of merged ranges that do not."""
    from openpyxl.utils import get_column_letter

    for (row, column), formula in formulas._cells.items():
        value = sheet._cells.get((row, column))
        if value is None or (value.value is None and formula.data_type != "f" and (row, column) not in spans):
            continue
        last_row, last_column = spans.get((row, column), (row, column))
        text, fault = _said(value, formula)
        place = Cell(file, f"{get_column_letter(column)}{row}", sheet.title, row, column)
        yield GridCell(text, place, row - 1, column - 1, min(last_row - row + 1, TALLEST),
                       min(last_column - column + 1, WIDEST), fault)


def _said(value: Any, formula: Any) -> tuple[str, str]:
    """The text of a cell, or why there is none."""
    if value.data_type == "e":
        return "", f"单元格是错误值「{value.value}」"
    match value.value:
        case None:
            return _uncounted(formula) if formula.data_type == "f" else ("", "")
        case bool() as truth:
            return ("是" if truth else "否"), ""
        case int() | float() as number:
            return _number(number, value.number_format)
        case datetime() as moment:
            return (moment.date().isoformat() if moment.time() == time() else moment.isoformat(" ")), ""
        case date() as day:
            return day.isoformat(), ""
    return str(value.value), ""


def _uncounted(formula: Any) -> tuple[str, str]:
    text = str(getattr(formula.value, "text", formula.value))
    return (text, "") if _NO_FORMULA.fullmatch(text) else ("", "公式没有存下算出的值")


def _number(number: float | int, number_format: str) -> tuple[str, str]:
    text = shown(number, number_format)
    if text is None:
        return "", f"存的是「{number}」，而格式「{number_format}」让它显示成别的数"
    return text, ""
