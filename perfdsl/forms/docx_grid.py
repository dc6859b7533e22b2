"""Word documents as grids: the paragraphs and tables of a document below each other, merged cells once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.forms.grid import Grid, GridCell
from perfdsl.record import record

WIDEST = 200
"""Beyond this a `gridSpan` is no part of a form, and is cut."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSTALL = 'pip install "perfdsl[office]"'
_SAVE_AS = "用 WPS 或 Word 打开，另存为「Word 文档（*.docx）」"
_MARKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_FEW, _MANY = 2, 4
"""Cells of a row that only lays out a page, at most; columns of a table in it that stands for itself, at least."""
_DELETED = (f"{_W}del", f"{_W}moveFrom")


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
        for element in _blocks(body):
            if element.tag == f"{_W}tbl":
                yield from self._table(element)
            else:
                self.paragraphs += 1
                yield from self._paragraph(_text(element))

    def _paragraph(self, text: str) -> Iterator[GridCell]:
        if text.strip():
            yield GridCell(text, Cell(self.file, f"第{self.paragraphs}段", "", self.row + 1, 1), self.row, 0)
            self.row += 1

    def _table(self, table: Any) -> Iterator[GridCell]:
        """The cells of a table, then the tables that it only lays out; others are text of the cell they lie in."""
        self.tables += 1
        apart = _laid_out(table)
        lines = [_pieces(row, f"表{self.tables}第{at}行", apart) for at, row in enumerate(table.iterchildren(f"{_W}tr"), 1)]
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


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also inside content controls."""
    for element in parent.iterchildren():
        if element.tag in (f"{_W}p", f"{_W}tbl"):
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _blocks(element)


def _pieces(row: Any, address: str, apart: list[Any]) -> list[_Piece]:
    column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
    made = []
    for at, cell in enumerate(_row_cells(row), 1):
        span = min(max(1, _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)), WIDEST)
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        below = merge is not None and merge.get(f"{_W}val") != "restart"
        made.append(_Piece(_cell_text(cell, apart), column, span, below, f"{address}第{at}格"))
        column += span
    return made


def _row_cells(row: Any) -> Iterator[Any]:
    """The cells of a row, also those inside content controls."""
    for element in row.iterchildren():
        if element.tag == f"{_W}tc":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _row_cells(element)


def _tall(piece: _Piece, below: list[set[int]], at: int) -> int:
    """How many rows a cell spans: its own and those after it in which a piece at its column goes on."""
    rows = 1
    while at + rows < len(below) and piece.column in below[at + rows]:
        rows += 1
    return rows


def _laid_out(table: Any) -> list[Any]:
    """The tables that a table lays out on a page: those in rows of few cells, where one of them has many columns."""
    rows = (list(_row_cells(row)) for row in table.iterchildren(f"{_W}tr"))
    inner = [block for cells in rows if len(cells) <= _FEW for cell in cells for block in _blocks(cell) if block.tag == f"{_W}tbl"]
    return inner if any(map(_is_wide, inner)) else []


def _is_wide(table: Any) -> bool:
    rows = table.iterchildren(f"{_W}tr")
    return any(len(list(_row_cells(row))) >= _MANY for row in rows) or bool(_laid_out(table))


def _cell_text(cell: Any, apart: list[Any]) -> str:
    """The text of a cell: its paragraphs, and the rows of tables in it that do not stand `apart`."""
    return "\n".join(text for block in _blocks(cell) if block not in apart
                     for text in (_rows(block) if block.tag == f"{_W}tbl" else [_text(block)]))


def _rows(table: Any) -> list[str]:
    """A line of text for each row of a table within a cell."""
    lines = (" ".join(_cell_text(cell, []).strip() for cell in _row_cells(row)) for row in table.iterchildren(f"{_W}tr"))
    return [line for line in lines if line.strip()]


def _number(element: Any, otherwise: int) -> int:
    said = "" if element is None else element.get(f"{_W}val", "")
    return int(said) if said.isdecimal() and len(said) < 6 else otherwise


def _text(element: Any) -> str:
    """The text of a paragraph as it stands after tracked changes."""
    return "".join(_runs(element))


def _runs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _DELETED and isinstance(child.tag, str) and child.tag != f"{_W}pPr":
            yield from _runs(child)
