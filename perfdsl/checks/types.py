"""Units agree: what is compared, added and given as points is of one kind."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping, MutableMapping
from functools import cached_property
from typing import assert_never

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.effects import Alert, Effect, TotalGives, TotalLimit, Veto, WeightCase
from perfdsl.model.references import GRADE, LOWEST_RATE, TOTAL, UNROUNDED_TOTAL, split
from perfdsl.model.ruleset import PRIOR, Bound, Deadline, Expected, Grade, Indicator, Kind, MethodUse, Part, Ruleset
from perfdsl.model.walk import names
from perfdsl.source import Span
from perfdsl.units import SCORE, Dimension, times

Type = Dimension | str | None
"""A dimension, `text`, `date`, or None where anything fits (a bare 0, an unknown)."""

Found = dict[tuple[str, Span | None], Diagnostic]


def types(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104 and E105 over every rule as its indicators use it, each rule once for each kind of target."""
    found: Found = {}
    shared = _Shared(ruleset)
    _lets(ruleset.lets, shared, found)
    seen: set[tuple[int, Type, Type]] = set()
    for indicator in ruleset.indicators():
        for item in indicator.parts or (indicator,):
            _item(indicator, item, shared, seen, found)
    _whole(ruleset, shared, found)
    yield from found.values()


class _Shared(dict[str, Type]):
    """The types of the data; those of other items (`税收.得分`) are found when they are asked for."""

    def __init__(self, ruleset: Ruleset) -> None:
        kinds = {d.name: type_of(d.expected) for d in ruleset.data}
        super().__init__({**kinds, **{name + PRIOR: kind for name, kind in kinds.items()}})
        self.ruleset = ruleset

    @cached_property
    def rows(self) -> dict[str, Indicator]:
        return {indicator.path: indicator for indicator in self.ruleset.indicators()}

    def __missing__(self, name: str) -> Type:
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
        return _Typing(self, {}).of(derived) if derived is not None else type_of(indicator.expected)


def _whole(ruleset: Ruleset, shared: Mapping[str, Type], found: Found) -> None:
    """What the ruleset says of its total, its grades and its results."""
    scope: Mapping[str, Type] = ChainMap({TOTAL: SCORE.dimension, UNROUNDED_TOTAL: SCORE.dimension, LOWEST_RATE: (), GRADE: "text"}, shared)  # type: ignore[arg-type]  # only read
    typing = _Typing(scope, found)
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
        _Typing(inner, found).points(use.rule.score, use.unit.dimension if use.unit else SCORE.dimension)


def type_of(expected: Expected) -> Type:
    match expected.kind:
        case Kind.QUANTITY:
            return expected.unit.dimension if expected.unit else ()
        case Kind.DATE:
            return "date"
    return "text"


def _item(indicator: Indicator, item: Indicator | Part, shared: Mapping[str, Type],
          seen: set[tuple[int, Type, Type]], found: Found) -> None:
    target = _target(item, shared, found)
    actual = type_of(item.expected)
    if indicator.actual is not None:
        actual = _Typing(shared, found).of(indicator.actual)
    said: tuple[WeightCase | Veto | Alert, ...] = (*indicator.weights, *indicator.vetoes, *indicator.alerts)
    beside = [x.condition for x in said]
    if beside:
        typing = _Typing(ChainMap({"实际值": actual, "目标值": target, "完成率": (), "分值": SCORE.dimension}, shared), found)  # type: ignore[arg-type]  # only read
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
            _Typing(shared, found).condition(case.condition)
        match case.target:
            case Bound(value=value):
                made = _Typing(shared, found).of(value)
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
            scope[parameter.name] = _Typing(shared, found, use.span).of(value)
    scope.update({"分值": SCORE.dimension, "目标值": target, "实际值": actual, "完成率": ()})
    typing = _Typing(scope, found, use.span if rule.name else None)
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
            scope[let.name] = _Typing(scope, found, use).of(let.value)
            del waiting[let.name]


