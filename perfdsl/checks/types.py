"""Units agree, over all that a ruleset says."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from functools import cached_property

from perfdsl.checks.expressions import Found, Typing
from perfdsl.checks.kinds import Type, type_of
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.effects import Alert, Effect, TotalGives, TotalLimit, Veto, WeightCase
from perfdsl.model.references import GRADE, LOWEST_RATE, TOTAL, UNROUNDED_TOTAL, split
from perfdsl.model.ruleset import PRIOR, Bound, Deadline, Grade, Indicator, MethodUse, Part, Ruleset
from perfdsl.model.walk import names
from perfdsl.source import Span
from perfdsl.units import SCORE


def types(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104 and E105 over every rule as its indicators use it, each rule once for each kind of target."""
    found: Found = {}
    shared = _Shared(ruleset)
    _lets(ruleset.lets, shared, found)
    shared.asked.clear()  # before the last 令 was known
    seen: set[tuple[int, Type, Type]] = set()
    for indicator in ruleset.indicators():
        for item in indicator.parts or (indicator,):
            _item(indicator, item, shared, seen, found)
    _whole(ruleset, shared, found)
    yield from found.values()


class _Shared(dict[str, Type]):
    """The types of the data; those of other items (`税收.得分`) are found when they are first `asked` for."""

    def __init__(self, ruleset: Ruleset) -> None:
        kinds = {d.name: type_of(d.expected) for d in ruleset.data}
        super().__init__({**kinds, **{name + PRIOR: kind for name, kind in kinds.items()}})
        self.ruleset = ruleset
        self.asked: dict[str, Type] = {}

    @cached_property
    def rows(self) -> dict[str, Indicator]:
        return {indicator.path: indicator for indicator in self.ruleset.indicators()}

    def __missing__(self, name: str) -> Type:
        if name not in self.asked:
            self.asked[name] = self._of_item(name)
        return self.asked[name]

    def _of_item(self, name: str) -> Type:
        path, field = split(name)
        if not field:
            raise KeyError(name)
        if field in ("得分", "分值"):
            return SCORE.dimension
        if field in ("得分率", "完成率"):
            return ()
        return self._value(self.rows[path], field)

    def _value(self, indicator: Indicator, field: str) -> Type:
        if field == "目标值":
            return _target(indicator, self, {})
        derived = indicator.actual or (indicator.method.rule.actual if indicator.method else None)
        return Typing(self, {}).of(derived) if derived is not None else type_of(indicator.expected)


def _whole(ruleset: Ruleset, shared: Mapping[str, Type], found: Found) -> None:
    """What the ruleset says of its total, its grades and its results."""
    scope: Mapping[str, Type] = ChainMap({TOTAL: SCORE.dimension, UNROUNDED_TOTAL: SCORE.dimension, LOWEST_RATE: (), GRADE: "text"}, shared)  # type: ignore[arg-type]  # only read
    typing = Typing(scope, found)
    said: tuple[Effect | Alert | Grade, ...] = (*ruleset.effects, *ruleset.alerts, *ruleset.grades)
    for one in said:
        if one.condition is not None:
            typing.condition(one.condition)
    for effect in ruleset.effects:
        if isinstance(effect, TotalLimit | TotalGives):
            typing.points(effect.points)
    for use in ruleset.applications:
        inner: MutableMapping[str, Type] = ChainMap({}, scope)  # type: ignore[arg-type]  # only its first map is written
        _lets(use.rule.lets, inner, found)
        Typing(inner, found).points(use.rule.score, use.unit.dimension if use.unit else SCORE.dimension)


def _item(indicator: Indicator, item: Indicator | Part, shared: Mapping[str, Type],
          seen: set[tuple[int, Type, Type]], found: Found) -> None:
    target = _target(item, shared, found)
    actual = type_of(item.expected)
    if indicator.actual is not None:
        actual = Typing(shared, found).of(indicator.actual)
    said: tuple[WeightCase | Veto | Alert, ...] = (*indicator.weights, *indicator.vetoes, *indicator.alerts)
    beside = [x.condition for x in said]
    if beside:
        typing = Typing(ChainMap({"实际值": actual, "目标值": target, "完成率": (), "分值": SCORE.dimension}, shared), found)  # type: ignore[arg-type]  # only read
        for condition in beside:
            typing.condition(condition)
    if indicator.method is None:
        return
    key = (id(indicator.method.rule), actual, target)
    if key not in seen or indicator.method.arguments:
        seen.add(key)
        _rule(indicator.method, actual, target, shared, found)


def _target(item: Indicator | Part, shared: Mapping[str, Type], found: Found) -> Type:
    made: Type = None
    kinds: list[Type] = []
    for case in item.targets:
        if case.condition is not None:
            Typing(shared, found).condition(case.condition)
        match case.target:
            case Bound(value=value):
                made = Typing(shared, found).of(value)
            case Deadline():
                made = "date"
            case _:
                made = "text"
        kinds.append(made)
    if any(kind is not None and kind != made for kind in kinds):
        span = item.targets[0].target.span
        found.setdefault(("E104", span), Diagnostic("E104", f"「{item.name}」的几个目标单位不同", span, "同一个指标的目标用同一种单位"))
    return made


def _rule(use: MethodUse, actual: Type, target: Type, shared: Mapping[str, Type], found: Found) -> None:
    rule = use.rule
    scope: MutableMapping[str, Type] = ChainMap({}, shared)  # type: ignore[arg-type]  # only its first map is written
    given = dict(use.arguments)
    for parameter in rule.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            scope[parameter.name] = Typing(shared, found, use.span).of(value)
    scope.update({"分值": SCORE.dimension, "目标值": target, "实际值": actual, "完成率": ()})
    typing = Typing(scope, found, use.span if rule.name else None)
    if rule.actual is not None:
        scope["实际值"] = typing.of(rule.actual)
    _lets(rule.lets, scope, found, typing.use)
    typing.points(rule.score)


def _lets(lets: tuple[k.Let, ...], scope: MutableMapping[str, Type], found: Found, use: Span | None = None) -> None:
    """The types of intermediate values, each after those it needs."""
    waiting = {let.name: let for let in lets}
    for _ in lets:
        ready = [let for let in waiting.values() if not names(let.value) & waiting.keys()]
        for let in ready:
            scope[let.name] = Typing(scope, found, use).of(let.value)
            del waiting[let.name]
