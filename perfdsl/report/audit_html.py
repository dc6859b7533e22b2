"""Audits as one printable page: no scripts, nothing loaded from elsewhere, every word of the form escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from perfdsl.audit import Audit
from perfdsl.audit.summary import by_kind, by_unit
from perfdsl.report import audit_lines as lines
from perfdsl.report.html_style import CSS

_WHOLE = {"代码", "单元格", "轻重"}
_STYLE = ".w { white-space: nowrap; } .warning td:first-child { color: #9a6700; } .error td:first-child { color: var(--lost); font-weight: 700; }"


def write(audits: Sequence[Audit]) -> str:
    """The page: a section for each form; for many the summary first."""
    parts = [*([_summary(audits)] if len(audits) != 1 else []), *(_one(audit) for audit in audits)]
    heading = lines.title(audits[0]) if len(audits) == 1 else "自评表复核"
    body = "\n".join(parts)
    return (f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(heading)}</title>\n<style>{CSS}{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n")


def _one(audit: Audit) -> str:
    parts = [f"<h1>{escape(lines.title(audit))}</h1>", f'<p class="unit">{escape(lines.source(audit))}</p>',
             f"<p>{escape(lines.counted([audit]))}</p>", *_rows(audit), *_findings(audit), *_unread(audit)]
    return '<section class="card">\n' + "\n".join(parts) + "\n</section>"


def _rows(audit: Audit) -> Iterator[str]:
    if audit.rows:
        yield "<h2>逐项核算</h2>"
        yield _table(lines.ROWS, [("short" if row.difference else "", lines.row_cells(row)) for row in audit.rows])


def _findings(audit: Audit) -> Iterator[str]:
    if audit.findings:
        yield "<h2>发现的问题</h2>"
        yield _table(lines.FINDINGS, [(found.severity.value, lines.finding_cells(found)) for found in lines.by_weight(audit)])


def _unread(audit: Audit) -> Iterator[str]:
    texts = lines.unread(audit)
    if texts:
        yield "<h2>没有读懂的单元格</h2>"
        yield "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def _table(headings: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> str:
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "\n".join(f'<tr class="{name}">{_cells(headings, cells)}</tr>' for name, cells in rows)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def _cells(headings: Sequence[str], cells: Sequence[str]) -> str:
    return "".join(f"<td{_look(heading)}>{escape(cell)}</td>" for heading, cell in zip(headings, cells, strict=True))


def _look(heading: str) -> str:
    return ' class="n"' if heading in lines.NUMBERS else ' class="w"' if heading in _WHOLE else ""


def _summary(audits: Sequence[Audit]) -> str:
    units = _table(lines.UNITS, [("", lines.unit_cells(line)) for line in by_unit(audits)])
    kinds = _table(lines.KINDS, [("", lines.kind_cells(line)) for line in by_kind(audits)])
    return (f'<section class="card">\n<h1>自评表复核</h1>\n<p>{escape(lines.of_all(audits))}</p>\n'
            f"<h2>各单位</h2>\n{units}\n<h2>各类问题</h2>\n{kinds}\n</section>")
