"""Going through kernel expressions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Part, Ruleset


def children(node: k.Expr | k.Condition) -> tuple[k.Expr | k.Condition, ...]:
    """The expressions directly inside *node*.  The base of a relative step does not count as named."""
    match node:
        case k.Number() | k.Word() | k.Day() | k.Name():
            return ()
        case k.Arithmetic() | k.Comparison():
            return (node.left, node.right)
        case k.Logic() | k.Extreme():
            return node.operands
        case k.Choice():
            pairs = tuple(x for case in node.cases for x in (case.condition, case.value))
            return pairs + ((node.otherwise,) if node.otherwise else ())
        case k.Stepped():
            inside = tuple(x for s in node.totals for x in (s.steps.amount, s.each, *((s.limit,) if s.limit else ())))
            return (node.start, *inside)
        case k.Interpolation():
            return (node.at, *(x for anchor in node.anchors for x in anchor))
        case k.Rounded():
            return (node.value,)
        case k.Judgement():
            return (node.low, node.high)
        case _:
            assert_never(node)


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
    """Every rule once: those of the indicators, and the methods that none of them uses."""
    used = [use.rule for indicator in ruleset.indicators() if (use := indicator.method)]
    return list({id(rule): rule for rule in (*used, *ruleset.methods)}.values())


def expressions(ruleset: Ruleset) -> Iterator[k.Expr | k.Condition]:
    """Every expression of rules, intermediate values, derived values and conditional targets."""
    for rule in rules(ruleset):
        yield from rule_parts(rule)
    yield from (let.value for let in ruleset.lets)
    for indicator in ruleset.indicators():
        yield from (indicator.actual,) if indicator.actual else ()
        items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
        for item in items:
            yield from (case.condition for case in item.targets if case.condition is not None)
