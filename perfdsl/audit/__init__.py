"""The audit of a filled-in 自评表: what was claimed against what the numbers on the form give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfdsl.audit.result import Audit, AuditRow, Finding
from perfdsl.diagnostics import Cell, Severity

if TYPE_CHECKING:
    from perfdsl.forms.form import Form
    from perfdsl.pipeline import Loaded

__all__ = ["Audit", "AuditRow", "Finding", "audit"]

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.REMARK: 2}


def audit(form: Form, ruleset: Loaded | None = None) -> Audit:
    """The rows of the form with computed points, and all that is found (codes A…).

    With a *ruleset* its rules decide the points; a form that it does not know row by row gets A304.  Without one the
    general rules do, and where practice differs every reading is tried.  A ruleset with blocking errors counts as none.
    """
    from perfdsl.audit import (
        budget,
        cells,
        execution,
        groups,
        joint,
        method,
        points,
        proof,
        rechecks,
        targets,
        totals,
        whole,
        words,
    )
    from perfdsl.audit.reading import read
    from perfdsl.audit.rows import general

    sheet = read(form)
    checks = [*execution.CHECKS, *budget.CHECKS, *proof.CHECKS, points.outside, joint.outside, *cells.CHECKS, *targets.CHECKS, *words.CHECKS,
              *groups.CHECKS, *totals.CHECKS, *whole.CHECKS, *rechecks.CHECKS]
    if ruleset is None or ruleset.ruleset is None:
        found = [one for check in (*checks, *points.CHECKS, *joint.CHECKS, *method.CHECKS) for one in check(sheet)]
        return Audit(form, general(sheet), _ordered(found))
    from perfdsl.audit.by_ruleset import judged

    by_convention = (execution.execution_score, whole.grade, targets.missed)
    kept = [check for check in checks if check not in by_convention]
    rows, differing = judged(sheet, ruleset)
    found = [one for check in kept for one in check(sheet)]
    return Audit(form, rows, _ordered([*found, *differing]))


def _ordered(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Each once, what is said of the whole form first, then by place; the heavier first within a cell."""
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (*_at(f.cell), _WEIGHT[f.severity], f.code)))


def _at(cell: Cell | None) -> tuple[int, int]:
    return (cell.line or 0, cell.column or 0) if cell else (0, 0)
