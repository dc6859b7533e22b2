"""Workbooks of plain lists: a sheet for each, its headings frozen, with filters, fit for the printer.  All texts are written as text, never as formulas."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from perfdsl.record import record
from perfdsl.width import width_of

_NARROW = 10
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_LINE, _HIGHEST = 15, 409
"""Points of height of one line, and of the highest row that Excel knows."""
_SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@record
class Listed:
    """One sheet: its name, its headings, and the cells below them."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def workbook(sheets: Iterable[Listed], widths: Mapping[str, int], numbers: Collection[str]) -> bytes:
    """The workbook; *widths* has the columns that are not narrow, *numbers* those whose texts are numbers."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no stubs

    target = BytesIO()
    with Workbook(target, _SETTINGS) as book:
        for one in sheets:
            _sheet(book, one, widths, numbers)
    return target.getvalue()


def _sheet(book: Any, listed: Listed, widths: Mapping[str, int], numbers: Collection[str]) -> None:
    sheet = book.add_worksheet(listed.name)
    head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "border": 1, "align": "center"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    wide = [widths.get(heading, _NARROW) for heading in listed.headings]
    for at, heading in enumerate(listed.headings):
        sheet.set_column(at, at, wide[at])
        sheet.write_string(0, at, heading, head)
    for line, row in enumerate(listed.rows, 1):
        sheet.set_row(line, min(_HIGHEST, _LINE * max(map(_lines, row, wide))))
        for at, (heading, text) in enumerate(zip(listed.headings, row, strict=True)):
            _cell(sheet, line, at, text, heading in numbers, cell)
    _printed(sheet, len(listed.rows), len(wide))


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in its column, a little room left for the font."""
    return sum(max(1, -(-width_of(part) // (width - 1))) for part in text.split("\n"))


def _cell(sheet: Any, line: int, at: int, text: str, numeric: bool, look: Any) -> None:
    """A number where the column holds numbers: few places, so that its nearest double shows the same."""
    plain = text.replace("−", "-")
    if numeric and _NUMBER.fullmatch(plain):
        sheet.write_number(line, at, float(plain), look)
    else:
        sheet.write_string(line, at, text, look)


def _printed(sheet: Any, rows: int, columns: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(rows, 1), columns - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
