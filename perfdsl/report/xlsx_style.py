"""Fonts, borders and widths of the workbook: 方正小标宋 for titles, 黑体 for headings, 仿宋 for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from perfdsl.quantity import Rounding
from perfdsl.text import wrap

BODY, HEADING, TITLE = "仿宋", "黑体", "方正小标宋简体"
LONGEST_CELL = 32767
_LINE, _AROUND, _HIGHEST = 14.5, 5.0, 400.0
"""Points of a line of text, around a cell's text, of the highest row that a spreadsheet takes."""


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._made = cache(lambda items: book.add_format(dict(items)))

    def _of(self, **wanted: Any) -> Any:
        base = {"font_name": BODY, "font_size": 10.5, "valign": "vcenter", "text_wrap": True}
        return self._made(tuple(sorted({**base, **wanted}.items())))

    def title(self) -> Any:
        return self._of(font_name=TITLE, font_size=18, align="center")

    def plain(self, **wanted: Any) -> Any:
        return self._of(**wanted)

    def head(self) -> Any:
        return self._of(font_name=HEADING, align="center", border=1, bg_color="#F2F2F2")

    def text(self, **wanted: Any) -> Any:
        return self._of(border=1, **wanted)

    def number(self, style: str = "", **wanted: Any) -> Any:
        shown = {"num_format": style} if style else {}
        return self._of(border=1, align="center", **shown, **wanted)

    def points(self, rounding: Rounding | None, **wanted: Any) -> Any:
        return self.number(places_format(rounding), **wanted)


def places_format(rounding: Rounding | None) -> str:
    """`0.00` for two places; up to four where the ruleset does not round."""
    places = None if rounding is None else rounding.places
    if places is None:
        return "0.00##"
    return "0" if places == 0 else "0." + "0" * places


def put(sheet: Any, box: tuple[int, int, int, int], text: str, style: Any) -> None:
    """Text in a cell, or in the merged cells of *box*: first row and column, last row and column."""
    top, left, bottom, right = box
    shown = text[:LONGEST_CELL]
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, shown, style)
        return
    sheet.merge_range(top, left, bottom, right, "", style)
    sheet.write_string(top, left, shown, style)


class Heights:
    """How high the rows of a sheet must be for their texts; spreadsheets do not find that out for merged cells."""

    def __init__(self, widths: Sequence[float]) -> None:
        self.widths = widths
        self.rows: dict[int, float] = {}

    def need(self, box: tuple[int, int, int, int], text: str) -> None:
        """Room for *text* in the cells from the first to the last row and column; what lacks goes to the last row."""
        top, left, bottom, right = box
        space = int(sum(self.widths[left : right + 1])) - 1
        lines = sum(1 if 2 * len(part) <= space else len(wrap(part, space)) for part in text.split("\n"))
        room = sum(self.rows.setdefault(row, _LINE + _AROUND) for row in range(top, bottom + 1))
        self.rows[bottom] += max(0.0, min(lines * _LINE + _AROUND - room, _HIGHEST))

    def row(self, row: int, texts: Sequence[str]) -> None:
        """Room for one text a column."""
        for column, text in enumerate(texts):
            if text:
                self.need((row, column, row, column), text[:LONGEST_CELL])

    def set(self, sheet: Any) -> None:
        for row, height in self.rows.items():
            sheet.set_row(row, min(height, _HIGHEST))


def printed(sheet: Any, last: int, repeat: tuple[int, int] | None = None, *, landscape: bool = False) -> None:
    """A4, one page wide, page numbers, heading rows on each page; *last* is the last column."""
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if landscape:
        sheet.set_landscape()
    if repeat:
        sheet.repeat_rows(*repeat)
    sheet.set_column(last + 1, last + 1, 8)


def widths(sheet: Any, columns: Sequence[float]) -> None:
    for at, width in enumerate(columns):
        sheet.set_column(at, at, width)


def head(sheet: Any, row: int, headings: Sequence[str], styles: Styles) -> None:
    for at, heading in enumerate(headings):
        sheet.write_string(row, at, heading, styles.head())
