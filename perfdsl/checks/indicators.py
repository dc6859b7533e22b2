"""Each indicator can be scored: it has a rule, and the target that its rule needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model.kernel import (
    Arithmetic,
    Choice,
    Comparator,
    Comparison,
    Expr,
    Interpolation,
    Name,
    Number,
    Rule,
    Stepped,
    StepTotal,
)
from perfdsl.model.readings import COMBINERS, unsaid
from perfdsl.model.ruleset import Bound, Combiner, Indicator, Kind, Outcome, Part, Ruleset
from perfdsl.model.walk import every, names, rule_parts, rules
from perfdsl.quantity import decimal_text
from perfdsl.units import pattern

_NEED_TARGET = {"目标值", "完成率"}


def scored(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E209: an indicator without a rule."""
    for indicator in ruleset.indicators():
        if indicator.method is None and not indicator.parts:
            near = "、".join(rule.name for rule in ruleset.methods[:6]) or "先写「引用 「标准计分方法」」"
            yield Diagnostic("E209", f"「{indicator.name}」没有说怎样计分", indicator.span,
                             f"写「计分 方法」，可用的方法：{near}；或写自己的规则：当 … 得 …，否则 得 …")


def targets(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E208: no target where the rule reads 目标值 or 完成率."""
    needy: dict[int, bool] = {}
    for indicator in ruleset.indicators():
        if indicator.method is None:
            continue
        rule = indicator.method.rule
        if id(rule) not in needy:
            needy[id(rule)] = bool(_NEED_TARGET & {name for part in rule_parts(rule) for name in names(part)})
        if not needy[id(rule)]:
            continue
        for item in indicator.parts or (indicator,):
            if not item.targets:
                called = f"计分方法「{rule.name}」" if rule.name else "它的规则"
                yield Diagnostic("E208", f"「{item.name}」没有目标，而{called}要用目标值", item.span, "写「目标 ≥ …」",
                                 (Note("规则在这里", rule.span),))


def directions(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E221: the rule gives full marks on the side of the target that the target does not want."""
    sides = {id(rule): _full_side(rule) for rule in rules(ruleset)}
    for indicator in ruleset.indicators():
        full = sides[id(indicator.method.rule)] if indicator.method else None
        items: tuple[Indicator | Part, ...] = indicator.parts or (indicator,)
        for target in (case.target for item in items for case in item.targets):
            if full is not None and isinstance(target, Bound) and {full, target.op} in _OPPOSED:
                assert indicator.method is not None
                rule = indicator.method.rule
                called = f"计分方法「{rule.name}」" if rule.name else "规则"
                yield Diagnostic("E221", f"「{indicator.name}」的目标是「{target.text}」，{called}却在实际值 {full} 目标值时给满分",
                                 target.span, "核对目标的方向；越小越好的用「反向比率」「反向线性」等，越大越好的用「正向比率」等",
                                 (Note("规则在这里", rule.span),))


_OPPOSED = [{up, down} for up in (Comparator.GE, Comparator.GT) for down in (Comparator.LE, Comparator.LT)]


def _full_side(rule: Rule) -> Comparator | None:
    """The comparison of 实际值 with 目标值 at which the rule gives 分值; None where it has none."""
    sides = {
        case.condition.op
        for choice in every(rule.score) if isinstance(choice, Choice)
        for case in choice.cases
        if isinstance(case.condition, Comparison) and isinstance(case.value, Name) and case.value.name == "分值"
        and isinstance(case.condition.left, Name) and case.condition.left.name == "实际值"
        and isinstance(case.condition.right, Name) and case.condition.right.name == "目标值"
    }
    return sides.pop() if len(sides) == 1 else None


def composites(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E211: a composite that does not say how its parts combine.  W303: one that does not say how they score."""
    for indicator in ruleset.indicators():
        if indicator.parts:
            yield from _composite(indicator)
        elif indicator.combiner:
            yield Diagnostic("E211", f"「{indicator.name}」写了「合成」，却没有分项", indicator.span, "写：分项 名称，目标 ≥ …")


def _composite(indicator: Indicator) -> Iterator[Diagnostic]:
    if indicator.combiner is None:
        yield unsaid("E211", f"「{indicator.name}」有 {len(indicator.parts)} 个分项，没有说怎样合成", indicator.span, COMBINERS)
    for part in indicator.parts:
        if indicator.combiner not in (None, Combiner.WEIGHTED) and part.weight is not None:
            yield Diagnostic("E211", f"分项「{part.name}」写了分值，而「合成 {indicator.combiner.value}」不用分项的分值", part.span,
                             "各分项有自己的分值时，写「合成 加权」；否则删去分项的分值")
        if indicator.combiner is Combiner.ALL_MET and not part.targets:
            yield Diagnostic("E208", f"分项「{part.name}」没有目标，「合成 全部达标」要看它达没达标", part.span, "写「目标 ≥ …」")
        if indicator.combiner is Combiner.WEIGHTED and part.weight is None:
            yield Diagnostic("E210", f"「合成 加权」的分项「{part.name}」没有分值", part.span, f"写成「分项 {part.name} 5分」")
    if indicator.combiner is Combiner.WEIGHTED:
        yield from _part_weights(indicator)
    if indicator.method is None and indicator.combiner is not Combiner.ALL_MET:
        yield from _unsaid_method(indicator)


def _part_weights(indicator: Indicator) -> Iterator[Diagnostic]:
    given = [p.weight for p in indicator.parts if p.weight is not None]
    if len(given) == len(indicator.parts) and sum(given) != indicator.weight:
        yield Diagnostic("E201", f"「{indicator.name}」是 {indicator.weight}分，各分项加起来是 {sum(given)}分", indicator.span,
                         "让各分项的分值加起来等于指标的分值",
                         tuple(Note(f"{p.name} {p.weight}分", p.span) for p in indicator.parts))


def _unsaid_method(indicator: Indicator) -> Iterator[Diagnostic]:
    """Without 计分 the parts go by their completion, which only an ≥ target fixes."""
    for part in indicator.parts:
        bound = part.targets[0].target if part.targets else None
        if not (isinstance(bound, Bound) and bound.op is Comparator.GE):
            yield Diagnostic("E209", f"分项「{part.name}」没有说怎样计分", part.span,
                             f"给「{indicator.name}」写「计分 反向比率」或「计分 反向线性」等，各分项都用它")
            return
    yield Diagnostic("W303", f"「{indicator.name}」没有写「计分」，各分项按完成率计、完成即满分", indicator.span,
                     "写明：计分 正向比率", severity=Severity.WARNING)


_ORDINAL = ("月", "年", "日", "期", "届", "岁")
"""Units that more often number than measure: 7月进度, 2期工程."""
_HIDDEN = re.compile(rf"[0-9０-９]+(?:[.．][0-9０-９]+)?(?:{pattern()})")


def hidden_targets(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """W302: a name that holds a number with a unit, as in 税收3亿元.  One that swallowed its weight is E210."""
    for indicator in ruleset.indicators():
        items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
        for item in items:
            hidden = _HIDDEN.search(item.name)
            if hidden is None or hidden[0].endswith(_ORDINAL):
                continue
            if len(_HIDDEN.findall(item.name)) > 1:
                message, hint = "名称里有几个目标", "每个目标写成一个「分项 名称，目标 ≥ …」，再写「合成 平均」等"
            elif hidden[0].endswith("分"):
                continue
            elif item.targets and not isinstance(item.targets[0].target, Outcome):
                message, hint = "名称里另有一个数，与目标重复", f"名称改成「{item.name.replace(hidden[0], '')}」"
            else:
                name = item.name.replace(hidden[0], "")
                message, hint = "目标好像藏在名称里", f"名称改成「{name}」，另写「目标 ≥ {hidden[0]}」"
            yield Diagnostic("W302", f"「{item.name}」：{message}", item.span, hint, severity=Severity.WARNING)


def relative_steps(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104: a step in per cent of a target that has no unit: a point or a hundredth of it?"""
    for indicator in ruleset.indicators():
        items: tuple[Indicator | Part, ...] = indicator.parts or (indicator,)
        bare = [i for i in items if i.targets and i.expected.kind is Kind.QUANTITY and not (i.expected.unit and i.expected.unit.symbol)
                and not _is_quotient(i)]
        if not bare or indicator.method is None:
            continue
        for node in every(indicator.method.rule.score):
            for total in node.totals if isinstance(node, Stepped) else ():
                if isinstance(total, StepTotal) and total.steps.size.unit.kind == "ratio" and "目标值" in names(total.steps.amount):
                    yield Diagnostic("E104", f"「{total.span.text}」：目标「{bare[0].targets[0].target.text}」没有单位，看不出一步是百分点还是目标的百分之几",
                                     bare[0].span, "给目标写上单位（20家、90%）；或把一步写成数：每低于 0.2 扣 1分")


def _is_quotient(item: Indicator | Part) -> bool:
    """Whether the target is one number divided by another, which is a rate."""
    target = item.targets[0].target
    return isinstance(target, Bound) and isinstance(target.value, Arithmetic) and target.value.op == "÷"


def percentages(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104: a percentage compared with a bare number: 95 is 95%, or ninety-five times?"""
    rates = {d.name for d in ruleset.data if d.expected.unit and d.expected.unit.kind == "ratio"} | {"完成率"}
    for indicator in ruleset.indicators():
        use = indicator.method
        if use is None or use.rule.name:
            continue
        own = {"实际值"} if indicator.expected.unit and indicator.expected.unit.kind == "ratio" else set()
        for subject, number in _numbers(use.rule.score):
            if isinstance(subject, Name) and subject.name in rates | own:
                shown = decimal_text(number.value.amount)
                yield Diagnostic("E104", f"「{subject.name}」是百分比，「{number.span.text}」没有百分号", number.span, f"写成 {shown}%")


def _numbers(score: Expr) -> Iterator[tuple[Expr, Number]]:
    """What is compared, or interpolated, with a number that has no unit and is not 0."""
    for node in every(score):
        pairs: list[tuple[Expr, Expr]] = []
        if isinstance(node, Comparison):
            pairs = [(node.left, node.right)]
        elif isinstance(node, Interpolation):
            pairs = [(node.at, where) for where, _ in node.anchors]
        yield from ((a, b) for a, b in pairs if isinstance(b, Number) and not b.value.unit.symbol and b.value.amount)
