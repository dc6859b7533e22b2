"""The headings over the indicators: their names where the form leaves them out, and the points that they declare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from perfdsl.forms.draft_items import ItemDraft, heading_name, points
from perfdsl.forms.form import Form

_USUAL = (("产出指标", re.compile("数量|质量|时效|成本")), ("效益指标", re.compile("效益|可持续|影响")), ("满意度指标", re.compile("满意")))


def usual(second: str) -> str:
    """The 一级指标 under which a 二级指标 usually stands; empty where it is none of the usual ones."""
    return next((name for name, words in reversed(_USUAL) if words.search(second)), "")


def first(item: ItemDraft) -> str:
    """The 一级指标 of an item; where its cell has only points, the usual one of its 二级指标."""
    return (item.levels[0] if item.levels else "") or usual(item.second)


def declared_weights(form: Form) -> dict[tuple[str, ...], Fraction]:
    """The points of the headings by their path; a heading that comes twice with different points has none."""
    found: dict[tuple[str, ...], set[Fraction]] = {}
    for path, weight in _headings(form):
        found.setdefault(path, set()).add(weight)
    return {path: weights.pop() for path, weights in found.items() if len(weights) == 1}


def _headings(form: Form) -> Iterator[tuple[tuple[str, ...], Fraction]]:
    above = ""
    for at, heading in enumerate(form.headings):
        name = heading_name(heading.name)
        if heading.level == 1:
            above = name or usual(next((h.name for h in form.headings[at + 1:] if h.level == 2), ""))
        weight = points(heading.weight)
        if weight and heading.level in (1, 2):
            yield ((above,) if heading.level == 1 else (above, name)), weight


def whole_weight(items: Sequence[ItemDraft], declared: Mapping[tuple[str, ...], Fraction]) -> Fraction:
    """What the ruleset adds up to: a heading counts what it declares."""
    under: dict[str, Fraction] = {}
    for item in items:
        under[first(item)] = under.get(first(item), Fraction(0)) + item.weight
    return sum((declared.get((name,), weight) if name else weight for name, weight in under.items()), Fraction(0))
