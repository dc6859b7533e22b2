"""Groups, indicators and parts: from written blocks to what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from perfdsl.dates import chinese_date
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.blocks import all_of, basis, headed, notes, only
from perfdsl.model.desugar import RULE_CLAUSES, desugar
from perfdsl.model.expressions import ACTUAL_NAMES, Expressions, Scope, as_score, twice, unknown
from perfdsl.model.ruleset import (
    PRIOR,
    Bound,
    Combiner,
    Datum,
    Deadline,
    Expected,
    Group,
    Indicator,
    Kind,
    MethodUse,
    NotApplicable,
    Outcome,
    Part,
    Target,
    TargetCase,
)
from perfdsl.model.walk import names
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax import tree as t
from perfdsl.units import PURE, unit_of_result

LEVELS = {1: "一级指标", 2: "二级指标", 3: "三级指标"}
_COMBINERS = {"MEAN": Combiner.MEAN, "ALL_MET": Combiner.ALL_MET, "BEST": Combiner.BEST, "WORST": Combiner.WORST,
              "WEIGHTED": Combiner.WEIGHTED}
_SWALLOWED = re.compile(r"(?:分值)?([0-9０-９.．]+分)$")
_TARGETS = (t.TargetBound, t.TargetDate, t.TargetWords)


@record
class Context:
    """What indicators are resolved against."""

    scope: Scope
    methods: dict[str, k.Rule]
    data: dict[str, Datum]
    lets: dict[str, k.Expr]
    library_missing: bool


class Indicators:
    """Resolves the outline of indicators of one ruleset."""

    def __init__(self, context: Context, found: list[Diagnostic]) -> None:
        self.context = context
        self.found = found
        self.data_only = Expressions(context.scope.without_item(), found)

    def children(self, blocks: Sequence[t.Block], levels: tuple[str, ...] = ()) -> tuple[Group | Indicator, ...]:
        made: list[Group | Indicator] = []
        seen: dict[str, Span] = {}
        for block in blocks:
            head = block.head
            if not isinstance(head, t.GroupHead):
                continue
            name = head.name.text
            if name in seen:
                self.found.append(twice(LEVELS[head.level], name, seen[name], head.span))
            seen[name] = head.span
            made.append(self._indicator(block, head, levels) if head.level == 3 else self._group(block, head, levels))
        return tuple(made)

    def _group(self, block: t.Block, head: t.GroupHead, levels: tuple[str, ...]) -> Group:
        inside = (*levels, head.name.text)
        weight = self._weight(block, head.weight)
        return Group(head.level, head.name.text, "/".join(inside), weight, self.children(block.blocks, inside), head.span)

    def _weight(self, block: t.Block, on_heading: t.Literal | None) -> Fraction | None:
        said = only(block, t.Weight, self.found)
        literal = on_heading or (said.value if said else None)
        if on_heading and said:
            self.found.append(Diagnostic("E108", f"「{block.head.name.text}」的分值写了两次", said.span, "只留一处"))
        return points_of(literal, self.found) if literal else None

    def _indicator(self, block: t.Block, head: t.GroupHead, levels: tuple[str, ...]) -> Indicator:
        inside = (*levels, head.name.text)
        path = "/".join(inside)
        weight = self._weight(block, head.weight)
        if weight is None:
            self.found.append(_no_weight(head))
        elif weight <= 0:
            self.found.append(Diagnostic("E210", f"「{head.name.text}」的分值必须大于 0", head.span, "写上分值，或删去这个指标"))
        if head.name.text in self.context.data:
            self.found.append(twice("名称", head.name.text, self.context.data[head.name.text].span, head.span))
        targets = self._targets(block)
        combine = only(block, t.Combine, self.found)
        policy = only(block, t.NotApplicablePolicy, self.found)
        actual = only(block, t.ActualIs, self.found)
        method = self._method(block, head)
        if actual and method and method.rule.actual is not None:
            self.found.append(Diagnostic("E108", f"实际值由「{actual.span.text}」算出，计分方法「{method.rule.name}」又自己算实际值", actual.span,
                                         "两者只留其一", (Note("方法在这里", method.rule.span),)))
        return Indicator(
            head.name.text, path, inside, weight or Fraction(0), targets, self._expected(targets, block),
            self._expressions().expr(actual.value) if actual else None, method,
            self._parts(block, path), _COMBINERS[combine.combiner] if combine else None,
            NotApplicable[policy.policy] if policy else None, basis(block), notes(block), head.span,
        )

    def _expressions(self) -> Expressions:
        """Targets, derived actual values and arguments rest on data alone."""
        return self.data_only

    # ---- targets

    def _targets(self, block: t.Block) -> tuple[TargetCase, ...]:
        cases = [
            TargetCase(self._expressions().condition(c.condition), self._target(c.result))
            for c in all_of(block, t.When)
            if isinstance(c.result, _TARGETS)
        ]
        plain = [c for c in block.clauses if isinstance(c, _TARGETS)]
        for extra in plain[1:]:
            self.found.append(Diagnostic("E108", "写了两个目标", extra.span, "一个指标有几个目标时，用「分项」分开写"))
        return (*cases, *(TargetCase(None, self._target(c)) for c in plain[:1]))

    def _target(self, target: t.Target) -> Target:
        match target:
            case t.TargetBound():
                return self._bound(target)
            case t.TargetDate():
                made = self._expressions().expr(target.day)
                day = made.value if isinstance(made, k.Day) else date.max
                return Deadline(day, f"{chinese_date(day)}前", target.span)
            case t.TargetWords():
                return Outcome(target.words.text, target.words.text, target.span)

    def _bound(self, target: t.TargetBound) -> Target:
        value = self._expressions().expr(target.value)
        if not target.op:
            self.found.append(_no_direction(target))
        unit = self._expected_of(value).unit
        shown = f"{target.op or '≥'} {target.value.span.text}"
        return Bound(k.Comparator(target.op or "≥"), value, unit, shown, target.span)

    def _expected_of(self, value: k.Expr) -> Expected:
        """What a cell must hold that is compared with *value*."""
        match value:
            case k.Number():
                return Expected(Kind.QUANTITY, value.value.unit)
            case k.Day():
                return Expected(Kind.DATE)
            case k.Name():
                return self._expected_name(value.name)
            case k.Arithmetic():
                return Expected(Kind.QUANTITY, unit_of_result(value.op, *(self._expected_of(x).unit for x in (value.left, value.right))))
            case k.Extreme():
                units = [self._expected_of(x).unit for x in value.operands]
                return Expected(Kind.QUANTITY, next((u for u in units if u and u.symbol), PURE))
            case k.Rounded():
                return self._expected_of(value.value)
        return Expected(Kind.QUANTITY, PURE)

    def _expected_name(self, name: str) -> Expected:
        datum = self.context.data.get(name.removesuffix(PRIOR))
        if datum is not None:
            return datum.expected
        return self._expected_of(self.context.lets[name]) if name in self.context.lets else Expected(Kind.QUANTITY, PURE)

    def _expected(self, targets: tuple[TargetCase, ...], block: t.Block) -> Expected:
        match targets[0].target if targets else None:
            case Bound(value=value):
                return self._expected_of(value)
            case Deadline():
                return Expected(Kind.DATE)
            case Outcome():
                return Expected(Kind.TEXT)
        return self._expected_by_rows(block)

    def _expected_by_rows(self, block: t.Block) -> Expected:
        """Without a target, the rows or the steps tell what is written as actual value."""
        tiers = tuple(c.verdict.text for c in all_of(block, t.Tier))
        if tiers:
            return Expected(Kind.CHOICE, None, tiers)
        literals = [c.value for c in all_of(block, t.RowCompared)] + [c.low.value for c in all_of(block, t.RowBetween)]
        literals += [c.value for c in all_of(block, t.RowExact)]
        literals += [side for c in all_of(block, t.When) for side in _beside_actual(c.condition)]
        literals += [c.size for c in all_of(block, t.Step) if c.kind == "STEP_CASE"]
        units = [x.value.unit for x in literals if isinstance(x, t.Literal)]
        if units:
            return Expected(Kind.QUANTITY, next((u for u in units if u.symbol), units[0]))
        return Expected(Kind.TEXT) if all_of(block, t.Judge) else Expected(Kind.QUANTITY, None)

    # ---- how it is scored

    def _method(self, block: t.Block, head: t.GroupHead) -> MethodUse | None:
        named = only(block, t.ScoredBy, self.found)
        own = [c for c in block.clauses if isinstance(c, RULE_CLAUSES) and not isinstance(c, t.ActualIs)]
        own = [c for c in own if not (isinstance(c, t.When) and isinstance(c.result, _TARGETS))]
        if named and own:
            self.found.append(Diagnostic("E108", f"「{head.name.text}」既写了「{named.span.text}」，又写了自己的计分规则",
                                         own[0].span, "两者只留其一"))
        if named:
            return self._named_method(named)
        if not own:
            return None
        scope = self.context.scope
        rule = desugar("", (), own, scope, head.span, basis(block), self.found)
        return MethodUse(rule, (), head.span)

    def _named_method(self, use: t.ScoredBy) -> MethodUse | None:
        rule = self.context.methods.get(use.method.text)
        if rule is None:
            if not self.context.library_missing:
                self.found.append(_unknown_method(use.method, self.context.methods))
            whole = k.Name("分值", use.span)
            return MethodUse(k.Rule(use.method.text, (), None, (), whole, (), use.span), (), use.span)
        return MethodUse(rule, self._arguments(use, rule), use.span)

    def _arguments(self, use: t.ScoredBy, rule: k.Rule) -> tuple[tuple[str, k.Expr], ...]:
        names = [p.name for p in rule.parameters]
        given: dict[str, k.Expr] = {}
        for at, argument in enumerate(use.arguments):
            name = argument.name or (names[at] if at < len(names) else "")
            if name not in names or name in given:
                self.found.append(Diagnostic("E109", f"计分方法「{rule.name}」没有参数「{argument.span.text}」", argument.span,
                                             f"它的参数是：{'、'.join(names) or '（无）'}"))
            given[name] = self._expressions().expr(argument.value)
        for parameter in rule.parameters:
            if parameter.name not in given and parameter.default is not None:
                self._check_default(use, rule, parameter.default)
            if parameter.name not in given and parameter.default is None:
                self.found.append(Diagnostic("E109", f"计分方法「{rule.name}」还要给出「{parameter.name}」", use.span,
                                             f"写成「计分 {rule.name}（{parameter.name} = …）」"))
        return tuple(given.items())

    def _check_default(self, use: t.ScoredBy, rule: k.Rule, default: k.Expr) -> None:
        """The names in a parameter's default are data of the ruleset that uses the method."""
        for name in sorted(names(default)):
            if self.context.scope.find(name) is None:
                self.found.append(Diagnostic(
                    "E101", f"计分方法「{rule.name}」要用数据「{name}」，规则集没有声明", use.span,
                    f"加一行「数据 {name} 万元」，或写明用哪个数据：计分 {rule.name}（{rule.parameters[0].name} = …）",
                    (Note("方法在这里", rule.span),)))

    # ---- parts

    def _parts(self, block: t.Block, path: str) -> tuple[Part, ...]:
        parts: list[Part] = []
        seen: dict[str, Span] = {}
        if any(headed(block.blocks, t.PartHead)):
            for extra in (c for c in block.clauses if isinstance(c, (*_TARGETS, t.ActualIs))):
                self.found.append(Diagnostic("E108", f"「{block.head.name.text}」有分项，「{extra.span.text}」用不上", extra.span, "目标和实际值写在各分项里"))
        for child in headed(block.blocks, t.PartHead):
            head = child.head
            assert isinstance(head, t.PartHead)
            name = head.name.text
            if name in seen:
                self.found.append(twice("分项", name, seen[name], head.span))
            seen[name] = head.span
            if name in self.context.data:
                self.found.append(twice("名称", name, self.context.data[name].span, head.span))
            targets = self._targets(child)
            parts.append(Part(name, f"{path}/{name}", self._weight(child, head.weight), targets,
                              self._expected(targets, child if targets else block), head.span))
        return tuple(parts)


