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
from perfdsl.prove.numberlike import Number
from perfdsl.prove.question import Question
from perfdsl.prove.scores import scored
from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.score.clauses import clause_of
from perfdsl.score.groups import OPEN
from perfdsl.score.interpret import Interpreter
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import CaseStep, JudgementStep, Outcome, Row, Status
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit
from perfdsl.source import Span

Clause = Span
"""A clause is known by where it stands."""


@record
class Seen:
    """The row in a region, and of it or of the part that is asked for: between what points it lies, what decided it.

    `found` is what its own rule stumbled over.  `open_` says why there is no score although all that is asked for is given; `shared` are
    pairs of bands that both hold there and say different things; `met`: whether the target is reached there.
    """

    row: Row
    outcome: Outcome
    low: Number
    high: Number
    found: tuple[Diagnostic, ...]
    clauses: frozenset[tuple[str, int, int]]
    shared: tuple[tuple[k.Case, k.Case], ...]
    open_: str = ""
    met: bool | None = None

    @property
    def counts(self) -> bool:
        """Whether there are points to be compared: scored, or left to an officer."""
        return not self.found and not self.open_ and self.row.status is not Status.NOT_APPLICABLE


def look(asked: Question, items: Mapping[str, Fact]) -> Seen:
    """What is asked for, under these facts; the numbers among them may be forms."""
    ruleset, indicator = asked.ruleset, asked.indicator
    facts = Facts("", ruleset.year, dict(items))
    own, waiting = for_unit(ruleset, facts)
    faults: dict[str, list[Diagnostic]] = {}

    def apart(unit: Unit, one: Indicator, _: list[Diagnostic]) -> Row:
        return bare_row(unit, one, faults.setdefault(one.path, []))

    unit = Unit(own, waiting, facts, apart, ruleset)
    row = unit.row(unit.indicators[indicator.path])
    found = tuple(faults[indicator.path])
    if asked.part is None:
        outcome, low, high = row.outcome, row.low, row.high
        shared = () if indicator.parts else tuple(_shared(unit.beside[indicator.path], outcome, indicator))
    else:
        outcome = next(one.outcome for one in row.parts if one.part is asked.part)
        low, high, shared = outcome.low, outcome.high, ()
    return Seen(row, outcome, low, high, found, frozenset(map(place, taken(outcome))), shared, _open(outcome, found), outcome.met)


def _open(outcome: Outcome, found: tuple[Diagnostic, ...]) -> str:
    """Why there is no score: neither a fault of the rule nor a score that an officer is to give."""
    if found or outcome.status not in OPEN or any(isinstance(step, JudgementStep) for step in outcome.steps):
        return ""
    return f"要看{'、'.join(f'「{name}」' for name in outcome.waiting_for) or '别的项'}的得分，这里没有去定"


def rounded_score(asked: Question, items: Mapping[str, Fact]) -> Fraction | None:
    """The score that the ruleset as written gives the indicator under these plain facts."""
    indicator = next(i for i in asked.declared.indicators() if i.path == asked.indicator.path)
    return scored(asked.declared, indicator, items).row.score


def taken(outcome: Outcome) -> Iterator[Clause]:
    """The clauses that had a say."""
    for step in outcome.steps:
        if (clause := clause_of(step)) is not None:
            yield clause


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


def _shared(to: Interpreter, outcome: Outcome, indicator: Indicator) -> Iterator[tuple[k.Case, k.Case]]:
    """Bands with two ends, of a list that was asked, that both hold and do not say the same."""
    use, asked = indicator.method, {id(step.case) for step in outcome.steps if isinstance(step, CaseStep)}
    for node in every(use.rule.score) if use is not None else ():
        if isinstance(node, k.Choice) and any(id(case) in asked for case in node.cases):
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
