"""Data that only say which of several rules holds, and 实际值 that both rulesets derive alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from perfdsl.compare.meaning import Resting
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Indicator, Part
from perfdsl.model.walk import every, names, of_indicator, rule_parts
from perfdsl.prove.line import Domain
from perfdsl.prove.region import cut, joined
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import plain
from perfdsl.quantity import Quantity
from perfdsl.record import changed, record
from perfdsl.regions import Region, holds
from perfdsl.units import PURE

_SIDE = (k.Number, k.Day)


@record
class Line:
    """A comparison of a cell with a value, counted as the cell is."""

    op: k.Comparator
    at: Fraction


def expressions(rest: Resting, path: str) -> Iterator[k.Expr | k.Condition]:
    """All that the score of an indicator rests on."""
    behind = [rest.indicators[one] for one in rest.behind(path) if one in rest.indicators]
    for indicator in behind:
        yield from _of(indicator)
    yield from (rest.lets[name] for name in sorted({n for i in behind for n in rest.mentioned[i.path]} & rest.lets.keys()))


def _of(indicator: Indicator) -> Iterator[k.Expr | k.Condition]:
    yield from of_indicator(indicator)
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    yield from (case.target.value for item in items for case in item.targets if isinstance(case.target, Bound))
    if use := indicator.method:
        yield from rule_parts(use.rule)
        yield from (value for _, value in use.arguments)
        yield from (one.default for one in use.rule.parameters if one.default is not None)


def is_aim_idle(rest: Resting, item: Indicator) -> bool:
    """Whether nothing in the rule of an indicator asks for its target."""
    if item.method is None or item.parts:
        return False
    nodes = [x for top in _of(changed(item, targets=())) for x in (top, *_bases(top))]
    lets = [rest.lets[name] for name in rest.mentioned[item.path] & rest.lets.keys()]
    return not any(names(one) & {"目标值", "完成率"} for one in (*nodes, *lets))


def derived_alike(rests: tuple[Resting, Resting], old: Indicator, new: Indicator) -> bool:
    """Whether both derive 实际值 in the same way from data alone, without a 令."""
    if not (old.is_derived and new.is_derived and _derived(old) == _derived(new)):
        return False
    return not any(names(one) & {let.name for let in _lets(rest, item)} for rest, item in zip(rests, (old, new), strict=True) for one in _derived(item))


def _derived(item: Indicator) -> list[k.Expr]:
    """How 实际值 comes about: by the indicator or its method, with all that the method is given."""
    rule = item.method.rule if item.method else None
    if item.actual is not None or item.method is None or rule is None or rule.actual is None:
        return [item.actual] if item.actual is not None else []
    given = dict(item.method.arguments)
    values = (given.get(one.name, one.default) for one in rule.parameters if one.name in names(rule.actual))
    return [rule.actual, *(value for value in values if value is not None)]


def _lets(rest: Resting, item: Indicator) -> list[k.Let]:
    return [*rest.ruleset.lets, *(item.method.rule.lets if item.method else ())]


def lines(rests: Iterable[Resting], path: str, unknown: Unknown) -> tuple[Line, ...] | None:
    """The values that a datum is compared with, where nothing else is done with it; None where it is calculated with."""
    found: list[Line] = []
    for one in (one for rest in rests if path in rest.indicators for one in expressions(rest, path)):
        nodes = [x for top in (one, *_bases(one)) for x in every(top)]
        compared = [line for x in nodes if isinstance(x, k.Comparison) and (line := _line(x, unknown)) is not None]
        if sum(isinstance(x, k.Name) and x.name == unknown.path for x in nodes) != len(compared):
            return None
        found += compared
    return tuple(found)


def _bases(node: k.Expr | k.Condition) -> Iterator[k.Expr]:
    """What relative steps are a share of."""
    stepped = (x for x in every(node) if isinstance(x, k.Stepped))
    return (total.steps.base for x in stepped for total in x.totals if isinstance(total, k.StepTotal))


def _line(node: k.Comparison, unknown: Unknown) -> Line | None:
    for op, one, other in ((node.op, node.left, node.right), (node.op.flipped, node.right, node.left)):
        if isinstance(one, k.Name) and one.name == unknown.path and isinstance(other, _SIDE):
            return Line(op, _number(other.value, unknown) if isinstance(other, k.Number) else Fraction(other.value.toordinal()))
    return None


def _number(value: Quantity, unknown: Unknown) -> Fraction:
    return value.amount / (unknown.expected.unit or PURE).factor


def stages(asked: Iterable[Line], domain: Domain) -> list[tuple[Region, Fraction]]:
    """The regions in which every comparison comes out alike, each with a value of it."""
    made: list[tuple[Region, tuple[bool, ...]]] = []
    asked = tuple(asked)
    for region in cut(domain.region, {line.at for line in asked}, domain.whole):
        held = tuple(holds(line.op, plain(region, domain.whole), line.at) for line in asked)
        if made and made[-1][1] == held:
            made[-1] = (joined(made[-1][0], region), held)
        else:
            made.append((region, held))
    return [(region, plain(region, domain.whole)) for region, _ in made]


def within(region: Region, domain: Domain) -> Region:
    """The region without the ends that are those of all values."""
    low = None if region.low == domain.region.low else region.low
    high = None if region.high == domain.region.high else region.high
    return Region(low, high, low is not None and region.low_closed, high is not None and region.high_closed)
