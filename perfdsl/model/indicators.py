"""Groups, indicators and parts: from written blocks to what was meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.blocks import all_of, basis, headed, notes, only
from perfdsl.model.conditions import aggregation, alerts, timed_weights, vetoes, weight_cases
from perfdsl.model.effects import Veto
from perfdsl.model.expressions import Expressions, as_score, twice
from perfdsl.model.items import outside_kind
from perfdsl.model.methods import Methods, verdicts
from perfdsl.model.periods import at_year_end
from perfdsl.model.ruleset import (
    Bound,
    Combiner,
    Deadline,
    Expected,
    Group,
    Indicator,
    Kind,
    MethodUse,
    NotApplicable,
    Outside,
    Part,
    TargetCase,
)
from perfdsl.model.targets import TARGET_CLAUSES, Context, Targets
from perfdsl.record import changed
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
        self.methods = Methods(context, self.targets.data_only, found)
        self.to = Expressions(context.scope, found)

    def children(self, blocks: Sequence[t.Block], levels: tuple[str, ...] = (),
                 above: tuple[Veto, ...] = ()) -> tuple[Group | Indicator, ...]:
        """What stands under a heading; *above* are the vetoes of the groups around it."""
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
            read = self._indicator if head.level == 3 else self._group
            made.append(read(block, head, levels, above))
        return tuple(made)

    def outside(self, blocks: Sequence[t.Block]) -> tuple[Indicator, ...]:
        """The 加分项 and 减分项."""
        made: dict[tuple[bool, str], Indicator] = {}
        for block in headed(tuple(blocks), t.OutsideHead):
            head = block.head
            assert isinstance(head, t.OutsideHead)
            kind, name = outside_kind(head), head.name.text
            if first := made.get((head.bonus, name)):
                self.found.append(twice(kind, name, first.span, head.span))
            made[head.bonus, name] = self._made(block, name, (kind, name), Fraction(0), (), Outside(kind))
        return tuple(made.values())

    def _group(self, block: t.Block, head: t.GroupHead, levels: tuple[str, ...], above: tuple[Veto, ...]) -> Group:
        inside = (*levels, head.name.text)
        scale, share, combine = only(block, t.Scale, self.found), only(block, t.Share, self.found), only(block, t.Combine, self.found)
        weight = self._weight(block, head.weight)
        whole = points_of(scale.value, self.found) if scale else None
        if share:
            weight = self._share(head, weight, whole, share)
        stopped = (*above, *vetoes(block, self.targets.data_only, True))
        return Group(head.level, head.name.text, "/".join(inside), weight, self.children(block.blocks, inside, stopped), head.span,
                     whole, self._one_of(combine))

    def _share(self, head: t.GroupHead, weight: Fraction | None, scale: Fraction | None, share: t.Share) -> Fraction | None:
        """The weight of a group that counts a share of its 满分."""
        value = share.value.value
        if value.unit.kind != "ratio" or scale is None or weight is not None:
            self.found.append(Diagnostic("E105", f"「{head.name.text}」的「{share.span.text}」要与满分一起写，分值不再写", share.span,
                                         "写成：满分 100分，占 50%"))
            return weight
        return scale * value.amount

    def _one_of(self, combine: t.Combine | None) -> Combiner | None:
        """How one child of a group counts; only 取高 and 取低 have a meaning there."""
        if combine is None:
            return None
        made = _COMBINERS[combine.combiner]
        if made not in (Combiner.BEST, Combiner.WORST):
            self.found.append(Diagnostic("E211", f"一级、二级指标不能写「{combine.span.text}」", combine.span,
                                         "几类取一类的写「合成 取高」或「合成 取低」；要相加的，去掉这一条"))
        return made

    def _weight(self, block: t.Block, on_heading: t.Literal | None) -> Fraction | None:
        said = only(block, t.Weight, self.found)
        literal = on_heading or (said.value if said else None)
        if on_heading and said:
            self.found.append(Diagnostic("E108", f"「{block.head.name.text}」的分值写了两次", said.span, "只留一处"))
        return points_of(literal, self.found) if literal else None

    def _indicator(self, block: t.Block, head: t.GroupHead, levels: tuple[str, ...], above: tuple[Veto, ...]) -> Indicator:
        name = head.name.text
        plain = self._weight(block, head.weight)
        weight = self._weight_now(block, plain)
        depends = any(isinstance(c.result, t.Weight) for c in all_of(block, t.When))
        if weight is None and not depends:
            self.found.append(_no_weight(head))
        elif weight is not None and weight <= 0 and not depends:
            self.found.append(Diagnostic("E210", f"「{name}」的分值必须大于 0", head.span, "写上分值，或删去这个指标"))
        return self._made(block, name, (*levels, name), weight or Fraction(0), above, None, plain is not None)

    def _weight_now(self, block: t.Block, plain: Fraction | None) -> Fraction | None:
        """The weight on the last day of the year, where that is the day of the evaluation; else the *plain* one."""
        holding = at_year_end(timed_weights(block), self.context.scope)
        said = holding[0].result if holding else None
        return points_of(said.value, self.found) if isinstance(said, t.Weight) else plain

    def _made(self, block: t.Block, name: str, levels: tuple[str, ...], weight: Fraction, above: tuple[Veto, ...],
              outside: Outside | None, weighed: bool = True) -> Indicator:
        path, span = "/".join(levels), block.head.span
        if name in self.context.data:
            self.found.append(twice("名称", name, self.context.data[name].span, span))
        targets = self.targets.read(block)
        combine, policy = only(block, t.Combine, self.found), only(block, t.NotApplicablePolicy, self.found)
        actual = only(block, t.ActualIs, self.found)
        method = self.methods.read(block, outside is not None)
        if actual and method and method.rule.actual is not None:
            self.found.append(Diagnostic("E108", f"实际值由「{actual.span.text}」算出，计分方法「{method.rule.name}」又自己算实际值", actual.span,
                                         "两者只留其一", (Note("方法在这里", method.rule.span),)))
        unbounded = all_of(block, t.Unbounded)
        return Indicator(
            name, path, levels, weight, targets, self._expected(targets, block, method),
            self.targets.data_only.expr(actual.value) if actual else None, method,
            self._parts(block, path), _COMBINERS[combine.combiner] if combine else None,
            policy_of(policy), basis(block), notes(block), span, self._default(policy),
            (*above, *vetoes(block, self.to, False)), alerts(block, self.to), weight_cases(block, self._without_items(), weighed, self.found),
            outside, any(c.top for c in unbounded), any(not c.top for c in unbounded), aggregation(block, self.found),
        )

    def _expected(self, targets: tuple[TargetCase, ...], block: t.Block, method: MethodUse | None) -> Expected:
        """What the cell holds: one of the verdicts that the rule compares it with, else what the target or the rows say."""
        said = verdicts(method.rule) if method and not any(isinstance(case.target, Bound | Deadline) for case in targets) else ()
        return Expected(Kind.CHOICE, None, said) if said else self.targets.expected(targets, block)

    def _without_items(self) -> Expressions:
        """For what must be known before any item is scored."""
        return Expressions(changed(self.targets.data_only.scope, items=None), self.found)

    def _default(self, policy: t.NotApplicablePolicy | None) -> Fraction | None:
        """The points of 不适用 得 …; they are a number."""
        if policy is None or policy.points is None:
            return None
        made = self.to.points(policy.points)
        if isinstance(made, k.Number) and made.value.unit.kind == "score":
            return made.value.amount
        self.found.append(Diagnostic("E105", f"「{policy.points.span.text}」不是一个分数", policy.points.span, "写成一个数，如 8分"))
        return None

    # ---- parts

    def _parts(self, block: t.Block, path: str) -> tuple[Part, ...]:
        parts: list[Part] = []
        seen: dict[str, Span] = {}
        if any(headed(block.blocks, t.PartHead)):
            for extra in (c for c in block.clauses if isinstance(c, (*TARGET_CLAUSES, t.ActualIs, t.AddUp))
                          or (isinstance(c, t.AverageBy) and not c.scores)):
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
                              self.targets.expected(targets, child if targets else block), head.span,
                              aggregation(child, self.found)))
        return tuple(parts)


def policy_of(said: t.NotApplicablePolicy | None) -> NotApplicable | None:
    """What 不适用 says."""
    return None if said is None else NotApplicable.POINTS if said.points else NotApplicable[said.policy]


def points_of(literal: t.Literal, found: list[Diagnostic]) -> Fraction:
    """The points that a weight or total writes; E104 where it has another unit."""
    value = as_score(literal.value)
    if value.unit.kind != "score":
        found.append(Diagnostic("E104", f"「{literal.span.text}」不是分数", literal.span, f"写成「{value.shown}分」"))
    return value.amount


def _no_weight(head: t.GroupHead) -> Diagnostic:
    name = head.name.text
    swallowed = _SWALLOWED.search(name)
    hint = f"名称和分值之间空一格：{name[: swallowed.start()]} {swallowed[1]}" if swallowed else f"写成「{head.span.text} 10分」"
    return Diagnostic("E210", f"「{name}」没有分值", head.span, hint)
