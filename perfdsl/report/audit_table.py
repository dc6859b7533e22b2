"""Audits for the terminal: rows with claimed and computed points, below them the findings; for many a summary first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.audit import Audit
from perfdsl.audit.summary import by_kind, by_unit
from perfdsl.report import audit_lines as lines
from perfdsl.report.columns import Column
from perfdsl.report.grid import GridRow, laid_out
from perfdsl.text import hang, legible, wrap

NARROW, WIDE = 72, 100
"""Below NARROW columns target and actual value are left out, below WIDE the cells (the findings have them too)."""
_SHARES = {"指标": 5, "年度指标值": 3, "实际完成值": 3, "问题": 4, "单位": 4, "文件": 3}


def write(audits: Sequence[Audit], width: int, ascii_only: bool) -> str:
    """The text; each line is at most *width* columns wide where its numbers leave room."""
    parts = list(_summary(audits, width, ascii_only)) if len(audits) != 1 else []
    for audit in audits:
        parts += [*([""] if parts else []), *_one(audit, width, ascii_only)]
    return "".join(line.rstrip() + "\n" for line in parts)


def _columns(headings: Sequence[str]) -> list[Column]:
    return [Column(h, right=h in lines.NUMBERS, share=_SHARES.get(h, 1)) for h in headings]


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], width: int, ascii_only: bool) -> list[str]:
    flat = [GridRow(tuple(lines.flat(legible(cell, ascii_only)) for cell in row)) for row in rows]
    return laid_out(_columns(headings), flat, width, ascii_only=ascii_only)


def _one(audit: Audit, width: int, ascii_only: bool) -> Iterator[str]:
    for text in (lines.title(audit), lines.source(audit)):
        yield from wrap(legible(text, ascii_only), width)
    dropped = ("年度指标值", "实际完成值", "单元格") if width < NARROW else ("单元格",) if width < WIDE else ()
    kept = [at for at, h in enumerate(lines.ROWS) if h not in dropped]
    cells = [lines.row_cells(row) for row in audit.rows]
    if cells:
        yield from _table([lines.ROWS[at] for at in kept], [[row[at] for at in kept] for row in cells], width, ascii_only)
    yield lines.counted([audit])
    yield from _findings(audit, width, ascii_only)
    yield from _unread(audit, width, ascii_only)


def _findings(audit: Audit, width: int, ascii_only: bool) -> Iterator[str]:
    for found in lines.by_weight(audit):
        severity, code, indicator, cell, text = lines.finding_cells(found)
        about = f"{indicator}：" if indicator else ""
        where = f"{cell} " if cell else ""
        yield from hang(f"{severity} {code} ", legible(f"{where}{about}{text}", ascii_only), width)


def _unread(audit: Audit, width: int, ascii_only: bool) -> Iterator[str]:
    texts = lines.unread(audit)
    if texts:
        yield "没有读懂的单元格"
    for text in texts:
        yield from hang("  ", legible(text, ascii_only), width)


def _summary(audits: Sequence[Audit], width: int, ascii_only: bool) -> Iterator[str]:
    yield from wrap(lines.of_all(audits), width)
    if audits:
        yield from _table(lines.UNITS, [lines.unit_cells(line) for line in by_unit(audits)], width, ascii_only)
    kinds = [lines.kind_cells(line) for line in by_kind(audits)]
    if kinds:
        yield from _table(lines.KINDS, kinds, width, ascii_only)
