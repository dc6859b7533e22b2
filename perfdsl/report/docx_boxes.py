"""Rows of boxes: what a Word table shows, before there is any Word."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.width import width_of

WIDTHS = (13, 18, 25, 30, 21, 21, 12, 14, 24)
"""Millimetres of the nine columns of the official form; with the margins they fill an upright A4."""

ROW_MM = 9
"""The least height of a row."""
_TIGHT_MM = (ROW_MM, 8, 7, 6)
"""Heights that are tried so that a form stands on one page."""
_COLUMN_MM, _MARGINS_MM = 1.6, 2
"""How wide half a Chinese character of 9 points is, and what the margins of a cell take."""
_LINE_MM, _PAGE_MM = 4, 228
"""The height of a line, and what title and signatures leave of a page."""


@record
class Box:
    """A cell: its text, how many columns it spans, whether it continues the box above; text stands centred or `left`."""

    text: str = ""
    columns: int = 1
    joined: bool = False
    left: bool = False


@record
class BoxRow:
    """One row, from the left to the right edge; a `heading` is repeated on every page that its table reaches."""

    boxes: tuple[Box, ...]
    heading: bool = False


JOINED = Box(joined=True)


def box_row(*boxes: Box | str, heading: bool = False) -> BoxRow:
    return BoxRow(tuple(Box(box) if isinstance(box, str) else box for box in boxes), heading)


def starts(row: BoxRow) -> list[int]:
    """The column at which each box begins."""
    places = [0]
    for box in row.boxes:
        places.append(places[-1] + box.columns)
    return places[:-1]


def one_page_height(rows: list[BoxRow]) -> int:
    """The greatest height of rows, by an estimate of their lines, that leaves a page its room for title and signatures; 0 for none."""
    needed = [_LINE_MM * _lines(row) for row in rows]
    return next((height for height in _TIGHT_MM if sum(max(height, room) for room in needed) <= _PAGE_MM), 0)


def _lines(row: BoxRow) -> int:
    """Text lines that a row takes; the narrow box at its left spans many rows and does not count."""
    pairs = zip(starts(row), row.boxes, strict=True)
    return max((_box_lines(at, box) for at, box in pairs if at and not box.joined), default=1)


def _box_lines(at: int, box: Box) -> int:
    room = max(1, int((sum(WIDTHS[at : at + box.columns]) - _MARGINS_MM) / _COLUMN_MM))
    return sum(max(1, -(-width_of(line) // room)) for line in box.text.split("\n"))
