"""Spreadsheets that are not xlsx (xls, ods) as grids."""

from __future__ import annotations

from perfdsl.data.sheet import Sheet, too_far
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Diagnostic
from perfdsl.forms.grid import Grid, GridCell

Grids = tuple[list[Grid], list[Diagnostic]]


def xls(data: bytes, file: str) -> Grids:
    from perfdsl.data import calamine_file

    return _grids(*calamine_file.sheets(data, file))


def ods(data: bytes, file: str) -> Grids:
    from perfdsl.data import ods_file

    return _grids(*ods_file.sheets(data, file))


def _grids(sheets: list[Sheet], found: list[Diagnostic]) -> Grids:
    far = [wrong for sheet in sheets if (wrong := too_far(sheet))]
    return [grid(sheet) for sheet in sheets if not too_far(sheet)], [*found, *far]


def grid(sheet: Sheet) -> Grid:
    """The cells that say something, and the merged ones that do not; a merge reaches no further than the last text."""
    height = max((row for row, _ in sheet.entries), default=0)
    width = max((column for _, column in sheet.entries), default=0)
    spans = {(top, left): (min(bottom, height) - top + 1, min(right, width) - left + 1)
             for top, left, bottom, right in sheet.merged if top <= height and left <= width}
    cells = (_cell(at, sheet, spans.get(at, (1, 1))) for at in sorted({*sheet.entries, *spans}))
    return Grid(sheet.file, sheet.name, tuple(cells), hidden=sheet.hidden)


def _cell(at: tuple[int, int], sheet: Sheet, span: tuple[int, int]) -> GridCell:
    entry = sheet.entries.get(at) or Entry("", sheet.place(*at))
    text, fault = ("", entry.fault.message) if entry.fault else (entry.text, "")
    return GridCell(text, entry.cell, at[0] - 1, at[1] - 1, *span, fault)
