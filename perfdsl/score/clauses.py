"""Which clause had the last say in a score."""

from __future__ import annotations

from perfdsl.score.scorecard import AdjustmentStep, CaseStep, DeductionStep, OtherwiseStep, Outcome, Step, VetoStep
from perfdsl.source import Span


def clause_of(step: Step) -> Span | None:
    """The clause that a step went by; None where it did not take part."""
    match step:
        case CaseStep() if step.held:
            return step.case.span
        case OtherwiseStep() if step.choice.otherwise is not None:
            return step.choice.otherwise.span
        case DeductionStep() if step.points:
            return step.total.span
        case AdjustmentStep() if step.held:
            return step.adjustment.span
        case VetoStep():
            return step.veto.span
    return None


def deciding_clause(outcome: Outcome) -> str:
    """The text of the clause that had the last say; empty where none was asked."""
    return next((span.text for step in reversed(outcome.steps) if (span := clause_of(step)) is not None), "")
