"""Weights: the parts of a whole add up to it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Group, Indicator, Ruleset, weight_of, weight_of_children
from perfdsl.model.walk import names
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.source import Span

_STANDARD = {"预算执行": Fraction(10), "产出": Fraction(50), "效益": Fraction(30), "满意度": Fraction(10)}
"""The weights of 财预〔2020〕10号 by what the level-1 group is called."""


def groups(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E201: what stands under a group adds to something else than the group's own weight."""
    waiting = list(ruleset.groups)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Group):
            waiting += node.children
            yield from _group(node, ruleset.span.source.name)


def _group(group: Group, file: str) -> Iterator[Diagnostic]:
    below = weight_of_children(group)
    said = group.weight if group.scale is None else group.scale
    if not group.children:
        yield Diagnostic("E201", f"「{group.name}」下面没有指标", group.span, "写上它的三级指标，或删去这一行")
    elif group.combiner is not None and len({weight_of(child) for child in group.children}) > 1:
        each = tuple(Note(f"{child.name} {_points(weight_of(child))}", child.span) for child in group.children)
        yield Diagnostic("E201", f"「{group.name}」各项取一项（合成 {group.combiner.value}），各项的分值却不相同", group.span,
                         "让各项的分值都等于它的分值", each)
    elif any(indicator.weights for indicator in _indicators(group)):
        return
    elif said is not None and below != said:
        notes = tuple(Note(f"{child.name} {_points(weight_of(child))}", child.span) for child in group.children)
        edits = [i for i in _indicators(group) if i.span.source.name == file] if group.span.source.name != file else []
        if edits:
            notes = (Note(f"{group.name} {_points(said)}", group.span), *notes)
        yield Diagnostic(
            "E201", f"「{group.name}」{'满分' if group.scale is not None else ''}写的是 {_points(said)}，下面各项加起来是 {_points(below)}",
            edits[0].span if edits else group.span,
            f"把「{group.name}」改成 {_points(below)}，或调整下面的分值（相差 {_points(abs(below - said))}）", notes,
        )


def _indicators(group: Group) -> Iterator[Indicator]:
    for child in group.children:
        if isinstance(child, Indicator):
            yield child
        else:
            yield from _indicators(child)


