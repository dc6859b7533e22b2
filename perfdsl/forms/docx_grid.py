"""Word documents as grids: the paragraphs and tables of a document below each other, merged cells once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from perfdsl.data.docx_file import WORD
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.forms.docx_parts import blocks, cell_text, laid_out, paragraph_text, row_cells
from perfdsl.forms.grid import Grid, GridCell
from perfdsl.record import record

WIDEST = 200
"""Beyond this a `gridSpan` is no part of a form, and is cut."""

_INSTALL = 'pip install "perfdsl[office]"'
_SAVE_AS = "用 WPS 或 Word 打开，另存为「Word 文档（*.docx）」"


@record
class _Piece:
    """A cell of a table row before its merges are known: `span` columns, `below` when it goes on from the row above."""

    text: str
    column: int
    span: int
    below: bool
    address: str


def grids(data: bytes, file: str) -> tuple[list[Grid], list[Diagnostic]]:
    """One grid for the whole document, so that a form in several tables stays together.

    A paragraph is a row of one cell (第3段), a table cell is 表1第3行第2格, counted as they stand.  E401 for a damaged
    file, and where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        return [], [Diagnostic("E401", "是 Word 文档，读它要另装一个组件", Cell(file, "开头"), f"安装：{_INSTALL}")]
    try:
        cells = tuple(_Reader(file).read(docx.Document(BytesIO(data)).element.body))
    except Exception:  # noqa: BLE001  # whatever a damaged file makes python-docx raise, it is the file's fault
        return [], [Diagnostic("E401", "打不开：不是完好的 docx 文档", Cell(file, "开头"), _SAVE_AS)]
    return [Grid(file, "", cells)], []


class _Reader:
    """Walks a document once and knows at which row of the grid it is."""

    def __init__(self, file: str) -> None:
        self.file, self.row, self.paragraphs, self.tables = file, 0, 0, 0

    def read(self, body: Any) -> Iterator[GridCell]:
        for element in blocks(body):
            if element.tag == f"{WORD}tbl":
                yield from self._table(element)
            else:
                self.paragraphs += 1
                yield from self._paragraph(paragraph_text(element))

    def _paragraph(self, text: str) -> Iterator[GridCell]:
        if text.strip():
            yield GridCell(text, Cell(self.file, f"第{self.paragraphs}段", "", self.row + 1, 1), self.row, 0)
            self.row += 1

    def _table(self, table: Any) -> Iterator[GridCell]:
        """The cells of a table, then the tables that it only lays out; others are text of the cell they lie in."""
        self.tables += 1
        apart = laid_out(table)
        lines = [_pieces(row, f"表{self.tables}第{at}行", apart) for at, row in enumerate(table.iterchildren(f"{WORD}tr"), 1)]
        below = [{piece.column for piece in line if piece.below} for line in lines]
        for at, line in enumerate(lines):
            yield from (self._cell(piece, _tall(piece, below, at), at) for piece in line if not piece.below)
        self.row += len(lines)
        for inner in apart:
            yield from self._table(inner)

    def _cell(self, piece: _Piece, rows: int, at: int) -> GridCell:
        row = self.row + at
        return GridCell(piece.text, Cell(self.file, piece.address, "", row + 1, piece.column + 1), row, piece.column,
                        rows, piece.span)


def _pieces(row: Any, address: str, apart: list[Any]) -> list[_Piece]:
    column = _number(row.find(f"{WORD}trPr/{WORD}gridBefore"), 0)
    made = []
    for at, cell in enumerate(row_cells(row), 1):
        span = min(max(1, _number(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1)), WIDEST)
        merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
        below = merge is not None and merge.get(f"{WORD}val") != "restart"
        made.append(_Piece(cell_text(cell, apart), column, span, below, f"{address}第{at}格"))
        column += span
    return made


def _tall(piece: _Piece, below: list[set[int]], at: int) -> int:
    """How many rows a cell spans: its own and those after it in which a piece at its column goes on."""
    rows = 1
    while at + rows < len(below) and piece.column in below[at + rows]:
        rows += 1
    return rows


def _number(element: Any, otherwise: int) -> int:
    said = "" if element is None else element.get(f"{WORD}val", "")
    return int(said) if said.isdecimal() and len(said) < 6 else otherwise
