"""One value put in, one score out, and which part of the rule gave it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from fractions import Fraction

from perfdsl.data.facts import Fact, Facts, Value
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.walk import every, rule_parts
from perfdsl.prove.numberlike import Number
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import Quantity, of
from perfdsl.record import record
from perfdsl.score.rows import row
from perfdsl.score.scorecard import (
    BOUNDLESS,
    AdjustmentStep,
    BoundStep,
    CaseStep,
    DeductionStep,
    InterpolationStep,
    JudgementStep,
    Outcome,
    Row,
    Status,
    Step,
)
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit
from perfdsl.source import Span
from perfdsl.units import PURE


@record
class Sample:
    """The points for one value: `low` and `high` differ where an officer chooses, and are None where there are none.

    `piece` is equal for two values that the same part of the rule scores.
    """

    at: Fraction
    low: Fraction | None
    high: Fraction | None
    piece: Hashable


class Probe:
    """Scores one indicator for any value of *vary*, with all else as *given*; values are numbers of `unit`."""

    def __init__(self, ruleset: Ruleset, path: str, given: Mapping[str, Value], vary: str = "") -> None:
        self.ruleset, self.vary = ruleset, vary or path
        self.indicator = next(i for i in ruleset.indicators() if i.path == path)
        self.given = {name: Fact(value) for name, value in given.items()}
        cell = Unknown(self.vary, ruleset.inputs()[self.vary])
        self.unit, self.domain = cell.expected.unit or PURE, Unknowns(ruleset).domain(cell, self.indicator)
        self._seen: dict[Fraction, Sample] = {}

    def row(self, at: Fraction) -> Row:
        """The indicator's row where the varied value is *at*."""
        items = {**self.given, self.vary: Fact(of(at, self.unit))}
        facts = Facts("", self.ruleset.year, items)
        ruleset, waiting = for_unit(self.ruleset, facts)
        unit = Unit(ruleset, waiting, facts, row, self.ruleset)
        return unit.row(unit.indicators[self.indicator.path])

    def sample(self, at: Fraction) -> Sample:
        if at not in self._seen:
            self._seen[at] = _sample(at, self.row(at))
        return self._seen[at]

    def target(self) -> Fraction | None:
        """The target as a number of `unit`; None where there is none, or the varied value is not the actual one."""
        wanted = self.row(Fraction(0)).outcome.target_value if self.vary == self.indicator.path else None
        return wanted.amount / self.unit.factor if isinstance(wanted, Quantity) else None

    def candidates(self) -> list[Fraction]:
        """Where the rule may change: its numbers, its numbers times the target, the target itself; what else is given."""
        target = self.target()
        numbers = [*_numbers(self.indicator), *(f.value for f in self.given.values() if isinstance(f.value, Quantity))]
        plain = [q.amount / self.unit.factor for q in numbers if q.unit.dimension == self.unit.dimension]
        times = [q.amount * target for q in numbers if not q.unit.dimension and target is not None]
        found = {Fraction(0), *plain, *times, *(() if target is None else (target,))}
        return sorted(found | {-x for x in found})


def _numbers(indicator: Indicator) -> Iterator[Quantity]:
    if indicator.method is None:
        return
    for part in (*rule_parts(indicator.method.rule), *(value for _, value in indicator.method.arguments)):
        for node in every(part):
            if isinstance(node, k.Number):
                yield node.value
            if isinstance(node, k.Stepped):
                yield from (total.steps.size for total in node.totals if isinstance(total, k.StepTotal))


def _sample(at: Fraction, row: Row) -> Sample:
    bounds = _bounds(row.indicator)
    piece = (row.status, *(_piece(o, bounds) for o in _outcomes(row)))
    low, high = ends_of(row) or (None, None)
    return Sample(at, low, high, piece)


def _outcomes(row: Row) -> tuple[Outcome, ...]:
    return (row.outcome, *(part.outcome for part in row.parts))


def ends_of(row: Row) -> tuple[Number, Number] | None:
    """The score twice, or the least and the greatest that an officer may choose; None where there is none."""
    low, high = row.outcome.low, row.outcome.high
    if row.status is Status.SCORED:
        return row.outcome.score, row.outcome.score
    chosen = any(isinstance(step, JudgementStep) for o in _outcomes(row) for step in o.steps) and -BOUNDLESS < low <= high < BOUNDLESS
    return (low, high) if chosen else None


def _bounds(indicator: Indicator) -> tuple[k.Expr, ...]:
    """最低得, 最高得 and 扣完为止 of the indicator's rule, from the outside in."""
    found: list[k.Expr] = []
    node: k.Expr | None = indicator.method.rule.score if indicator.method else None
    while isinstance(node, k.Extreme):
        found.append(node)
        node = node.operands[0]
    return tuple(found)


def _piece(outcome: Outcome, bounds: tuple[k.Expr, ...]) -> Hashable:
    """The steps that were taken; a bound of the whole rule says all, whatever it took the place of."""
    final = outcome.steps[-1] if outcome.steps else None
    if isinstance(final, BoundStep) and any(final.bound is bound for bound in bounds):
        return _place(final.bound.span)
    return tuple(_of(step) for step in outcome.steps)


def _of(step: Step) -> Hashable:
    match step:
        case CaseStep():
            return _place(step.case.span), step.held
        case AdjustmentStep():
            return _place(step.adjustment.span), step.held
        case BoundStep():
            return _place(step.bound.span)
        case DeductionStep():
            return _place(step.total.span), _counted(step)
        case InterpolationStep():
            return step.low, step.high
    return type(step).__name__


def _place(span: Span) -> Hashable:
    return span.source.name, span.start, span.end


def _counted(step: DeductionStep) -> Hashable:
    """Steps that count whole change the score at each; proportional ones only where they begin and where they are full."""
    if abs(step.points) < step.steps * step.each:
        return "full"
    return step.steps if step.total.steps.rounding is not k.StepRounding.SHARE else step.steps > 0
