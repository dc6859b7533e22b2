"""Audits as a workbook: each unit, the kinds of findings, each row, the findings."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.audit import Audit
from perfdsl.audit.summary import by_kind, by_unit, name_of
from perfdsl.report import audit_lines as lines
from perfdsl.report.xlsx_list import Listed, workbook

_WIDTHS = {"说明": 80, "指标": 32, "年度指标值": 20, "实际完成值": 20, "单位": 28, "文件": 28, "问题": 28, "单元格": 14}


def write(audits: Sequence[Audit]) -> bytes:
    """The workbook."""
    return workbook([
        Listed("各单位", lines.UNITS, [lines.unit_cells(line) for line in by_unit(audits)]),
        Listed("各类问题", lines.KINDS, [lines.kind_cells(line) for line in by_kind(audits)]),
        Listed("逐项核算", ("单位", *lines.ROWS), [(name_of(a), *lines.row_cells(row)) for a in audits for row in a.rows]),
        Listed("发现的问题", ("单位", *lines.FINDINGS), [(name_of(a), *lines.finding_cells(f)) for a in audits for f in a.findings]),
        Listed("没有读懂的单元格", ("单位", "单元格与文字"), [(name_of(a), text) for a in audits for text in lines.unread(a)]),
    ], _WIDTHS, lines.NUMBERS)
