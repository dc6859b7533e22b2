"""What an audit gives: the rows of the form with claimed and computed points, and everything that was found."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.diagnostics import Cell, Severity
from perfdsl.forms.form import Form
from perfdsl.record import record


@record
class AuditRow:
    """One scored line.  `target` and `actual` are as written; `computed` is None where no rule gives points; `rule` says how."""

    name: str
    path: str
    target: str
    actual: str
    weight: Fraction | None
    claimed: Fraction | None
    computed: Fraction | None
    cell: Cell
    rule: str = ""

    @property
    def difference(self) -> Fraction | None:
        """Points claimed beyond the computed ones; negative where too few are claimed."""
        return None if self.claimed is None or self.computed is None else self.claimed - self.computed


@record
class Finding:
    """One thing that was found.  `kind` is for machines, `message` for people, `basis` the rule that it rests on."""

    code: str
    kind: str
    severity: Severity
    indicator: str
    cell: Cell | None
    message: str
    claimed: Fraction | None = None
    computed: Fraction | None = None
    basis: str = ""

    @property
    def difference(self) -> Fraction | None:
        """As in `AuditRow`."""
        return None if self.claimed is None or self.computed is None else self.claimed - self.computed

    @property
    def text(self) -> str:
        """The message with its basis."""
        return f"{self.message}（依据：{self.basis}）" if self.basis else self.message


@record
class Audit:
    """The audit of one form; findings are in the order of the form, the heavier first within a cell."""

    form: Form
    rows: tuple[AuditRow, ...]
    findings: tuple[Finding, ...]

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(found for found in self.findings if found.severity is severity)
