"""Word files (docx): the rows of their tables, merged cells as in a spreadsheet."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from perfdsl.data.limits import broken, refused
from perfdsl.data.sheet import Area, Sheet, word_place
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import changed

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Before the name of every element of a document."""
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD[1:-1].encode()
MARKS = {f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
"""What elements of a text stand for."""


def sheets(data: bytes, file: str) -> tuple[list[Sheet], list[Diagnostic]]:
    """A sheet for each table that does not stand in a cell of another."""
    why = refused(data, file)
    if why is not None:
        return [], [why]
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            root = ElementTree.fromstring(package.read("word/document.xml").replace(*_STRICT))
    except (KeyError, ElementTree.ParseError):
        return [], [broken(file)]
    found = _sheets(root, file)
    return found, [] if found else [Diagnostic("E401", "Word 文件里没有表格", Cell(file, "开头"), "把数据写在表格里，或另存为 xlsx、CSV")]


def _sheets(root: Element, file: str) -> list[Sheet]:
    """Every table, with the paragraphs before it."""
    found: list[Sheet] = []
    above: list[Entry] = []
    for at, block in enumerate(_within(root, (f"{WORD}tbl", f"{WORD}p"), f"{WORD}tc"), 1):
        if block.tag == f"{WORD}tbl":
            found.append(changed(_sheet(block, file, f"表{len(found) + 1}"), above=tuple(above)))
        elif text := "".join(_pieces(block)).strip():
            above.append(Entry(text, Cell(file, f"第{at}段")))
    return found


def _within(element: Element, wanted: tuple[str, ...], closed: str) -> Iterator[Element]:
    """The nearest *wanted* elements below, in order; what stands in a *closed* one belongs to that."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag != closed:
            yield from _within(child, wanted, closed)


def _sheet(element: Element, file: str, name: str) -> Sheet:
    entries: dict[tuple[int, int], Entry] = {}
    merged: list[Area] = []
    open_at: dict[int, Area] = {}
    for row, line in enumerate(_within(element, (f"{WORD}tr",), f"{WORD}tc"), 1):
        column = 1 + _number(line, "trPr/gridBefore", 0)
        for at, cell in enumerate(_within(line, (f"{WORD}tc",), f"{WORD}tbl"), 1):
            right = column + _number(cell, "tcPr/gridSpan", 1) - 1
            merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
            above = open_at.pop(column, None)
            if merge is not None and merge.get(f"{WORD}val") != "restart" and above is not None:
                open_at[column] = above[0], column, row, right
            else:
                entries[row, column] = Entry(_text(cell), word_place(file, name, row, at))
                merged += [above] if above else []
                open_at[column] = row, column, row, right
            column = right + 1
    return Sheet(file, name, entries, (*merged, *open_at.values()), is_word=True)


def _number(element: Element, path: str, otherwise: int) -> int:
    found = element.find("/".join(WORD + step for step in path.split("/")))
    return otherwise if found is None else int(found.get(f"{WORD}val") or otherwise)


def _text(cell: Element) -> str:
    """The paragraphs of a cell, without what tracked changes have deleted."""
    return "\n".join("".join(_pieces(one)) for one in cell.iter(f"{WORD}p")).strip("\n")


def _pieces(paragraph: Element) -> Iterator[str]:
    for part in paragraph.iter():
        if part.tag == f"{WORD}t":
            yield part.text or ""
        elif part.tag in MARKS:
            yield MARKS[part.tag]
