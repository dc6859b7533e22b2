"""The elements of a Word document: what stands in what, and its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfdsl.data.docx_file import MARKS, WORD

_FEW, _MANY = 2, 4
"""Cells of a row that only lays out a page, at most; columns of a table in it that stands for itself, at least."""
_DELETED = (f"{WORD}del", f"{WORD}moveFrom")


def blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also inside content controls."""
    for element in parent.iterchildren():
        if element.tag in (f"{WORD}p", f"{WORD}tbl"):
            yield element
        elif element.tag in (f"{WORD}sdt", f"{WORD}sdtContent", f"{WORD}ins", f"{WORD}customXml"):
            yield from blocks(element)


def row_cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those inside content controls."""
    for element in row.iterchildren():
        if element.tag == f"{WORD}tc":
            yield element
        elif element.tag in (f"{WORD}sdt", f"{WORD}sdtContent"):
            yield from row_cells(element)


def laid_out(table: Any) -> list[Any]:
    """The tables that a table lays out on a page: those in rows of few cells, where one of them has many columns."""
    rows = (list(row_cells(row)) for row in table.iterchildren(f"{WORD}tr"))
    inner = [block for cells in rows if len(cells) <= _FEW for cell in cells for block in blocks(cell) if block.tag == f"{WORD}tbl"]
    return inner if any(map(_is_wide, inner)) else []


def _is_wide(table: Any) -> bool:
    rows = table.iterchildren(f"{WORD}tr")
    return any(len(list(row_cells(row))) >= _MANY for row in rows) or bool(laid_out(table))


def cell_text(cell: Any, apart: list[Any]) -> str:
    """The text of a cell: its paragraphs, and the rows of tables in it that do not stand `apart`."""
    return "\n".join(text for block in blocks(cell) if block not in apart
                     for text in (_rows(block) if block.tag == f"{WORD}tbl" else [paragraph_text(block)]))


def _rows(table: Any) -> list[str]:
    """A line of text for each row of a table within a cell."""
    lines = (" ".join(cell_text(cell, []).strip() for cell in row_cells(row)) for row in table.iterchildren(f"{WORD}tr"))
    return [line for line in lines if line.strip()]


def paragraph_text(element: Any) -> str:
    """The text of a paragraph as it stands after tracked changes."""
    return "".join(_runs(element))


def _runs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{WORD}t":
            yield child.text or ""
        elif child.tag in MARKS:
            yield MARKS[child.tag]
        elif child.tag not in _DELETED and isinstance(child.tag, str) and child.tag != f"{WORD}pPr":
            yield from _runs(child)
