"""Each indicator can be scored: it has a rule, and the target that its rule needs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model.kernel import Choice, Comparator, Comparison, Name, Rule
from perfdsl.model.ruleset import Bound, Indicator, Outcome, Part, Ruleset
from perfdsl.model.walk import every, names, rule_parts, rules
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
