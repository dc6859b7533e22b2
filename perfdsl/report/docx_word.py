"""Rows of boxes as a Word table, and paragraphs in the fonts of official documents.

Cells are written one after the other as XML: asking python-docx for a cell by row and column takes quadratic time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from perfdsl.report.docx_boxes import ROW_MM, WIDTHS, Box, BoxRow, starts

BODY, TITLE, LATIN = "仿宋_GB2312", "方正小标宋简体", "Times New Roman"
_SMALL, _TABLE_SIZE, _TITLE_SIZE = 10.5, 9.0, 18.0
_MARGIN_MM, _TWIPS_A_MM = 16, 56.6929
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def new_document(title: str) -> Any:
    """An empty upright A4 in 仿宋."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(_MARGIN_MM)
    page.top_margin = page.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name = LATIN
    style.element.get_or_add_rPr().get_or_add_rFonts().set(_qn("w:eastAsia"), BODY)
    style.paragraph_format.space_after = style.paragraph_format.space_before = 0
    document.core_properties.title, document.core_properties.author = legal(title), ""
    document.core_properties.comments = ""
    return document


def legal(text: str) -> str:
    """*text* without what XML cannot hold."""
    return _NOT_XML.sub(" ", text)


def _qn(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))


def _element(tag: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(_qn(f"w:{name}"), str(value))
    return made


_TOGETHER = 4
"""Rows at the end of a table that are not parted from what is below, the signatures."""


def paragraph(document: Any, text: str, *, size: float = _SMALL, align: str = "left", title: bool = False,
              new_page: bool = False) -> None:
    """One paragraph; a `title` is set in the title's font."""
    from docx.shared import Pt

    made = document.add_paragraph(legal(text))
    made.alignment = {"left": 0, "center": 1, "right": 2}[align]
    made.paragraph_format.page_break_before = new_page or None
    for run in made.runs:
        run.font.size = Pt(_TITLE_SIZE if title else size)
        if title:
            run.font.name = TITLE
            run.element.get_or_add_rPr().get_or_add_rFonts().set(_qn("w:eastAsia"), TITLE)


def hairline(document: Any) -> None:
    """The lowest paragraph there can be, to part two tables."""
    from docx.shared import Pt

    made = document.add_paragraph()
    made.paragraph_format.line_spacing = Pt(1)
    made.paragraph_format.keep_with_next = True


def table(document: Any, rows: Sequence[BoxRow], widths: Sequence[int] = WIDTHS, height: int = ROW_MM) -> None:
    """The rows as a table of fixed widths; no row is parted by the end of a page, and the last ones stand with what follows."""
    made = document.add_table(rows=0, cols=len(widths))
    made.style, made.autofit = "Table Grid", False
    _cell_margins(made._tbl.tblPr)
    for column, width in zip(made._tbl.tblGrid.findall(_qn("w:gridCol")), widths, strict=True):
        column.set(_qn("w:w"), str(_twips(width)))
    continued = [_continued(row) for row in rows[1:]] + [set[int]()]
    for at, (row, below) in enumerate(zip(rows, continued, strict=True)):
        made._tbl.append(_row(row, below, widths, height))
        if len(rows) - _TOGETHER <= at:
            _keep(made._tbl.tr_lst[-1])


def _keep(row: Any) -> None:
    """A row on the page of what comes after it."""
    for properties in row.iter(_qn("w:pPr")):
        properties.insert(0, _element("keepNext"))


def _continued(row: BoxRow) -> set[int]:
    """The columns at which a box of the row above goes on."""
    return {at for at, box in zip(starts(row), row.boxes, strict=True) if box.joined}


def _cell_margins(properties: Any) -> None:
    margins = _element("tblCellMar")
    margins.extend(_element(side, w=45, type="dxa") for side in ("left", "right"))
    properties.append(margins)


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS_A_MM)


def _row(row: BoxRow, below: set[int], widths: Sequence[int], height: int) -> Any:
    made, properties = _element("tr"), _element("trPr")
    properties.append(_element("cantSplit"))
    properties.append(_element("trHeight", val=_twips(height), hRule="atLeast"))
    if row.heading:
        properties.append(_element("tblHeader"))
    made.append(properties)
    for at, box in zip(starts(row), row.boxes, strict=True):
        made.append(_cell(box, sum(widths[at : at + box.columns]), at in below))
    return made


def _cell(box: Box, width: float, goes_on: bool) -> Any:
    made, properties = _element("tc"), _element("tcPr")
    properties.append(_element("tcW", w=_twips(width), type="dxa"))
    if box.columns > 1:
        properties.append(_element("gridSpan", val=box.columns))
    if box.joined or goes_on:
        properties.append(_element("vMerge", val="continue" if box.joined else "restart"))
    properties.append(_element("vAlign", val="center"))
    made.append(properties)
    made.append(_text(box))
    return made


def _text(box: Box) -> Any:
    made, properties = _element("p"), _element("pPr")
    properties.append(_element("spacing", before=0, after=0))
    properties.append(_element("jc", val="left" if box.left else "center"))
    made.append(properties)
    for number, line in enumerate(legal(box.text).split("\n") if box.text else []):
        made.append(_run(line, broken=number > 0))
    return made


def _run(text: str, *, broken: bool) -> Any:
    made, properties = _element("r"), _element("rPr")
    properties.append(_element("sz", val=int(_TABLE_SIZE * 2)))
    made.append(properties)
    if broken:
        made.append(_element("br"))
    words = _element("t")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(words)
    return made
