"""The regulation as a Word document in the fonts and margins of official documents; a graph is the table of its ranges."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from io import BytesIO
from itertools import pairwise
from typing import Any, assert_never

from perfdsl.document.content import (
    Article,
    Block,
    Chapter,
    Grid,
    Item,
    Paper,
    Picture,
    Section,
    Signature,
    heading,
    marker,
)
from perfdsl.document.ranges import table as ranges_table
from perfdsl.report.docx_boxes import JOINED, Box, BoxRow
from perfdsl.report.docx_word import TITLE, legal, new_document, table
from perfdsl.width import width_of

_HEADING = "黑体"
_BODY, _TITLE, _CHAPTER, _SMALL = 14, 22, 16, 10.5
_LINE = 26
_TITLE_COLUMNS = 38
_WIDTH_MM = 156
_MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}


def write(paper: Paper) -> bytes:
    """The document.  Raises ImportError where python-docx is not installed."""
    from docx.shared import Mm

    document = new_document(paper.title)
    for side, millimetres in _MARGINS.items():
        setattr(document.sections[0], side, Mm(millimetres))
    for text in _title_lines(paper.title):
        _line(document, text, size=_TITLE, font=TITLE, align="center", indent=0, spacing=36)
    _line(document, paper.under, size=_SMALL, align="center", indent=0, after=12)
    for block, below in zip(paper.blocks, [*paper.blocks[1:], None], strict=True):
        _block(document, block, leads=isinstance(below, Item | Grid | Picture))
    _line(document, paper.foot, size=9, indent=0, before=12, spacing=14)
    _page_numbers(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _title_lines(title: str) -> list[str]:
    """One line, or two where it is full: what the regulation is stands on the second."""
    last = "计分办法"
    return [title] if width_of(title) <= _TITLE_COLUMNS else [title.removesuffix(last), last]


def _block(document: Any, block: Block, *, leads: bool) -> None:
    """The paragraphs of a block; what `leads` to items or a table does not stand alone at the foot of a page."""
    match block:
        case Chapter():
            _line(document, heading(block), size=_CHAPTER, font=_HEADING, align="left" if block.attached else "center", indent=0, before=12,
                  after=6, new_page=block.attached, keep=True)
        case Section():
            _line(document, heading(block), font=_HEADING, align="center", indent=0, before=6, keep=True)
        case Article():
            _article(document, block, leads=leads)
        case Item():
            _line(document, marker(block) + block.text, indent=2 * block.level, keep=leads and block.text.endswith("："))
        case Grid():
            _grid(document, block)
        case Picture():
            _picture(document, block)
        case Signature():
            _line(document, "（盖章）　　　　　　", align="right", indent=0, before=48, keep=True)
            _line(document, "年　　月　　日　　　", align="right", indent=0)
        case _:
            assert_never(block)


def _article(document: Any, block: Article, *, leads: bool) -> None:
    """The number and the title in black type, the sentence behind them."""
    made = _line(document, marker(block) + block.title, font=_HEADING, before=4, keep=leads)
    if block.text:
        _set(made.add_run(legal(f"　{block.text}" if block.title else block.text)), _BODY, "")


def _picture(document: Any, block: Picture) -> None:
    note = f"（{block.note}）" if block.note else ""
    _line(document, f"{block.title}的得分{note}", size=_SMALL, align="center", indent=0, before=4, spacing=16, keep=True)
    _grid(document, ranges_table(block), together=True)


def _grid(document: Any, grid: Grid, *, together: bool = False) -> None:
    """A table; one that is kept `together` does not go on over pages."""
    head = BoxRow(tuple(Box(text) for text in grid.headings), heading=True)
    rows = [BoxRow(tuple(JOINED if cell.joined else Box(cell.text, left=cell.left) for cell in row)) for row in grid.rows]
    table(document, [head, *rows], _millimetres(grid.widths))
    _keep_together(document.tables[-1]._tbl, [head, *rows], every=together)
    _line(document, "", size=4, indent=0, spacing=6)


def _millimetres(widths: Sequence[int]) -> list[int]:
    """The widths of the columns, which fill the line together."""
    edges = [round(Fraction(_WIDTH_MM * sum(widths[:at]), sum(widths))) for at in range(len(widths) + 1)]
    return [high - low for low, high in pairwise(edges)]


def _keep_together(made: Any, rows: Sequence[BoxRow], *, every: bool) -> None:
    """A row stays on the page of the next one where a box goes on into it; or each does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for row, below, lines in zip(rows, rows[1:], made.findall(qn("w:tr")), strict=False):
        if every or (not row.heading and any(box.joined for box in below.boxes)):
            for shape in (one for one in lines.iter(qn("w:pPr")) if one.find(qn("w:keepNext")) is None):
                shape.insert(0, OxmlElement("w:keepNext"))


def _line(document: Any, text: str, *, size: float = _BODY, font: str = "", align: str = "both", indent: int = 2, before: float = 0,
          after: float = 0, spacing: float = _LINE, new_page: bool = False, keep: bool = False) -> Any:
    """One paragraph; *indent* counts characters of its first line."""
    from docx.shared import Pt

    made = document.add_paragraph()
    made.alignment = {"left": 0, "center": 1, "right": 2, "both": 3}[align]
    shape = made.paragraph_format
    shape.first_line_indent, shape.line_spacing = Pt(size * indent), Pt(spacing)
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.page_break_before, shape.keep_with_next = new_page or None, keep or None
    _set(made.add_run(legal(text)), size, font)
    return made


def _set(run: Any, size: float, font: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run.font.size = Pt(size)
    if font:
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _page_numbers(document: Any) -> None:
    """— 1 — at the foot of each page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = document.sections[0].footer.paragraphs[0]
    line.alignment = 1
    _set(line.add_run("— "), _BODY, "")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)
    _set(line.add_run(" —"), _BODY, "")
