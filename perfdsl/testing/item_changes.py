"""Changes of what stands beside the rule of an indicator: its targets, its weight, its parts, what its method is given."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Combiner, Deadline, Indicator, MethodUse, Part, Ruleset
from perfdsl.model.walk import every, names, rule_parts
from perfdsl.quantity import score
from perfdsl.record import changed
from perfdsl.source import Span
from perfdsl.testing.variants import Variant, beside, inside, next_to, variants

_OTHERS = {Combiner.MEAN: (Combiner.BEST, Combiner.WORST), Combiner.BEST: (Combiner.WORST, Combiner.MEAN),
           Combiner.WORST: (Combiner.BEST, Combiner.MEAN), Combiner.ALL_MET: (Combiner.MEAN,), Combiner.WEIGHTED: (Combiner.MEAN,)}


def of_item(ruleset: Ruleset, indicator: Indicator) -> Iterator[Variant]:
    reads = _read(indicator) | ({"目标值", "分值"} if ruleset.refers else set())
    if reads & {"目标值", "完成率"}:
        yield from fields(indicator, "targets", _of_targets(indicator))
        yield from _of_parts(indicator, "targets")
    if "分值" in reads and indicator.outside is None:
        yield from fields(indicator, "weight", of_points(indicator.weight, f"「{indicator.name}」的分值", indicator.span))
    if indicator.combiner is Combiner.WEIGHTED:
        yield from _of_parts(indicator, "weight")
    yield from fields(indicator, "actual", inside(indicator.actual))
    yield from fields(indicator, "weights", listed(indicator.weights))
    yield from fields(indicator, "alerts", without(indicator.alerts))
    if indicator.method is not None:
        yield from fields(indicator, "method", _of_arguments(indicator.method))
    if indicator.combiner is not None and len(indicator.parts) > 1:
        yield from _combined(indicator, indicator.combiner)


def _combined(indicator: Indicator, combiner: Combiner) -> Iterator[Variant]:
    for other in _OTHERS[combiner]:
        if combiner is not Combiner.WEIGHTED or _uneven(indicator):
            yield Variant(changed(indicator, combiner=other), indicator.span, f"合成 {combiner.value} 改为 合成 {other.value}")


def _uneven(indicator: Indicator) -> bool:
    """Whether the parts weigh differently, so that their mean is another one."""
    return len({part.weight for part in indicator.parts}) > 1


def _read(indicator: Indicator) -> set[str]:
    """The names that the rule of an indicator reads, what its steps are a share of among them; all where it writes no rule."""
    if indicator.method is None or indicator.combiner is Combiner.ALL_MET:
        return {"目标值", "分值"}
    use = indicator.method
    said = (*rule_parts(use.rule), *(value for _, value in use.arguments))
    found = {name for one in said for name in names(one)}
    relative = any(isinstance(total, k.StepTotal) and total.steps.size.unit.kind == "ratio"
                   for one in said for total in _steps(one))
    return found | ({"目标值"} if relative else set())


def _steps(node: k.Expr) -> Iterator[k.StepTotal | k.Adjustment]:
    yield from (total for one in every(node) if isinstance(one, k.Stepped) for total in one.totals)


def fields(node: Any, name: str, made: Iterator[Variant]) -> Iterator[Variant]:
    """*made*, changes of one field of *node*, as changes of *node*."""
    yield from (changed(one, node=changed(node, **{name: one.node})) for one in made)


def _of_parts(indicator: Indicator, name: str) -> Iterator[Variant]:
    for at, part in enumerate(indicator.parts):
        found = _of_targets(part, indicator.combiner) if name == "targets" else of_points(
            part.weight or Fraction(0), f"「{part.name}」的分值", part.span)
        for made in fields(part, name, found):
            parts = (*indicator.parts[:at], made.node, *indicator.parts[at + 1:])
            yield changed(made, node=changed(indicator, parts=parts))


def _of_targets(item: Indicator | Part, combiner: Combiner | None = None) -> Iterator[Variant]:
    yield from listed(item.targets)
    for at, case in enumerate(item.targets):
        for made in _of_target(case.target, combiner):
            targets = (*item.targets[:at], changed(case, target=made.node), *item.targets[at + 1:])
            yield changed(made, node=targets)


def _of_target(target: Any, combiner: Combiner | None) -> Iterator[Variant]:
    """Days of a deadline; the sign of a target where 全部达标 asks whether it is met."""
    if isinstance(target, Deadline):
        for day in next_to(target.day):
            yield Variant(changed(target, day=day), target.span, f"目标「{target.text}」改为 {day} 前")
    if isinstance(target, Bound) and combiner is Combiner.ALL_MET:
        comparison = k.Comparison(target.op, target.value, target.value, target.span)
        for made in variants(comparison):
            if made.node.op is not target.op:
                yield Variant(changed(target, op=made.node.op), target.span, f"目标「{target.text}」的 {target.op.value} 改为 {made.node.op.value}")


def listed(said: tuple[Any, ...]) -> Iterator[Variant]:
    """Changes inside, and of the order, of what is read from the top down."""
    yield from inside(said)
    for at in range(len(said) - 1):
        first, second = said[at], said[at + 1]
        span = getattr(first, "target", first).span
        yield Variant((*said[:at], second, first, *said[at + 2:]), span, f"「{span.text}」与下一条对调先后")


def without(said: tuple[Any, ...]) -> Iterator[Variant]:
    """Changes inside, and of the whole, of what holds each by itself."""
    yield from inside(said)
    for at, one in enumerate(said):
        yield Variant((*said[:at], *said[at + 1:]), one.span, f"去掉「{one.span.text}」")


def of_points(points: Fraction, what: str, span: Span) -> Iterator[Variant]:
    for value in beside(score(points)):
        yield Variant(value.amount, span, f"{what} {score(points)} 改为 {value}")


def _of_arguments(use: MethodUse) -> Iterator[Variant]:
    for made in inside(use.arguments):
        yield changed(made, node=changed(use, arguments=made.node))
