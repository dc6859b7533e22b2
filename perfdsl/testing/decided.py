"""Which clauses the tests of a ruleset decide: those that made a score, a total or a grade that a test expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from perfdsl.model import effects as e
from perfdsl.model import kernel as k
from perfdsl.model.needs import needs
from perfdsl.model.ruleset import Grade, Indicator, Outside, Ruleset
from perfdsl.model.testcase import What
from perfdsl.score import scorecard as card_of
from perfdsl.score.interpret import Interpreter, of_fact
from perfdsl.score.scorecard import (
    AdjustmentStep,
    BoundStep,
    CaseStep,
    DeductionStep,
    InterpolationStep,
    OtherwiseStep,
    Row,
    Scorecard,
    Status,
    Step,
    VetoStep,
)
from perfdsl.testing import TestResult
from perfdsl.testing import clauses as c

WHOLE = (What.TOTAL, What.GRADE, What.VALUE, What.BARRED)
"""What hangs on every row."""


def decided(ruleset: Ruleset, results: Iterable[TestResult]) -> set[c.Key]:
    """The clauses that decided something which a passed test expects."""
    return {key for result in results if result.card and not result.failures for key in _by_test(ruleset, result, result.card)}


def undecided(ruleset: Ruleset, results: Iterable[TestResult], every: list[c.Clause]) -> list[c.Clause]:
    """Those of *every* that no test decides."""
    found = decided(ruleset, results)
    return [clause for clause in every if clause.key not in found]


def _by_test(ruleset: Ruleset, result: TestResult, card: Scorecard) -> Iterator[c.Key]:
    expected = result.test.expectations
    whole = any(one.what in WHOLE for one in expected)
    wanted = _reached(ruleset, [one.path for one in expected])
    for row in _rows(ruleset, card):
        if whole or row.indicator.path in wanted:
            yield from _by_row(ruleset, card, row)
    if whole:
        yield from _by_whole(card)
    said = {one.words for one in expected if one.what is What.ALERT}
    yield from (c.key(c.ALERT, alert.span) for alert in card.alerts if alert.text in said)
    yield from (c.key(c.GRADE, g.span) for one in expected if one.what is What.GRADE for g in _graded(card, one.words))


def _reached(ruleset: Ruleset, paths: list[str]) -> set[str]:
    """*paths* and all that they read."""
    asked, found, waiting = needs(ruleset), set(paths), list(paths)
    while waiting:
        new = [one for one in asked.get(waiting.pop(), ()) if one not in found]
        found.update(new)
        waiting += new
    return found


def _rows(ruleset: Ruleset, card: Scorecard) -> list[Row]:
    """The rows of the card, and those of the members where their scores were averaged."""
    members = card.facts.members if card.facts else ()
    return [*card.rows, *(row for member in members for row in card_of(ruleset, member).rows
                          if row.indicator.aggregation and row.indicator.aggregation.scores)]


def _by_row(ruleset: Ruleset, card: Scorecard, row: Row) -> Iterator[c.Key]:
    if row.status not in (Status.SCORED, Status.NOT_APPLICABLE):
        return
    for outcome in (row.outcome, *(p.outcome for p in row.parts)):
        yield from (key for step in outcome.steps for key in _by_step(step, row))
        if outcome.target is not None:
            yield c.key(c.TARGET, outcome.target.span)
    case = _weight_case(ruleset, card, row.indicator)
    if case is not None:
        yield c.key(c.WEIGHT, case.span)


def _by_step(step: Step, row: Row | None) -> Iterator[c.Key]:
    match step:
        case CaseStep(held=True):
            yield c.key(c.CASE, step.case.span)
        case OtherwiseStep():
            yield c.key(c.OTHERWISE, step.choice.span)
        case BoundStep():
            yield c.key(c.BOUND, step.bound.span)
        case VetoStep():
            yield c.key(c.VETO, step.veto.span)
        case AdjustmentStep(held=True) if step.points:
            yield c.key(c.ADJUSTED, step.adjustment.span)
        case DeductionStep() if step.points:
            yield c.key(c.STEPS, step.total.span)
            if step.each * step.steps != abs(step.points):
                yield c.key(c.MOST, step.total.span)
        case InterpolationStep() if row is not None and row.indicator.method is not None:
            yield from _interpolated(row.indicator.method.rule)


def _interpolated(rule: k.Rule) -> Iterator[c.Key]:
    """A rule has one 插值, and all of it is one clause."""
    node = rule.score
    while not isinstance(node, k.Interpolation):
        inner = node.start if isinstance(node, k.Stepped) else node.otherwise if isinstance(node, k.Choice) else None
        inner = node.operands[0] if isinstance(node, k.Extreme) else inner
        if inner is None:
            return
        node = inner
    yield c.key(c.INTERPOLATED, node.span)


def _weight_case(ruleset: Ruleset, card: Scorecard, indicator: Indicator) -> e.WeightCase | None:
    facts = card.facts
    if facts is None or not indicator.weights:
        return None
    to = Interpreter({}, lambda node: of_fact(node.name, facts.of(node.name)))
    to.names = {let.name: to.let(let) for let in ruleset.lets}
    return next((case for case in indicator.weights if to.condition(case.condition, []) is True), None)


def _by_whole(card: Scorecard) -> Iterator[c.Key]:
    yield from (c.key(c.EFFECT, effect.span) for effect in card.total.effects)
    yield from (key for result in card.results for step in result.steps for key in _by_step(step, None))
    for kind, limit, name in ((Outside.BONUS, card.ruleset.bonus_limit, "加"), (Outside.PENALTY, card.ruleset.penalty_limit, "减")):
        points = sum((row.score or Fraction(0) for row in card.rows if row.indicator.outside is kind), Fraction(0))
        if limit is not None and abs(points) > limit:
            yield c.key(f"{c.LIMIT}{name}", card.ruleset.span)


def _graded(card: Scorecard, name: str) -> Iterator[Grade]:
    """The line of the scale that gave the grade *name*, where no effect did."""
    if all(isinstance(effect, e.TotalGives | e.TotalLimit) for effect in card.total.effects):
        yield from (g for g in card.ruleset.grades if g.name == name)
