"""E224: the points that a rule writes down lie between 0 and 分值."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ranges import Range
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.walk import every
from perfdsl.quantity import decimal_text


def limits(indicator: Indicator, weight: Fraction) -> Range:
    """The least and the greatest that *indicator* may score on *weight*; None on a side where it declares no limit.

    不封顶 lifts the one, 可得负分 the other; an item outside the total has no weight to stay within.
    """
    if indicator.outside is not None:
        return None, None
    return None if indicator.negative else Fraction(0), None if indicator.uncapped else weight


def weights(indicator: Indicator) -> list[Fraction]:
    """What the indicator can weigh, by the kind of unit; the greatest first."""
    if not indicator.weights:
        return [indicator.weight]
    return sorted({indicator.weight, *(case.weight for case in indicator.weights)}, reverse=True)


def within_weight(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E224: an indicator's own rule gives points, or asks for a score, below 0 or above its weight."""
    for indicator in ruleset.indicators():
        if indicator.method is not None and not indicator.method.rule.name:
            yield from written(indicator, indicator.method.rule)


def written(indicator: Indicator, rule: k.Rule) -> Iterator[Diagnostic]:
    """E224 of one indicator's own rule."""
    weight = weights(indicator)[0]
    allowed = limits(indicator, weight)
    for value in _given(rule.score):
        if beyond(value.value.amount, allowed):
            shown = decimal_text(weight)
            yield Diagnostic("E224", f"「{value.span.text}」超出 0 到分值 {shown}分 的范围", value.span, _within(value.value.amount, shown))
    for node in every(rule.score):
        if isinstance(node, k.Judgement):
            ends = _points(node.low, weight), _points(node.high, weight)
            if any(end is not None and beyond(end, allowed) for end in ends):
                shown = decimal_text(weight)
                yield Diagnostic("E224", f"「{node.span.text}」超出 0 到分值 {shown}分 的范围", node.span,
                                 f"写成 0分（含）至 {shown}分（含）之内")


def _within(points: Fraction, weight: str) -> str:
    """What to write instead of *points* below 0 or above *weight*."""
    return "最少写 0分；办法允许的，在指标下写「可得负分」" if points < 0 else f"最多写 {weight}分，或改指标的分值"


def beyond(points: Fraction, allowed: Range) -> bool:
    """Whether *points* lie outside what is allowed."""
    low, high = allowed
    return (low is not None and points < low) or (high is not None and points > high)


def _given(node: k.Expr) -> Iterator[k.Number]:
    """The points that the branches of a rule without steps and bounds write down."""
    if isinstance(node, k.Choice):
        for value in (*(case.value for case in node.cases), *((node.otherwise,) if node.otherwise else ())):
            yield from _given(value)
    elif isinstance(node, k.Number):
        yield node


def _points(node: k.Expr, weight: Fraction) -> Fraction | None:
    """The points of an end that is written as points, as a share of 分值, or as 分值."""
    match node:
        case k.Number():
            return node.value.amount
        case k.Name(name="分值"):
            return weight
        case k.Arithmetic(op="×", left=k.Number() as share, right=k.Name(name="分值")):
            return share.value.amount * weight
    return None
