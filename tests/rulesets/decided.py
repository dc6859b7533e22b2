"""Which clauses of a ruleset's methods its tests decide, and on which values they stand.

A clause is known by its file and its place, so that a method is the same one wherever it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from perfdsl import testing
from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.walk import every
from perfdsl.pipeline import load
from perfdsl.quantity import Quantity
from perfdsl.score.scorecard import BoundStep, CaseStep, DeductionStep, OtherwiseStep, Scorecard, Step
from perfdsl.source import Span

Clause = tuple[str, int, str]


def clause(span: Span, ending: str = "") -> Clause:
    """`("扣分计分方法.perf", 812, "每延迟 1天 扣 1分，最多")`."""
    return Path(span.source.name).name, span.start, span.text.partition("\n")[0] + ending


def loaded(path: Path) -> Ruleset:
    ruleset = load(path).ruleset
    assert ruleset is not None, path
    return ruleset


def rules(ruleset: Ruleset) -> list[k.Rule]:
    """Its own methods, and the rules that stand in its indicators."""
    own = [rule for rule in ruleset.methods if rule.span.source.name == ruleset.span.source.name]
    return [*own, *(i.method.rule for i in ruleset.indicators() if i.method and not i.method.rule.name)]


def run_tests(ruleset: Ruleset) -> tuple[list[Scorecard], list[testing.TestResult]]:
    """What the 测试 blocks give, with the score tables that they are read from."""
    cards: list[Scorecard] = []
    real = testing.scorecard

    def recorded(*arguments: object) -> Scorecard:
        cards.append(real(*arguments))  # type: ignore[arg-type]
        return cards[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testing, "scorecard", recorded)
        return cards, testing.run_tests(ruleset)


def steps(cards: Iterable[Scorecard]) -> list[Step]:
    rows = [row for card in cards for row in card.rows]
    return [s for row in rows for o in (row.outcome, *(p.outcome for p in row.parts)) for s in o.steps]


# ---- the clauses that a rule has, and those that decided


def clauses(rule: k.Rule) -> Iterator[Clause]:
    for node in every(rule.score):
        match node:
            case k.Choice():
                yield from (clause(case.span) for case in node.cases)
                if node.otherwise is not None:
                    yield clause(node.span, "，否则")
            case k.Stepped():
                yield from (clause(t.span) for t in node.totals)
                yield from (clause(t.span, "，最多") for t in node.totals if t.limit is not None)
    yield from _bounds(rule.score)


def _bounds(node: k.Expr) -> Iterator[Clause]:
    """最低得, 最高得 and 扣完为止 lie around all else."""
    while isinstance(node, k.Extreme) and len(node.operands) == 2:
        yield clause(node.span)
        node = node.operands[0]


def decided(step: Step) -> Iterator[Clause]:
    match step:
        case CaseStep(held=True):
            yield clause(step.case.span)
        case OtherwiseStep():
            yield clause(step.choice.span, "，否则")
        case BoundStep():
            yield clause(step.bound.span)
        case DeductionStep() if step.steps:
            yield clause(step.total.span)
            if step.each * step.steps != abs(step.points):
                yield clause(step.total.span, "，最多")


# ---- the values at which a rule turns, and those on which a test stands


def turns(rule: k.Rule) -> Iterator[str]:
    """`四线分档：实际值 与 90%`, for every comparison in its cases."""
    for case in _cases(rule):
        yield from (_turn(rule, comparison) for comparison in _comparisons(case.condition))


def stood_on(rule: k.Rule, made: Iterable[Step]) -> Iterator[str]:
    inside = {clause(case.span) for case in _cases(rule)}
    for step in made:
        if isinstance(step, CaseStep) and clause(step.case.span) in inside:
            pairs = zip(_comparisons(step.case.condition), step.seen, strict=False)
            yield from (_turn(rule, comparison) for comparison, sides in pairs if _equal(*sides))


def _cases(rule: k.Rule) -> list[k.Case]:
    return [case for node in every(rule.score) if isinstance(node, k.Choice) for case in node.cases]


def _comparisons(condition: k.Condition) -> list[k.Comparison]:
    """In the order in which they are tried; none where 或 makes the order uncertain."""
    if isinstance(condition, k.Comparison):
        return [condition]
    return [c for part in condition.operands for c in _comparisons(part)] if condition.op == "且" else []


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, Quantity) and isinstance(right, Quantity):
        return left.amount == right.amount
    return left == right


def _turn(rule: k.Rule, comparison: k.Comparison) -> str:
    right = comparison.right
    value = str(right.value) if isinstance(right, k.Number) else right.span.text
    return f"{rule.name or rule.span.text}：{comparison.left.span.text} 与 {value}"
