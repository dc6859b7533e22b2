"""The officer's own Word form, with scores, actual values and totals written into its cells and all else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from perfdsl.data.kinds import Kind, kind_of
from perfdsl.diagnostics import Cell, Diagnostic, errors
from perfdsl.forms.files import read_grids
from perfdsl.forms.finder import find_forms
from perfdsl.report.docx_fillings import Filling, fillings
from perfdsl.report.docx_word import legal
from perfdsl.score.scorecard import Scorecard

_ADDRESS = re.compile(r"表(\d+)第(\d+)行第(\d+)格")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(data: bytes, file: str, card: Scorecard) -> tuple[bytes, list[Diagnostic]]:
    """The filled form; empty bytes where there is no form to fill.

    E401 where the file cannot be read or holds no 自评表; W401 as in `fillings`.
    """
    grids, found = read_grids(data, file)
    if errors(found):
        return b"", found
    if kind_of(data, file) is not Kind.DOCX:
        return b"", [Diagnostic("E401", "样表不是 Word 文档", Cell(file, "开头"), "另存为「Word 文档（*.docx）」")]
    form = next(iter(find_forms(grids)), None)
    if form is None:
        return b"", [Diagnostic("E401", "样表里没有找到自评表", Cell(file, "开头"), "样表要有指标、分值、得分各栏的标题")]
    texts, told = fillings(card, grids[0], form)
    return _written(data, texts), told


def _written(data: bytes, texts: Sequence[Filling]) -> bytes:
    from docx import Document

    document = Document(BytesIO(data))
    rows = [list(table.iterchildren(f"{_W}tr")) for table in _tables(document.element.body)]
    for one in texts:
        place = _ADDRESS.fullmatch(one.address)
        if place is not None:
            table, row, at = (int(number) - 1 for number in place.groups())
            _write(_cells(rows[table][row])[at], one.text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _tables(body: Any) -> Iterator[Any]:
    """The tables in the order in which the reader counts them: a table, then those in its cells."""
    for table in _outer(body):
        yield from _with_inner(table)


def _outer(parent: Any) -> Iterator[Any]:
    for element in parent.iterchildren():
        if element.tag == f"{_W}tbl":
            yield element
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _outer(element)


def _with_inner(table: Any) -> Iterator[Any]:
    yield table
    for inner in table.iterfind(f"{_W}tr/{_W}tc/{_W}tbl"):
        yield from _with_inner(inner)


def _cells(row: Any) -> list[Any]:
    wrapped = row.find(f".//{_W}sdt") is not None
    return list(row.iter(f"{_W}tc") if wrapped else row.iterchildren(f"{_W}tc"))


def _write(cell: Any, text: str) -> None:
    """*text* in the font of what stood in the cell; further paragraphs of the cell go."""
    first, *others = cell.iterfind(f"{_W}p")
    for other in others:
        cell.remove(other)
    run = first.find(f"{_W}r")
    style = run.find(f"{_W}rPr") if run is not None else first.find(f"{_W}pPr/{_W}rPr")
    for child in list(first):
        if child.tag != f"{_W}pPr":
            first.remove(child)
    first.append(_run(first, deepcopy(style), text))


def _run(paragraph: Any, style: Any, text: str) -> Any:
    run = paragraph.makeelement(f"{_W}r")
    if style is not None:
        run.append(style)
    words = run.makeelement(f"{_W}t")
    words.text = legal(text).replace("\n", " ")
    words.set(_SPACE, "preserve")
    run.append(words)
    return run
