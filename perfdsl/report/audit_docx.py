"""Audits as a Word document: a chapter for each form, the summary first where there are many."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from perfdsl.audit import Audit
from perfdsl.audit.summary import by_kind, by_unit
from perfdsl.report import audit_lines as lines

FONT, TITLE = "仿宋_GB2312", "方正小标宋简体"
_SHARES = {"说明": 13, "指标": 5, "单元格": 4, "年度指标值": 3, "实际完成值": 3, "单位": 4, "文件": 4, "问题": 4}
_WIDTH, _MARGIN = 25.7, 2
"""Centimetres of text and margin on a page of A4 across."""


def write(audits: Sequence[Audit]) -> bytes:
    """The document.  Raises ModuleNotFoundError where python-docx is not installed."""
    from docx import Document

    document = Document()
    _across(document.sections[0])
    _font(document.styles["Normal"], FONT)
    if len(audits) != 1:
        _summary(document, audits)
    for at, audit in enumerate(audits):
        _one(document, audit, new_page=at > 0 or len(audits) != 1)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _across(section: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)


def _font(style: Any, name: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style.font.name, style.font.size = name, Pt(10.5)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _heading(document: Any, text: str, size: int, *, new_page: bool = False) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(10), True
    paragraph.paragraph_format.page_break_before = new_page
    run = paragraph.add_run(_clean(text))
    run.font.size, run.font.name = Pt(size), TITLE
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), TITLE)


def _one(document: Any, audit: Audit, *, new_page: bool) -> None:
    _heading(document, lines.title(audit), 18, new_page=new_page)
    document.add_paragraph(_clean(f"{lines.source(audit)}　{lines.counted([audit])}"))
    _table(document, "逐项核算", lines.ROWS, [lines.row_cells(row) for row in audit.rows])
    _table(document, "发现的问题", lines.FINDINGS, [lines.finding_cells(found) for found in lines.by_weight(audit)])
    for text in lines.unread(audit):
        document.add_paragraph(_clean(f"没有读懂的单元格 {text}"))


def _summary(document: Any, audits: Sequence[Audit]) -> None:
    _heading(document, "自评表复核", 18)
    document.add_paragraph(lines.of_all(audits))
    _table(document, "各单位", lines.UNITS, [lines.unit_cells(line) for line in by_unit(audits)])
    _table(document, "各类问题", lines.KINDS, [lines.kind_cells(line) for line in by_kind(audits)])


def _table(document: Any, title: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A ruled table whose heading row repeats on each page; nothing where there are no rows."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    if not rows:
        return
    _heading(document, title, 13)
    table = document.add_table(rows=1 + len(rows), cols=len(headings), style="Table Grid")
    table.autofit = False
    for column, heading in zip(table.columns, headings, strict=True):
        column.width = _width(heading, headings)
    for row, texts in zip(table.rows, [headings, *rows], strict=True):
        for cell, text, heading in zip(row.cells, texts, headings, strict=True):
            cell.text, cell.width = _clean(text), _width(heading, headings)
            if heading in lines.NUMBERS:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _mark(row, "w:cantSplit")
    _mark(table.rows[0], "w:tblHeader")


def _width(heading: str, headings: Sequence[str]) -> Any:
    from docx.shared import Cm

    whole = sum(_SHARES.get(h, 2) for h in headings)
    return Cm(_WIDTH * _SHARES.get(heading, 2) / whole)


def _mark(row: Any, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _clean(text: str) -> str:
    """Without the control characters that XML does not allow."""
    return "".join(c for c in text if c >= " " or c in "\t\n")