class _Typing:
    """The types of expressions in one scope.  Faults in a library method are told where it is used."""

    def __init__(self, scope: Mapping[str, Type], found: Found, use: Span | None = None) -> None:
        self.scope = scope
        self.found = found
        self.use = use

    def points(self, node: k.Expr, wanted: Dimension = SCORE.dimension) -> None:
        """*node* must be points (or of the dimension that is *wanted*), in each of its branches."""
        match node:
            case k.Choice():
                for case in node.cases:
                    self.condition(case.condition)
                    self.points(case.value, wanted)
                if node.otherwise is not None:
                    self.points(node.otherwise, wanted)
            case k.Stepped():
                self._stepped(node, wanted)
            case k.Extreme():
                for operand in node.operands:
                    self.points(operand, wanted)
            case _:
                kind = self.of(node)
                if kind not in (None, wanted) and wanted != SCORE.dimension:
                    self._fault("E104", f"这里要的是{_shown(wanted)}，「{node.span.text}」是{_shown(kind)}", node.span, "换成同一种单位")
                elif kind not in (None, wanted):
                    self._fault("E104", f"得分要用分，这里的「{node.span.text}」是{_shown(kind)}", node.span,
                                f"写成「分值 × {node.span.text}」，或一个分数，如 5分")

    def of(self, node: k.Expr) -> Type:
        match node:
            case k.Number():
                return None if node.value.amount == 0 and not node.value.unit.symbol else node.value.unit.dimension
            case k.Word():
                return "text"
            case k.Day():
                return "date"
            case k.Name():
                return self._name(node)
            case k.Arithmetic():
                return self._arithmetic(node)
            case k.Choice():
                return self._choice(node)
            case k.Extreme():
                self._numbers_only(node.operands)
                return self._same([self.of(x) for x in node.operands], node.operands, node.span, "比大小")
            case k.Stepped():
                return self._stepped(node)
            case k.Interpolation():
                self._same([self.of(node.at), *(self.of(a) for a, _ in node.anchors)], [], node.span, "插值")
                return self._same([self.of(b) for _, b in node.anchors], [], node.span, "插值")
            case k.Rounded():
                self._numbers_only((node.value,))
                return self.of(node.value)
            case k.Judgement():
                self.points(node.low)
                self.points(node.high)
                return SCORE.dimension
            case k.NotCounted():
                return None
            case _:
                assert_never(node)

    def _numbers_only(self, nodes: tuple[k.Expr, ...]) -> None:
        for node in nodes:
            kind = self.of(node)
            if isinstance(kind, str):
                self._fault("E105", f"「{node.span.text}」是{_shown(kind)}，这里要用数", node.span, "换成一个数，或一项数据")

    def _name(self, node: k.Name) -> Type:
        try:
            return self.scope[node.name]
        except KeyError:
            return None

    def _arithmetic(self, node: k.Arithmetic) -> Type:
        left, right = self.of(node.left), self.of(node.right)
        if node.op in "+−":
            if left == right == "date" and node.op == "−":
                return (("day", 1),)
            self._numbers_only((node.left, node.right))
            return self._same([left, right], [node.left, node.right], node.span, "相加减")
        for kind, side in ((left, node.left), (right, node.right)):
            if isinstance(kind, str):
                self._fault("E105", f"「{side.span.text}」是{_shown(kind)}，不能乘除", side.span, "这里要用一个数")
                return None
        if left is None or right is None or isinstance(left, str) or isinstance(right, str):
            return None
        return times(left, right, 1 if node.op == "×" else -1)

    def condition(self, node: k.Condition) -> None:
        if isinstance(node, k.Logic):
            for part in node.operands:
                self.condition(part)
            return
        kinds = [self.of(node.left), self.of(node.right)]
        kind = self._same(kinds, [node.left, node.right], node.span, "比较")
        if kind == "text" and node.op not in (k.Comparator.EQ, k.Comparator.NE):
            self._fault("E105", f"「{node.span.text}」比较的是文字，文字没有大小", node.span, "文字只能用 = 或 ≠ 比较")

    def _choice(self, node: k.Choice) -> Type:
        for case in node.cases:
            self.condition(case.condition)
        values = [case.value for case in node.cases] + ([node.otherwise] if node.otherwise else [])
        return self._same([self.of(v) for v in values], values, node.span, "并列")

    def _stepped(self, node: k.Stepped, wanted: Dimension = SCORE.dimension) -> Type:
        for total in node.totals:
            if isinstance(total, k.Adjustment):
                self._adjustment(total, wanted)
                continue
            amount, size = self.of(total.steps.amount), total.steps.size.unit
            if isinstance(amount, str) or (size.kind == "ratio" and amount and "目标值" not in names(total.steps.amount)):
                self._fault("E104", f"「{total.span.text}」数的是{_shown(amount)}，一步不能是 {total.steps.size}", total.span,
                            "让每步的单位与数的东西一致")
            elif size.kind != "ratio" and amount is not None and amount != size.dimension:
                self._fault("E104", f"「{total.span.text}」每步是 {total.steps.size}，而数的是{_shown(amount)}", total.span,
                            "让每步的单位与实际值的单位一致")
            self.points(total.each, wanted)
            if total.limit:
                self.points(total.limit, wanted)
        self.points(node.start, wanted)
        return wanted

    def _adjustment(self, node: k.Adjustment, wanted: Dimension) -> None:
        if node.condition is not None:
            self.condition(node.condition)
        self.points(node.points, wanted)

    def _same(self, kinds: list[Type], nodes: list[k.Expr] | tuple[k.Expr, ...], span: Span, what: str) -> Type:
        """The one type of all; E104 where two differ."""
        known = [(kind, at) for at, kind in enumerate(kinds) if kind is not None]
        for kind, at in known[1:]:
            if kind != known[0][0]:
                first, second = known[0][1], at
                sides = "，".join(f"「{nodes[i].span.text}」是{_shown(kinds[i])}" for i in (first, second)) if nodes else ""
                self._fault("E104", f"不能{what}：{sides or span.text}", span, "换成同一种单位")
                return None
        return known[0][0] if known else None

    def _fault(self, code: str, message: str, span: Span, hint: str) -> None:
        place, notes = (self.use, (Note("规则在这里", span),)) if self.use else (span, ())
        key = (code, place) if self.use else (code + message, place)
        self.found.setdefault(key, Diagnostic(code, message, place, hint, notes))


def _shown(kind: Type) -> str:
    """A type in the officer's words."""
    if kind is None or isinstance(kind, str):
        return {"text": "文字", "date": "日期"}.get(kind or "", "数")
    return _KINDS.get(kind) or ("、".join(f"{_BASE.get(k, k)}" for k, _ in kind) if kind else "一个数或百分比")


_BASE = {"money": "金额", "score": "分数", "person": "人数", "area": "面积", "length": "长度", "mass": "重量", "day": "天数", "workday": "工作日数",
         "month": "月数", "hour": "时间", "household": "户数", "visit": "人次", "volume": "体积", "year": "年数"}
_KINDS: dict[Dimension, str] = {((kind, 1),): text for kind, text in _BASE.items()}
