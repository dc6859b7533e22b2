"""Changes of what a ruleset says of the whole: total, grades, limits, results, groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Combiner, Group, Ruleset
from perfdsl.quantity import score
from perfdsl.record import changed, record
from perfdsl.source import Span
from perfdsl.testing.item_changes import fields, listed, of_points, without
from perfdsl.testing.variants import Variant, inside, variants


@record
class WholeChange:
    """A changed ruleset, where and in words; `everywhere`: it reaches every indicator."""

    ruleset: Ruleset
    span: Span
    words: str
    judged: bool = False
    everywhere: bool = False


def of_whole(ruleset: Ruleset) -> Iterator[WholeChange]:
    for name, found in (("effects", without(ruleset.effects)), ("alerts", without(ruleset.alerts)), ("grades", _of_grades(ruleset)),
                        ("applications", inside(tuple(a.rule for a in ruleset.applications)))):
        for made in found:
            node = made.node
            if name == "applications":
                node = tuple(changed(a, rule=rule) for a, rule in zip(ruleset.applications, node, strict=True))
            yield WholeChange(changed(ruleset, **{name: node}), made.span, made.words, made.judged)
    for made in inside(ruleset.lets):
        yield WholeChange(changed(ruleset, lets=made.node), made.span, made.words, everywhere=True)
    yield from _of_limits(ruleset)
    yield from _of_groups(ruleset)


def _of_grades(ruleset: Ruleset) -> Iterator[Variant]:
    grades = ruleset.grades
    yield from listed(grades)
    for at, grade in enumerate(grades):
        number = k.Number(score(grade.bound), grade.span)
        line = k.Comparison(grade.op, number, number, grade.span)
        for made in (*variants(number), *variants(line)):
            new = made.node if isinstance(made.node, k.Number) else None
            if new is None and made.node.op is grade.op:
                continue
            other = changed(grade, bound=new.value.amount) if new else changed(grade, op=made.node.op)
            yield Variant((*grades[:at], other, *grades[at + 1:]), grade.span, f"等级「{grade.name}」：{made.words}")


def _of_limits(ruleset: Ruleset) -> Iterator[WholeChange]:
    for name, what in (("bonus_limit", "加分项合计的上限"), ("penalty_limit", "减分项合计的上限")):
        limit = getattr(ruleset, name)
        if limit is not None:
            gone = Variant(None, ruleset.span, f"去掉{what}")
            for made in (gone, *of_points(limit, what, ruleset.span)):
                yield WholeChange(changed(ruleset, **{name: made.node}), made.span, made.words)


def _of_groups(ruleset: Ruleset) -> Iterator[WholeChange]:
    """What a group counts where that is not what stands under it, and how its children make one."""
    for group in (node for node in ruleset.nodes() if isinstance(node, Group)):
        changes: list[Variant] = []
        if group.scale is not None and group.weight is not None:
            changes += fields(group, "weight", of_points(group.weight, f"「{group.name}」计入总分的分值", group.span))
        if group.combiner is not None:
            other = Combiner.WORST if group.combiner is Combiner.BEST else Combiner.BEST
            changes.append(Variant(changed(group, combiner=other), group.span, f"合成 {group.combiner.value} 改为 合成 {other.value}"))
        for made in changes:
            yield WholeChange(_with_group(ruleset, group, made.node), made.span, made.words)


def _with_group(ruleset: Ruleset, old: Group, new: Group) -> Ruleset:
    def node(one: Any) -> Any:
        if one is old:
            return new
        return changed(one, children=tuple(map(node, one.children))) if isinstance(one, Group) else one

    return changed(ruleset, groups=tuple(map(node, ruleset.groups)))
