"""Old spreadsheets (xls).  Only the stored values can be read: no percent sign, no unit of a number format, no error value."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from perfdsl.data.sheet import Sheet, sheet_place
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic, Severity

_FEW = 200_000
"""Cells up to the last one; calamine keeps every place between."""
_FAR = 3_000_000
"""Places up to the last cell of a sheet that calamine may be given: it takes some 60 bytes for each."""
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})\x00\x00", re.DOTALL)
"""The record of a sheet that says how far it reaches: first row, last row, first and last column."""
_SAVE_AS = "用 WPS 或 Excel 打开，另存为「Excel 工作簿（*.xlsx）」"


def sheets(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """Every sheet, hidden ones marked, and a warning of what xls does not tell."""
    try:
        import python_calamine
    except ImportError:
        return [], [_refused("是旧式的 xls 表格，读它要另装一个组件", file, f'安装：pip install "perfdsl[office]"；或者{_SAVE_AS}')]
    try:
        if _reach(data) > _FAR:
            raise OverflowError
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        found = [_sheet(book.get_sheet_by_name(one.name), str(one.visible).endswith("Visible"), file) for one in book.sheets_metadata]
    except python_calamine.PasswordError:
        return [], [_refused("有密码，打不开", file, "用 WPS 或 Excel 打开，去掉密码再存一次")]
    except OverflowError:
        return [], [_refused(f"最后一格太远，前面有 {_FEW // 10_000} 万个空格以上，没有读", file, f"删去用不到的行和列；{_SAVE_AS}")]
    except BaseException as fault:
        if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        return [], [_refused("打不开：不是完好的 xls 表格", file, _SAVE_AS)]
    return found, [Diagnostic("W405", "xls 文件只能读到存下的值：百分比、格式里的单位和错误值看不到（95.3% 读作 0.953）", Cell(file, "开头"),
                              f"核对百分比和金额；最好{_SAVE_AS}", severity=Severity.WARNING)]


def _reach(data: bytes) -> int:
    """Rows × columns of the largest sheet, as the sheets say."""
    said = (struct.unpack("<IIHH", found[1]) for found in _DIMENSIONS.finditer(data))
    return max((last * right for first, last, left, right in said if first <= last <= 65536 and left <= right <= 256), default=0)


def _refused(why: str, file: str, hint: str) -> Diagnostic:
    return Diagnostic("E401", f"「{file}」{why}", Cell(file, "开头"), hint)


def _sheet(sheet: Any, visible: bool, file: str) -> Sheet:
    if sheet.total_height * sheet.total_width > _FEW:
        raise OverflowError
    merged = tuple((top + 1, left + 1, bottom + 1, right + 1)
                   for (top, left), (bottom, right) in sheet.merged_cell_ranges or ())
    return Sheet(file, sheet.name, dict(_entries(sheet, file)), merged, not visible)


def _entries(sheet: Any, file: str) -> Iterator[tuple[tuple[int, int], Entry]]:
    for row, line in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(line, 1):
            if value != "":
                is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
                yield (row, column), Entry(_text(value), sheet_place(file, sheet.name, row, column), is_number=is_number)


def _text(value: object) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case float() | int():
            text = format(Decimal(repr(value)), "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case datetime() if value.time() != time():
            return value.isoformat(" ")
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)
