"""What every reader of a file format makes of a file: rows of texts that know where they stand."""

from __future__ import annotations

from perfdsl.data.marks import clean
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record

__all__ = ["Entry", "Row", "Table", "clean", "filled", "is_blank", "quoted"]


@record
class Entry:
    """One cell: its text as a person sees it, and `fault` where the file holds none (`#DIV/0!`); `is_number` where a spreadsheet keeps a number."""

    text: str
    cell: Cell
    fault: Diagnostic | None = None
    is_number: bool = False


Row = tuple[Entry | None, ...]
"""None where the file says nothing at all of that column (a key that a JSON object lacks)."""


@record
class Table:
    """The rows of one sheet or file, blank ones left out; `above` are the paragraphs of a document before it."""

    file: str
    rows: tuple[Row, ...]
    above: tuple[Entry, ...] = ()


def is_blank(entry: Entry | None) -> bool:
    return entry is None or (entry.fault is None and not clean(entry.text))


def filled(row: Row) -> list[Entry]:
    """The cells of a row that say something, a merged one once."""
    said = (entry for entry in row if entry is not None and not is_blank(entry))
    return list({(entry.cell, entry.text): entry for entry in said}.values())


def quoted(text: str) -> str:
    """*text* for a message: in 「」, on one line, not too long."""
    line = " ".join(clean(text).split())
    return f"「{line if len(line) <= 40 else line[:40] + '…'}」"
