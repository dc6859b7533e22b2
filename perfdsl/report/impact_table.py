"""An impact for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.compare.affected import Impact
from perfdsl.report import impact_lines as lines
from perfdsl.report.columns import Column
from perfdsl.report.grid import GridRow, laid_out
from perfdsl.text import legible, wrap

_SHARES = {"单位": 3, "主要因为": 6, "改动": 5, "不能比较的原因": 4, "还要填的": 4, "原等级": 50, "新等级": 50, "等级": 50}
"""Of the space that text columns share; the short ones have all that they want."""


def write(impact: Impact, width: int, ascii_only: bool) -> str:
    """The text; each line is at most *width* columns wide where its numbers leave room."""
    return "".join(line.rstrip() + "\n" for line in _lines(impact, width, ascii_only))


def _lines(impact: Impact, width: int, ascii_only: bool) -> Iterator[str]:
    for text in (lines.heading(impact), lines.counted(impact)):
        yield from wrap(legible(text, ascii_only), width)
    if impact.touched:
        yield from _table(lines.UNITS, [lines.unit_cells(impact, unit) for unit in impact.touched], width, ascii_only)
    if impact.units:
        yield from _table(lines.EDITS, lines.edit_cells(impact), width, ascii_only)
        yield from wrap(legible(lines.method(impact), ascii_only), width)
    if impact.grades:
        yield from _table(lines.GRADES, [(name, str(old), str(new)) for name, old, new in impact.grades], width, ascii_only)
    yield from (legible(text, ascii_only) for text in lines.crossings(impact))
    if impact.ranged:
        yield from _table(lines.RANGED, [lines.ranged_cells(one) for one in impact.ranged], width, ascii_only)
        yield from wrap(legible(lines.to_fill(impact), ascii_only), width)
    if impact.uncompared:
        yield from _table(lines.LACKING, [lines.lacking_cells(one) for one in impact.uncompared], width, ascii_only)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int, ascii_only: bool) -> list[str]:
    kept, cells = lines.told(headings, rows)
    columns = [Column(h, right=h in lines.NUMBERS, share=_SHARES.get(h, 1)) for h in kept]
    return ["", *laid_out(columns, [GridRow(tuple(legible(cell, ascii_only) for cell in row)) for row in cells], width, ascii_only=ascii_only)]

