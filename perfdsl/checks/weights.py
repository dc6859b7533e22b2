"""Weights: the parts of a whole add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model.ruleset import Group, Indicator, Ruleset
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
    if not group.children:
        yield Diagnostic("E201", f"「{group.name}」下面没有指标", group.span, "写上它的三级指标，或删去这一行")
    elif group.weight is not None and below != group.weight:
        notes = tuple(Note(f"{child.name} {_points(_weight(child))}", child.span) for child in group.children)
        edits = [i for i in _indicators(group) if i.span.source.name == file] if group.span.source.name != file else []
        if edits:
            notes = (Note(f"{group.name} {_points(group.weight)}", group.span), *notes)
        yield Diagnostic(
            "E201", f"「{group.name}」写的是 {_points(group.weight)}，下面各项加起来是 {_points(below)}", edits[0].span if edits else group.span,
            f"把「{group.name}」改成 {_points(below)}，或调整下面的分值（相差 {_points(abs(below - group.weight))}）", notes,
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
    return [_Top(node.name, _weight(node), node.span) for node in ruleset.groups]


def _weight(node: Group | Indicator) -> Fraction:
    if isinstance(node, Group) and node.weight is None:
        return weight_of_children(node)
    return node.weight or Fraction(0)


def weight_of_children(group: Group) -> Fraction:
    """What stands directly under the group, added up."""
    return sum((_weight(child) for child in group.children), Fraction(0))


def _repair(parts: list[_Top], declared: Fraction, found: Fraction) -> tuple[_Top | None, str]:
    """The one weight whose change to the national standard's makes the sum right, if there is one, and what to do."""
    for part in parts:
        standard = next((weight for word, weight in _STANDARD.items() if word in part.name), part.weight)
        if part.weight != standard and found - part.weight + standard == declared:
            return part, f"按财预〔2020〕10号的 10/50/30/10，「{part.name}」应为 {_points(standard)}（现为 {_points(part.weight)}）"
    return None, f"调整分值使合计为 {_points(declared)}；确实要用这个合计的，写「接受 分值合计 {_points(found)}」"


def _points(value: Fraction) -> str:
    return f"{decimal_text(value)}分"
