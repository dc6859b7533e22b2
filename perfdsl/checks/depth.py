"""E116: values that rest on one another through more levels than anyone, or the interpreter, can follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Indicator, MethodUse, Part, Ruleset
from perfdsl.model.walk import children, of_indicator, of_whole
from perfdsl.source import Span

MOST = 200
"""Levels of expressions in one another.  The interpreter takes some four frames for each, and Python has a thousand."""
_Node = k.Expr | k.Condition
_HINT = "几个数分开算好，最后一次合起来，如「令 合计 = 前半 + 后半」，不要一个「令」接着一个「令」往下加"


def depth(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """The first place from where the levels are too many; what rests on it would only repeat it."""
    deep = (span for span, levels in _levels(ruleset) if levels > MOST)
    for span in islice(deep, 1):
        yield Diagnostic("E116", f"算式一个套一个，套了 {MOST} 层还没有到底", span, _HINT)


class _Levels:
    """How many levels the values of the names in one scope have.  Behind the names that are `written` there stand those `around`."""

    def __init__(self, written: Mapping[str, tuple[_Node, ...]], known: Mapping[str, int], around: _Levels | None = None) -> None:
        self.written, self.known, self.around = written, dict(known), around

    def name(self, name: str, above: int) -> int:
        """The levels behind a name with so many levels *above* it.  One that needs itself has none: E110 tells of it."""
        if name not in self.known and name not in self.written:
            return self.around.name(name, above) if self.around else 0
        if name not in self.known:
            self.known[name] = 0
            self.known[name] = self.all(self.written[name], above)
        return self.known[name]

    def all(self, nodes: Iterable[_Node], above: int = 0) -> int:
        """The levels of the deepest of *nodes*; they are counted no further than to too many."""
        deepest, waiting = 0, [(node, 1) for node in nodes]
        while waiting and above + deepest <= MOST:
            node, level = waiting.pop()
            waiting += [(inside, level + 1) for inside in children(node)]
            behind = self.name(node.name, above + level) if isinstance(node, k.Name) else 0
            deepest = max(deepest, level + behind)
        return deepest


def _levels(ruleset: Ruleset) -> Iterator[tuple[Span, int]]:
    """Every place where something is worked out, with the levels of it, in the order of the text."""
    indicators = list(ruleset.indicators())
    shared = _Levels({**{let.name: (let.value,) for let in ruleset.lets}, **_of_items(indicators)}, {})
    yield from ((let.span, shared.name(let.name, 0)) for let in ruleset.lets)
    for indicator in indicators:
        own = {"目标值": shared.all(_targets(indicator)), "实际值": shared.all(_derived(indicator))}
        own["完成率"] = max(own.values())
        beside = _Levels({}, own, shared)
        yield indicator.span, max(*own.values(), beside.all(of_indicator(indicator)))
        if indicator.method is not None:
            yield from _of_rule(indicator.method, own, shared)
    for use in ruleset.applications:
        yield from _of_rule(MethodUse(use.rule, (), use.span), {}, shared)
    yield ruleset.span, shared.all(of_whole(ruleset))


def _of_rule(use: MethodUse, own: Mapping[str, int], around: _Levels) -> Iterator[tuple[Span, int]]:
    rule, given = use.rule, dict(use.arguments)
    values = {p.name: given.get(p.name, p.default) for p in rule.parameters}
    taken = {name: around.all([value]) for name, value in values.items() if value is not None}
    scope = _Levels({let.name: (let.value,) for let in rule.lets}, {**own, **taken}, around)
    yield from ((let.span, scope.name(let.name, 0)) for let in rule.lets)
    yield use.span, max(*taken.values(), scope.all([rule.score, *([rule.actual] if rule.actual else [])]), 0)


def _of_items(indicators: Iterable[Indicator]) -> dict[str, tuple[_Node, ...]]:
    """What other items may ask of one, but its score: scores are worked out one after another."""
    found: dict[str, tuple[_Node, ...]] = {}
    for one in indicators:
        actual, target = _derived(one), tuple(_targets(one))
        found |= {f"{one.path}.实际值": actual, f"{one.path}.目标值": target, f"{one.path}.完成率": (*actual, *target)}
    return found


def _derived(indicator: Indicator) -> tuple[k.Expr, ...]:
    """The expression that 实际值 comes from, where it is no cell."""
    derived = indicator.actual or (indicator.method.rule.actual if indicator.method else None)
    return (derived,) if derived is not None else ()


def _targets(indicator: Indicator) -> Iterator[_Node]:
    """The expressions of the targets."""
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    for case in (case for item in items for case in item.targets):
        yield from () if case.condition is None else (case.condition,)
        yield from (case.target.value,) if isinstance(case.target, Bound) else ()
