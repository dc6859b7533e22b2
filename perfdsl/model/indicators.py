"""Groups, indicators and parts: from written blocks to what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.blocks import basis, headed, notes, only
from perfdsl.model.desugar import RULE_CLAUSES, desugar
from perfdsl.model.expressions import as_score, twice, unknown
from perfdsl.model.ruleset import (
    Combiner,
    Group,
    Indicator,
    MethodUse,
    NotApplicable,
    Part,
)
from perfdsl.model.targets import TARGET_CLAUSES, Context, Targets
from perfdsl.model.walk import names
from perfdsl.source import Span
from perfdsl.syntax import tree as t

LEVELS = {1: "一级指标", 2: "二级指标", 3: "三级指标"}
_COMBINERS = {"MEAN": Combiner.MEAN, "ALL_MET": Combiner.ALL_MET, "BEST": Combiner.BEST, "WORST": Combiner.WORST,
              "WEIGHTED": Combiner.WEIGHTED}
_SWALLOWED = re.compile(r"(?:分值)?([0-9０-９.．]+分)$")


class Indicators:
    """Resolves the outline of indicators of one ruleset."""

    def __init__(self, context: Context, found: list[Diagnostic]) -> None:
        self.context = context
        self.found = found
        self.targets = Targets(context, found)

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
        targets = self.targets.read(block)
        combine = only(block, t.Combine, self.found)
        policy = only(block, t.NotApplicablePolicy, self.found)
        actual = only(block, t.ActualIs, self.found)
        method = self._method(block, head)
        if actual and method and method.rule.actual is not None:
            self.found.append(Diagnostic("E108", f"实际值由「{actual.span.text}」算出，计分方法「{method.rule.name}」又自己算实际值", actual.span,
                                         "两者只留其一", (Note("方法在这里", method.rule.span),)))
        return Indicator(
            head.name.text, path, inside, weight or Fraction(0), targets, self.targets.expected(targets, block),
            self.targets.data_only.expr(actual.value) if actual else None, method,
            self._parts(block, path), _COMBINERS[combine.combiner] if combine else None,
            NotApplicable[policy.policy] if policy else None, basis(block), notes(block), head.span,
        )

    # ---- how it is scored

    def _method(self, block: t.Block, head: t.GroupHead) -> MethodUse | None:
        named = only(block, t.ScoredBy, self.found)
        own = [c for c in block.clauses if isinstance(c, RULE_CLAUSES) and not isinstance(c, t.ActualIs)]
        own = [c for c in own if not (isinstance(c, t.When) and isinstance(c.result, TARGET_CLAUSES))]
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
            given[name] = self.targets.data_only.expr(argument.value)
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
            for extra in (c for c in block.clauses if isinstance(c, (*TARGET_CLAUSES, t.ActualIs))):
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
            targets = self.targets.read(child)
            parts.append(Part(name, f"{path}/{name}", self._weight(child, head.weight), targets,
                              self.targets.expected(targets, child if targets else block), head.span))
        return tuple(parts)


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
