"""What was measured, as rows with named cells: aligned text for people, the same rows as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tabulate import tabulate

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]


class Table(NamedTuple):
    """A title, what its numbers mean, and its rows; all rows have the same cells."""

    title: str
    meaning: str
    rows: tuple[Row, ...]


def goal(value: float, limit: float | None) -> dict[str, Cell]:
    """The last cells of a row: the most that *value* may be, and whether it is (None: no target)."""
    return {"at_most": limit, "reached": None if limit is None else value <= limit}


def text(tables: Sequence[Table]) -> str:
    return "\n".join(_text(table) for table in tables)


def _text(table: Table) -> str:
    headings = [name.replace("_", " ") for name in table.rows[0]]
    rows = [[_shown(cell) for cell in row.values()] for row in table.rows]
    align = ["left" if isinstance(cell, str) else "right" for cell in table.rows[0].values()]
    grid = tabulate(rows, headings, "simple", disable_numparse=True, colalign=align, headersalign=align)
    return f"{table.title}\n{table.meaning}\n\n{grid}\n"


def _shown(cell: Cell) -> str:
    """Times and ratios with about three digits that count."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case float():
            return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
        case int():
            return f"{cell:,}"
    return cell


def as_json(tables: Sequence[Table], about: Mapping[str, Any]) -> str:
    """`{"about": {…}, "tables": {title: [row, …]}}`, numbers unrounded."""
    whole = {"about": about, "tables": {table.title: table.rows for table in tables}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