def _beside_actual(condition: t.Condition) -> list[t.Expr]:
    """What a condition compares 实际值 with."""
    if isinstance(condition, t.Junction):
        return [side for part in condition.parts for side in _beside_actual(part)]
    actual = any(isinstance(side, t.Word) and side.text in ACTUAL_NAMES for side in condition.sides)
    return list(condition.sides) if actual else []


def points_of(literal: t.Literal, found: list[Diagnostic]) -> Fraction:
    """The points that a weight or total writes; E104 where it has another unit."""
    value = as_score(literal.value)
    if value.unit.kind != "score":
        found.append(Diagnostic("E104", f"「{literal.span.text}」不是分数", literal.span, f"写成「{value.shown}分」"))
    return value.amount


def _unknown_method(name: t.Word, methods: dict[str, k.Rule]) -> Diagnostic:
    if methods:
        return unknown("计分方法", name, methods, "E102")
    return Diagnostic("E102", f"没有计分方法「{name.text}」：规则集还没有引用任何方法", name.span, "在规则集里加一行：引用 「标准计分方法」")


def _no_weight(head: t.GroupHead) -> Diagnostic:
    name = head.name.text
    swallowed = _SWALLOWED.search(name)
    hint = f"名称和分值之间空一格：{name[: swallowed.start()]} {swallowed[1]}" if swallowed else f"写成「{head.span.text} 10分」"
    return Diagnostic("E210", f"「{name}」没有分值", head.span, hint)


def _no_direction(target: t.TargetBound) -> Diagnostic:
    text = target.value.span.text
    return Diagnostic("E207", f"目标「{text}」没有写方向：是不低于、不高于，还是等于？", target.span,
                      f"写成「目标 ≥ {text}」「目标 ≤ {text}」或「目标 = {text}」")
