"""The words and columns that all writers of an audit share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.audit import Audit, AuditRow, Finding
from perfdsl.audit.summary import KindLine, UnitLine, name_of, once
from perfdsl.audit.texts import shown
from perfdsl.diagnostics import Severity
from perfdsl.quantity import decimal_text
from perfdsl.report.audit_json import cell_text

ROWS = ("指标", "年度指标值", "实际完成值", "分值", "自评", "应得", "差额", "单元格")
FINDINGS = ("轻重", "代码", "指标", "单元格", "说明")
KINDS = ("代码", "问题", "处数", "表数")
NUMBERS = frozenset({"分值", "自评", "应得", "差额", "处数", "表数", "错误", "警告", "提示", "多报分"})
UNITS = ("单位", "错误", "警告", "提示", "多报分", "文件")


def title(audit: Audit) -> str:
    """`某某局 2023 年度自评表复核`."""
    year = f" {audit.form.year} 年度" if audit.form.year is not None else ""
    return f"{name_of(audit)}{year}自评表复核"


def source(audit: Audit) -> str:
    """The project, the file and the sheet."""
    form = audit.form
    project = f"项目：{shown(form.project)}　" if form.project and form.unit else ""
    return f"{project}文件：{form.file}" + (f"（{form.sheet}）" if form.sheet else "")


def counted(audits: Sequence[Audit]) -> str:
    """`错误 2 处，警告 3 处，提示 5 处`."""
    return "，".join(f"{one.chinese} {sum(len(audit.of(one)) for audit in audits)} 处" for one in Severity)


def of_all(audits: Sequence[Audit]) -> str:
    """`共 24 张表，错误 2 处，…`; forms that stand twice are told and counted once."""
    counts = once(audits)
    twice = f"（{len(audits) - len(counts)} 张可能是重复的，没有计入）" if len(counts) < len(audits) else ""
    return f"共 {len(audits)} 张表{twice}，{counted(counts)}"


def by_weight(audit: Audit) -> list[Finding]:
    """Errors, then warnings, then remarks, each in the order of the form."""
    return [found for severity in Severity for found in audit.of(severity)]


def row_cells(row: AuditRow) -> tuple[str, ...]:
    """The cells of `ROWS`."""
    texts = (row.name or "（没有名称）", flat(row.target), flat(row.actual))
    return (*texts, points(row.weight), points(row.claimed), points(row.computed), signed(row.difference), row.cell.address)


def finding_cells(found: Finding) -> tuple[str, ...]:
    """The cells of `FINDINGS`."""
    return (found.severity.chinese, found.code, found.indicator, cell_text(found.cell) if found.cell else "", found.text)


def kind_cells(line: KindLine) -> tuple[str, ...]:
    """The cells of `KINDS`."""
    return line.code, line.title, str(line.found), str(line.forms)


def unit_cells(line: UnitLine) -> tuple[str, ...]:
    """The cells of `UNITS`."""
    return line.name, str(line.errors), str(line.warnings), str(line.remarks), points(line.too_much), "、".join(line.files)


def unread(audit: Audit) -> list[str]:
    """The cells that no field holds."""
    return [f"{cell_text(said.cell)}：{shown(said)}" for said in audit.form.not_understood]


def points(value: Fraction | None) -> str:
    return "" if value is None else decimal_text(value, 2).replace("-", "−")


def signed(value: Fraction | None) -> str:
    """`+1.96`, `−0.8`; nothing where there is no difference."""
    return "" if not value else f"{'+' if value > 0 else ''}{points(value)}"


def flat(text: str) -> str:
    return " ".join(text.split())
