"""A table for the terminal: wrapped cells laid out by tabulate, with heading lines and rules between the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.record import record
from perfdsl.report.columns import GAP, Column, cut, fitted
from perfdsl.text import legible, wrap
from perfdsl.width import width_of


@record
class GridRow:
    """A row of cells; `heading` is written over the blank cells at its left; `ruled` draws a rule above it."""

    cells: tuple[str, ...]
    heading: str = ""
    ruled: bool = False


def laid_out(columns: Sequence[Column], rows: Sequence[GridRow], width: int, *, ascii_only: bool) -> list[str]:
    """The table's lines, none wider than *width* where the numbers leave room."""
    table = [_tall([_one_line(legible(cell, ascii_only)) for cell in row.cells]) for row in rows]
    widths = fitted(columns, table, width)
    head, *body = [[cut(cell, c, w) for cell, c, w in zip(row, columns, widths, strict=True)]
                   for row in [[column.heading for column in columns], *table]]
    lines = iter(_tabulated(columns, [head, *body]))
    full = sum(_breadth([head, *body], at) for at in range(len(columns))) + GAP * (len(columns) - 1)
    thin, thick = ("-" * full, "=" * full) if ascii_only else ("─" * full, "━" * full)
    headings = [next(lines) for _ in range(_height(head))]
    return [thick, *headings, thin, *_placed(rows, body, lines, thin, ascii_only), thick]


def _one_line(text: str) -> str:
    """A cell without line breaks of any kind, and without blanks at its end; those at its start indent it."""
    return " ".join(text.splitlines()).rstrip()


def _tall(cells: Sequence[str]) -> list[str]:
    """The cells, the first never empty: tabulate gives a row of empty cells no line at all."""
    return [cells[0] or " ", *cells[1:]]


def _breadth(table: Sequence[Sequence[str]], at: int) -> int:
    return max(width_of(line) for row in table for line in row[at].split("\n"))


def _height(cells: Sequence[str]) -> int:
    return max(cell.count("\n") + 1 for cell in cells)


def _tabulated(columns: Sequence[Column], table: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all rows, headings first.  Cells are wrapped already: tabulate only aligns them.

    Its format `plain` parts columns by `GAP` blanks; a format of our own would not align cells of several lines,
    and headings given as such would widen their columns by two.
    """
    from tabulate import tabulate

    sides = ["right" if column.right else "left" for column in columns]
    text = tabulate(table, tablefmt="plain", disable_numparse=True, colalign=sides, preserve_whitespace=True)
    return [line.rstrip() for line in text.split("\n")]


def _placed(
    rows: Sequence[GridRow], body: Sequence[Sequence[str]], lines: Iterator[str], thin: str, ascii_only: bool
) -> Iterator[str]:
    """The lines of the rows, with rules between and headings over the blanks."""
    for row, cells in zip(rows, body, strict=True):
        if row.ruled:
            yield thin
        own = [next(lines) for _ in range(_height(cells))]
        yield from _headed(legible(row.heading, ascii_only), own, len(thin)) if row.heading else own


def _headed(heading: str, own: list[str], full: int) -> list[str]:
    """The heading over the blanks that the row starts with, in several lines where it does not fit beside them."""
    blank = len(own[0]) - len(own[0].lstrip(" ")) or full
    indent = len(heading) - len(heading.lstrip(" "))
    *above, last = [" " * indent + line for line in wrap(heading.lstrip(" "), blank - 1 - indent)]
    return [*above, last + own[0][width_of(last) :], *own[1:]]
