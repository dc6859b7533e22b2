"""What is seen in a region beside the points: which clauses decided, which bands hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations

from perfdsl.data.facts import Fact, Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator
from perfdsl.model.walk import every, rule_parts
from perfdsl.prove.form import Number
from perfdsl.prove.question import Question
from perfdsl.prove.scores import scored
from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.score.interpret import Interpreter
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import AdjustmentStep, CaseStep, DeductionStep, OtherwiseStep, Outcome, Row, Step, VetoStep
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit
from perfdsl.source import Span

Clause = Span
"""A clause is known by where it stands."""


@record
class Seen:
    """The row in a region, and of it or of the part that is asked for: between what points it lies, what decided it.

    `shared` are pairs of bands that both hold there and say different things.
    """

    row: Row
    outcome: Outcome
    low: Number
    high: Number
    found: tuple[Diagnostic, ...]
    clauses: frozenset[tuple[str, int, int]]
    shared: tuple[tuple[k.Case, k.Case], ...]


def look(asked: Question, items: Mapping[str, Fact]) -> Seen:
    """What is asked for, under these facts; the numbers among them may be forms."""
    ruleset, indicator = asked.ruleset, asked.indicator
    facts = Facts("", ruleset.year, dict(items))
    own, waiting = for_unit(ruleset, facts)
    unit = Unit(own, waiting, facts, bare_row, ruleset)
    row = unit.row(unit.indicators[indicator.path])
    outcome = next((one.outcome for one in row.parts if one.part is asked.part), row.outcome)
    low, high = (row.low, row.high) if asked.part is None else (outcome.low, outcome.high)
    shared = () if indicator.parts else tuple(_shared(unit.beside[indicator.path], indicator))
    return Seen(row, outcome, low, high, tuple(unit.found), frozenset(map(place, taken(outcome))), shared)


def rounded_score(asked: Question, items: Mapping[str, Fact]) -> Fraction | None:
    """The score that the ruleset as written gives the indicator under these plain facts."""
    indicator = next(i for i in asked.declared.indicators() if i.path == asked.indicator.path)
    return scored(asked.declared, indicator, items).row.score


def taken(outcome: Outcome) -> Iterator[Clause]:
    """The clauses that had a say."""
    for step in outcome.steps:
        if (clause := _clause(step)) is not None:
            yield clause


def _clause(step: Step) -> Clause | None:
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


def clauses(rule: k.Rule) -> Iterator[Clause]:
    """The clauses of a rule, each of which ought to have a say somewhere."""
    for node in (n for part in rule_parts(rule) for n in every(part)):
        if isinstance(node, k.Choice):
            yield from (case.span for case in node.cases)
            if node.otherwise is not None:
                yield node.otherwise.span
        if isinstance(node, k.Stepped):
            yield from (total.span for total in node.totals)


def place(span: Span) -> tuple[str, int, int]:
    return span.source.name, span.start, span.end


# ---- bands that hold at once


def _shared(to: Interpreter, indicator: Indicator) -> Iterator[tuple[k.Case, k.Case]]:
    """Bands with two ends that both hold and do not say the same."""
    use = indicator.method
    if use is None or not isinstance(to, Interpreter):
        return
    for node in every(use.rule.score):
        if isinstance(node, k.Choice):
            held = [case for case in node.cases if _has_two_ends(case.condition) and to.condition(case.condition, []) is True]
            yield from ((a, b) for a, b in combinations(held, 2) if not _alike(to, a.value, b.value))


def _has_two_ends(condition: k.Condition) -> bool:
    """Whether a condition is a band: one thing between two others."""
    if not (isinstance(condition, k.Logic) and condition.op == "且" and len(condition.operands) == 2):
        return False
    first, second = condition.operands
    return isinstance(first, k.Comparison) and isinstance(second, k.Comparison) and bool(
        {id(first.left), id(first.right)} & {id(second.left), id(second.right)} or first.left == second.left)


def _alike(to: Interpreter, a: k.Expr, b: k.Expr) -> bool:
    one, other = (None if isinstance(x, k.Judgement) else to.expr(x) for x in (a, b))
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return bool(one.amount == other.amount)
    return a == b
