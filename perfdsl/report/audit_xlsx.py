"""Audits as a workbook: 汇总, 逐项, 问题.  All texts are written as text, never as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from perfdsl.audit import Audit
from perfdsl.audit.summary import by_kind, by_unit, name_of
from perfdsl.report import audit_lines as lines
from perfdsl.width import width_of

_WIDTHS = {"说明": 80, "指标": 32, "年度指标值": 20, "实际完成值": 20, "单位": 28, "文件": 28, "问题": 28, "单元格": 14}
_LINE, _HIGHEST = 15, 409
"""Points of height of one line, and of the highest row that Excel knows."""
_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(audits: Sequence[Audit]) -> bytes:
    """The workbook."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no stubs

    target = BytesIO()
    with Workbook(target, _SETTINGS) as book:
        _sheet(book, "各单位", lines.UNITS, [lines.unit_cells(line) for line in by_unit(audits)])
        _sheet(book, "各类问题", lines.KINDS, [lines.kind_cells(line) for line in by_kind(audits)])
        _sheet(book, "逐项核算", ("单位", *lines.ROWS), [(name_of(a), *lines.row_cells(row)) for a in audits for row in a.rows])
        _sheet(book, "发现的问题", ("单位", *lines.FINDINGS), [(name_of(a), *lines.finding_cells(f)) for a in audits for f in a.findings])
        _sheet(book, "没有读懂的单元格", ("单位", "单元格与文字"), [(name_of(a), text) for a in audits for text in lines.unread(a)])
    return target.getvalue()


def _sheet(book: Any, name: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    for at, heading in enumerate(headings):
        sheet.set_column(at, at, _WIDTHS.get(heading, 10))
        sheet.write_string(0, at, heading, head)
    for line, row in enumerate(rows, 1):
        sheet.set_row(line, min(_HIGHEST, _LINE * max(_lines(heading, text) for heading, text in zip(headings, row, strict=True))))
        for at, (heading, text) in enumerate(zip(headings, row, strict=True)):
            _cell(sheet, line, at, text, heading in lines.NUMBERS, cell)
    _printed(sheet, len(rows), len(headings))


def _lines(heading: str, text: str) -> int:
    """How many lines a text takes in its column, a little room left for the font."""
    width = _WIDTHS.get(heading, 10) - 1
    return sum(max(1, -(-width_of(part) // width)) for part in text.split("\n"))


def _cell(sheet: Any, line: int, at: int, text: str, numeric: bool, look: Any) -> None:
    """A number where the column holds numbers: two places at most, so that its nearest double shows the same."""
    if numeric and text:
        sheet.write_number(line, at, float(text.replace("−", "-")), look)
    else:
        sheet.write_string(line, at, text, look)


def _printed(sheet: Any, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
