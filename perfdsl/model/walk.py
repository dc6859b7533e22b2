"""Going through kernel expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from perfdsl.model import kernel as k
from perfdsl.model.effects import TotalGives, TotalLimit
from perfdsl.model.ruleset import Indicator, Part, Ruleset


def children(node: k.Expr | k.Condition) -> tuple[k.Expr | k.Condition, ...]:
    """The expressions directly inside *node*.  The base of a relative step does not count as named."""
    match node:
        case k.Number() | k.Word() | k.Day() | k.Name() | k.NotCounted():
            return ()
        case k.Arithmetic() | k.Comparison():
            return (node.left, node.right)
        case k.Logic() | k.Extreme():
            return node.operands
        case k.Choice():
            pairs = tuple(x for case in node.cases for x in (case.condition, case.value))
            return pairs + ((node.otherwise,) if node.otherwise else ())
        case k.Stepped():
            return (node.start, *(x for total in node.totals for x in _of_total(total)))
        case k.Interpolation():
            return (node.at, *(x for anchor in node.anchors for x in anchor))
        case k.Rounded():
            return (node.value,)
        case k.Judgement():
            return (node.low, node.high)
        case _:
            assert_never(node)


def _of_total(total: k.StepTotal | k.Adjustment) -> tuple[k.Expr | k.Condition, ...]:
    if isinstance(total, k.Adjustment):
        return (*((total.condition,) if total.condition else ()), total.points)
    return (total.steps.amount, total.each, *((total.limit,) if total.limit else ()))


def every(node: k.Expr | k.Condition) -> Iterator[k.Expr | k.Condition]:
    """*node* and all that is inside it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += reversed(children(one))


def names(node: k.Expr | k.Condition) -> set[str]:
    """The names that *node* mentions."""
    return {x.name for x in every(node) if isinstance(x, k.Name)}


def rule_parts(rule: k.Rule) -> tuple[k.Expr, ...]:
    """Every expression of a rule: the derived actual value, the 令, the score."""
    return (*((rule.actual,) if rule.actual else ()), *(let.value for let in rule.lets), rule.score)


def rules(ruleset: Ruleset) -> list[k.Rule]:
    """Every rule once: those of the indicators, of the 结果应用, and the methods that nothing uses."""
    used = [use.rule for indicator in ruleset.indicators() if (use := indicator.method)]
    results = [one.rule for one in ruleset.applications]
    return list({id(rule): rule for rule in (*used, *results, *ruleset.methods)}.values())


def expressions(ruleset: Ruleset) -> Iterator[k.Expr | k.Condition]:
    """Every expression of rules, intermediate values, derived values and conditions."""
    for rule in rules(ruleset):
        yield from rule_parts(rule)
    yield from (let.value for let in ruleset.lets)
    for indicator in ruleset.indicators():
        yield from of_indicator(indicator)
    yield from of_whole(ruleset)


def of_indicator(indicator: Indicator) -> Iterator[k.Expr | k.Condition]:
    """What stands beside the rule of an indicator: its derived value, the conditions of targets, weights, vetoes, alerts."""
    yield from (indicator.actual,) if indicator.actual else ()
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    for item in items:
        yield from (case.condition for case in item.targets if case.condition is not None)
    for said in (indicator.weights, indicator.vetoes, indicator.alerts):
        yield from (one.condition for one in said)


def of_whole(ruleset: Ruleset) -> Iterator[k.Expr | k.Condition]:
    """What the ruleset says of its total, its grades and its alerts."""
    for said in (ruleset.effects, ruleset.alerts, ruleset.grades):
        yield from (one.condition for one in said if one.condition is not None)
    yield from (one.points for one in ruleset.effects if isinstance(one, TotalLimit | TotalGives))