def total(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E202: all weights add to something else than the declared total.  A remark where the ruleset accepts it."""
    declared, parts = ruleset.declared_total, _tops(ruleset)
    sum_of_parts = sum((p.weight for p in parts), Fraction(0))
    if any(indicator.weights for indicator in ruleset.indicators()):
        yield from _by_options(ruleset)
        return
    if declared is None or not parts or sum_of_parts == declared:
        return
    parts_said = tuple(Note(f"{p.name} {_points(p.weight)}", p.span) for p in parts)
    declared_here = (Note(f"总分在这里声明为 {_points(declared)}", ruleset.total_span),) if ruleset.total_span else ()
    adding = " + ".join(decimal_text(p.weight) for p in parts)
    sums = f"{adding} = {_points(sum_of_parts)}" if len(parts) > 1 else _points(sum_of_parts)
    message = f"各一级指标分值合计 {sums}，总分声明为 {_points(declared)}"
    accepted = ruleset.accepted
    if accepted is not None and accepted.weight == sum_of_parts:
        yield Diagnostic("E202", f"{message}；规则集已声明接受", accepted.span, "", declared_here, Severity.REMARK)
        return
    wrong, hint = _repair(parts, declared, sum_of_parts)
    yield Diagnostic("E202", message, wrong.span if wrong else ruleset.total_span, hint, (*declared_here, *parts_said))


@record
class _Top:
    """A level-1 entry, its weight and where the weight stands."""

    name: str
    weight: Fraction
    span: Span


def _tops(ruleset: Ruleset) -> list[_Top]:
    return [_Top(node.name, weight_of(node), node.span) for node in ruleset.groups]


def _repair(parts: list[_Top], declared: Fraction, found: Fraction) -> tuple[_Top | None, str]:
    """The one weight whose change to the national standard's makes the sum right, if there is one, and what to do."""
    for part in parts:
        standard = next((weight for word, weight in _STANDARD.items() if word in part.name), part.weight)
        if part.weight != standard and found - part.weight + standard == declared:
            return part, f"按财预〔2020〕10号的 10/50/30/10，「{part.name}」应为 {_points(standard)}（现为 {_points(part.weight)}）"
    return None, f"调整分值使合计为 {_points(declared)}；确实要用这个合计的，写「接受 分值合计 {_points(found)}」"


def _points(value: Fraction) -> str:
    return f"{decimal_text(value)}分"


# ---- weights that depend on the unit

_MOST_UNITS = 1000


def _by_options(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E202 for every kind of unit whose weights do not add up; a remark where the kinds cannot be listed."""
    declared = ruleset.declared_total
    conditions = [case.condition for i in ruleset.indicators() for case in i.weights]
    asked = sorted({name for condition in conditions for name in names(condition)})
    options = {d.name: d.expected.options for d in ruleset.data}
    lists = [options.get(name) or () for name in asked]
    place = ruleset.total_span or ruleset.span
    if declared is None or math.prod(map(len, lists)) not in range(1, _MOST_UNITS):
        yield Diagnostic("W306", "分值随数据而变，合计要有了数据才能核对", place, "让条件只用可选的值（如 数据 地区（东部、西部）），检查时就能逐种核对",
                         severity=Severity.WARNING)
        return
    for chosen in itertools.product(*lists):
        kind = dict(zip(asked, chosen, strict=True))
        found = sum((_weight_for(node, kind) for node in ruleset.groups), Fraction(0))
        words = "，".join(f"{name} = {option}" for name, option in kind.items())
        for group, below in _groups_off(ruleset, lambda node, kind=kind: _weight_for(node, kind)):  # type: ignore[misc]  # bound at once
            yield Diagnostic("E201", f"{words} 的单位，「{group.name}」写的是 {_points(_said(group))}，下面各项加起来是 {_points(below)}",
                             group.span, "核对下面「当 …，分值 …」各条，或不写它的分值")
        if found != declared:
            yield Diagnostic("E202", f"{words} 的单位，分值合计 {_points(found)}，总分声明为 {_points(declared)}", place,
                             "核对「当 …，分值 …」各条", tuple(Note(c.span.text, c.span) for i in ruleset.indicators() for c in i.weights[:1]))


def _said(group: Group) -> Fraction:
    return (group.weight if group.scale is None else group.scale) or Fraction(0)


def _groups_off(ruleset: Ruleset, weight: Callable[[Group | Indicator], Fraction]) -> Iterator[tuple[Group, Fraction]]:
    """The groups that declare another weight than what stands under them has, by *weight*; and that weight."""
    waiting = list(ruleset.groups)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Group):
            waiting += node.children
            below = _together(node, [weight(child) for child in node.children])
            depends = any(indicator.weights for indicator in _indicators(node))
            if depends and (node.weight is not None or node.scale is not None) and below != _said(node):
                yield node, below


def _weight_for(node: Group | Indicator, kind: Mapping[str, str]) -> Fraction:
    if isinstance(node, Indicator):
        return next((case.weight for case in node.weights if _holds(case.condition, kind)), node.weight)
    if node.weight is not None:
        return node.weight
    return _together(node, [_weight_for(child, kind) for child in node.children])


def _together(group: Group, weights: list[Fraction]) -> Fraction:
    """What the children of a group make: their sum, or the weight of the one that counts."""
    return max(weights, default=Fraction(0)) if group.combiner else sum(weights, Fraction(0))


def _holds(condition: k.Condition, kind: Mapping[str, str]) -> bool:
    """Whether a condition on options holds for one kind of unit."""
    if isinstance(condition, k.Logic):
        return (all if condition.op == "且" else any)(_holds(part, kind) for part in condition.operands)
    if not isinstance(condition.left, k.Name) or not isinstance(condition.right, k.Word):
        return False
    return (kind[condition.left.name] == condition.right.text) is (condition.op is k.Comparator.EQ)
