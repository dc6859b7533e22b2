"""An impact as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.compare.affected import Impact
from perfdsl.report import impact_lines as lines
from perfdsl.report.diff_markdown import table
from perfdsl.report.markdown import plain


def write(impact: Impact) -> str:
    """A heading, the counts, then a table each of units, edits, grades and what could not be compared."""
    return "\n\n".join(_blocks(impact)) + "\n"


def _blocks(impact: Impact) -> Iterator[str]:
    yield f"## {plain(lines.heading(impact))}"
    yield plain(lines.counted(impact))
    if impact.touched:
        yield _table(lines.UNITS, [lines.unit_cells(impact, unit) for unit in impact.touched])
    if impact.units:
        yield _table(lines.EDITS, lines.edit_cells(impact))
        yield plain(lines.method(impact))
    if impact.grades:
        yield _table(lines.GRADES, [(name, str(old), str(new)) for name, old, new in impact.grades])
    if impact.crossings:
        yield "\n".join(f"- {plain(text)}" for text in lines.crossings(impact))
    if impact.ranged:
        yield _table(lines.RANGED, [lines.ranged_cells(one) for one in impact.ranged])
        yield plain(lines.to_fill(impact))
    if impact.uncompared:
        yield _table(lines.LACKING, [lines.lacking_cells(one) for one in impact.uncompared])


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    kept, cells = lines.told(headings, rows)
    return table(kept, [[plain(cell) for cell in row] for row in cells], lines.NUMBERS)
