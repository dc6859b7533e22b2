"""Forms made by hand for the tests of the audit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfdsl.audit import Audit, Finding, audit
from perfdsl.diagnostics import Cell
from perfdsl.forms.form import BudgetRow, Form, FormRow, Goal, Heading, Said

LINES = iter(range(1, 10**6))


def said(text: str | None, column: int = 1, line: int | None = None) -> Said | None:
    """A cell with that text; None for None."""
    return None if text is None else Said(text, Cell("表.xlsx", f"R{line}C{column}", "自评表", line, column))


def row(name: str, target: str | None = None, actual: str | None = None, weight: str | None = None, claimed: str | None = None,
        reason: str | None = None, *, levels: Sequence[str] = ("产出指标", "数量指标"), **more: object) -> FormRow:
    """A row whose cells stand side by side; *more* are further fields of `FormRow`."""
    at = next(LINES)
    cells = {"target": target, "actual": actual, "weight": weight, "claimed": claimed, "reason": reason, **more}
    made = {key: said(text, column, at) if isinstance(text, str | None) else text for column, (key, text) in enumerate(cells.items(), 2)}
    return FormRow(said(name, 1, at), tuple(levels), **made)


def money(name: str = "年度资金总额", *, total: bool = True, **cells: str) -> BudgetRow:
    """A row of the budget block."""
    at = next(LINES)
    return BudgetRow(said(name, 1, at), total, **{key: said(text, column, at) for column, (key, text) in enumerate(cells.items(), 2)})


def form(*rows: FormRow, budget: Sequence[BudgetRow] = (), goal: str | None = None, headings: Sequence[Heading] = (), total: str | None = None,
         claimed: str | None = None, grade: str | None = None, notes: Sequence[str] = (), unit: str = "某局", money_unit: str = "万元",
         columns: Sequence[str] = (), project: Said | None = None, **more: Any) -> Form:
    """A form of those rows; *more* are further fields of `Form`."""
    at = next(LINES) + 10**6
    goals = (Goal(said(goal, 1, at), None),) if goal else ()
    return Form("表.xlsx", "自评表", said("自评表", 1, 0), said(unit, 1, 0), project, "", 2023, money_unit, tuple(budget), goals, tuple(headings),
                rows, said(total, 2, at), said(claimed, 3, at), said(grade, 4, at), tuple(s for note in notes if (s := said(note, 1, at))), (),
                columns=tuple(s for text in columns if (s := said(text, 1, 0))), **more)


def found(made: Form, code: str) -> list[Finding]:
    """The findings of one code."""
    return [one for one in audit(made).findings if one.code == code]


def only(made: Form, code: str) -> Finding:
    """The one finding of that code."""
    (one,) = found(made, code)
    return one


def codes(made: Audit, severity: str) -> list[str]:
    """The codes of a severity, in order."""
    return [one.code for one in made.findings if one.severity.value == severity]
