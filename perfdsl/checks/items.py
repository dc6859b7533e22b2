"""What an item does not have is not asked of it: 分值 outside the total, 实际值 of a composite, a rate of what has no weight."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.kernel import ITEM_NAMES
from perfdsl.model.references import split
from perfdsl.model.ruleset import Indicator, Outside, Ruleset
from perfdsl.model.walk import every, expressions, names, rule_parts
from perfdsl.quantity import decimal_text

_OF_VALUES = ("实际值", "目标值", "完成率")


def outside(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E229: an item outside the total whose rule uses 分值, which it does not have.  E103: a group of its kind's name."""
    for item in ruleset.outside:
        use = item.method
        if item.parts or use is None:
            yield Diagnostic("E229", f"{item.outside}「{item.name}」{'不能有分项' if item.parts else '没有写怎样计分'}", item.span,
                             "写成：每出现1次加2分，最多加 4分；或：当 … 加 2分")
        elif "分值" in {name for part in rule_parts(use.rule) for name in names(part)}:
            word = "加" if item.outside is Outside.BONUS else "扣"
            yield Diagnostic("E229", f"{item.outside}「{item.name}」没有分值，规则里却用了「分值」（或得满分、按分值计的方法）", item.span,
                             f"直接写分数：当 … {word} 2分，每出现1次{word}1分", (Note("规则在这里", use.rule.span),))
    kinds = {str(item.outside) for item in ruleset.outside}
    for node in ruleset.groups:
        if node.name in kinds:
            yield Diagnostic("E103", f"「{node.name}」已经是总分以外的那一类，不能再作一级指标的名称", node.span, "换一个名称")


def defaults(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E224: 不适用 得 more than 分值, or less than 0."""
    for indicator in ruleset.indicators():
        if indicator.default is not None and not 0 <= indicator.default <= max((indicator.weight, *(c.weight for c in indicator.weights))):
            yield Diagnostic("E224", f"「不适用 得 {decimal_text(indicator.default)}分」超出 0 到分值 {decimal_text(indicator.weight)}分 的范围",
                             indicator.span, f"最多写 {decimal_text(indicator.weight)}分")


def composites(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E101: a veto or an alert of a composite that asks for its own value, which only its parts have."""
    for indicator in ruleset.indicators():
        if not indicator.parts:
            continue
        for condition in (one.condition for said in (indicator.vetoes, indicator.alerts) for one in said):
            for name in sorted(names(condition) & set(_OF_VALUES)):
                yield Diagnostic("E101", f"「{indicator.name}」有分项，没有自己的「{name}」", condition.span, f"用它的得分率：{indicator.name}.得分率 < 50%")


def references(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E101: a value of a composite, or a rate of an item outside the total, that does not exist.  E104: a rate and a bare number."""
    if ruleset.refers:
        items = {indicator.path: indicator for indicator in ruleset.indicators()}
        for node in (node for part in expressions(ruleset) for node in every(part)):
            if isinstance(node, k.Name):
                yield from _missing(node, items)
    for node in (node for part in expressions(ruleset) for node in every(part) if isinstance(node, k.Comparison)):
        if isinstance(node.left, k.Name) and node.left.name.endswith("得分率") and isinstance(node.right, k.Number):
            number = node.right.value
            if not number.unit.symbol and abs(number.amount) > 1:
                yield Diagnostic("E104", f"「{node.left.name}」是百分比，「{node.right.span.text}」没有百分号", node.right.span,
                                 f"写成 {decimal_text(number.amount)}%")


def _missing(node: k.Name, items: dict[str, Indicator]) -> Iterator[Diagnostic]:
    path, field = split(node.name)
    item = items.get(path)
    if item is None or not field:
        return
    if item.parts and field in _OF_VALUES:
        yield Diagnostic("E101", f"「{item.name}」有分项，没有自己的「{field}」", node.span, f"用它的得分或得分率：{item.name}.得分率")
    if item.outside is not None and field in ("得分率", "分值"):
        yield Diagnostic("E101", f"{item.outside}「{item.name}」没有{field}", node.span, f"用它的得分：{item.name}.得分")


def results(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E101: a 结果应用 that asks for the value or the target of an item, as 分档 without 按 and 每超过 do."""
    for one in ruleset.applications:
        asked = {name for part in rule_parts(one.rule) for name in names(part)} & set(ITEM_NAMES)
        for name in sorted(asked):
            yield Diagnostic("E101", f"结果应用「{one.name}」没有自己的「{name}」", one.span,
                             "写明看什么：按 总分 分档；每出现1次「投诉」加 200元；当 等级 = 优 得 …")
