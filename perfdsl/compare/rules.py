"""A rule as it is written, clause by clause on one line."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.model import kernel as k
from perfdsl.model.timed import NEXT, by_period
from perfdsl.units import is_indivisible


def one_line(text: str) -> str:
    return " ".join(text.split())


def written(node: k.Expr | k.Condition) -> str:
    return one_line(node.span.text)


def rule_text(rule: k.Rule) -> str:
    """`≥ 90% 得 10分；80%（含）至 90%（不含） 得 8分；否则 得 0`."""
    derived = [f"实际值 = {written(rule.actual)}"] if rule.actual else []
    return NEXT.join([*derived, *(f"令 {let_text(let)}" for let in rule.lets), *_clauses(rule.score, rule)])


def let_text(let: k.Let) -> str:
    """`每家扣分 = 1分`; with its value in every period where it has several."""
    value = let.value
    if not isinstance(value, k.Choice) or value.span != let.span:
        return f"{let.name} = {written(value)}"
    cases = [(case.condition, written(case.value)) for case in value.cases]
    return f"{let.name} = {by_period([*cases, *([(None, written(value.otherwise))] if value.otherwise else [])])}"


def _clauses(node: k.Expr, rule: k.Rule) -> Iterator[str]:
    """The clauses that make a score."""
    match node:
        case k.Choice():
            yield from (one_line(case.span.text) for case in node.cases)
            yield from _otherwise(node, rule)
        case k.Stepped():
            yield from _clauses(node.start, rule)
            yield from (_total(total) for total in node.totals)
        case k.Interpolation():
            yield written(node)
            yield from (f"{written(at)} 得 {written(points)}" for at, points in node.anchors)
        case k.Extreme() if not _holds(node, node.operands[0]):
            yield from _clauses(node.operands[0], rule)
            yield written(node)
        case k.Judgement():
            yield written(node)
        case _:
            yield from [] if _holds(rule, node) and node.span == rule.span else [f"得 {written(node)}"]


def _total(total: k.StepTotal | k.Adjustment) -> str:
    """`每迟拨 2天 扣 1分，不足一步 舍去，最多扣 5分`."""
    if isinstance(total, k.Adjustment):
        return one_line(total.span.text)
    whole = total.steps.size.shown == 1 and is_indivisible(total.steps.size.unit)
    part = "" if whole else f"，不足一步 {total.steps.rounding.value}"
    most = f"，最多{'扣' if total.sign < 0 else '加'} {written(total.limit)}" if total.limit else ""
    return f"{one_line(total.span.text)}{part}{most}"


def _otherwise(node: k.Choice, rule: k.Rule) -> Iterator[str]:
    """The last line; a rule that goes on behind 直接得 is told in its own clauses."""
    last = node.otherwise
    if isinstance(last, k.Choice | k.Stepped | k.Interpolation | k.Extreme | k.Judgement):
        yield from _clauses(last, rule)
    elif last is not None:
        yield f"否则 得 {written(last)}" if last.span != rule.span else "否则 得 分值"


def _holds(outer: k.Extreme | k.Rule, inner: k.Expr) -> bool:
    """Whether *inner* is written within *outer*."""
    return outer.span.source is inner.span.source and outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
