"""What two rulesets say of the whole: policies, what limits the total, grades, data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from perfdsl.compare.result import Change, Regraded
from perfdsl.compare.rules import let_text, one_line, written
from perfdsl.compare.words import NOTHING, policy_text, rounding_text, spans
from perfdsl.data.facts import Facts
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Group, Ruleset, weight_of
from perfdsl.model.walk import expressions, names
from perfdsl.prove.line import Domain, Piece, explore, merged
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import cut
from perfdsl.prove.scores import EXACT
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.regions import Region
from perfdsl.score.effects import rounding_of
from perfdsl.score.grading import graded
from perfdsl.score.rows import bare_row
from perfdsl.score.unit import Unit
from perfdsl.syntax.tree import EVALUATION_DAY

_POLICIES: dict[str, tuple[Callable[[Ruleset], str], tuple[str, ...], bool]] = {
    "取舍 每项得分": (lambda r: rounding_text(r.item_rounding), ("item_rounding",), True),
    "取舍 总分": (lambda r: rounding_text(r.total_rounding), ("total_rounding",), True),
    "不适用": (lambda r: policy_text(r.not_applicable), ("not_applicable",), True),
    "总分": (lambda r: _points(r.declared_total), ("declared_total",), False),
    "接受 分值合计": (lambda r: _points(r.accepted.weight if r.accepted else None), ("accepted",), False),
    "总分 不封顶": (lambda r: "不封顶" if r.uncapped else NOTHING, ("uncapped",), False),
    "加分项合计": (lambda r: _points(r.bonus_limit), ("bonus_limit",), True),
    "减分项合计": (lambda r: _points(r.penalty_limit), ("penalty_limit",), True),
    "等级依据": (lambda r: "取舍前总分" if r.grade_on_unrounded else "总分", ("grade_on_unrounded",), True),
    "等级": (lambda r: spans(r.grades, "等级"), ("grades",), True),
    "偏差原因": (lambda r: spans(r.reasons_due, "偏差原因"), ("reasons_due",), False),
    "预警": (lambda r: spans(r.alerts, "预警"), ("alerts",), False),
    "年度": (lambda r: str(r.year or NOTHING), ("year",), False),
    "名称": (lambda r: r.name, ("name",), False), "版本": (lambda r: r.version or NOTHING, ("version",), False),
    "依据和说明": (lambda r: "；".join((*r.basis, *r.notes)) or NOTHING, ("basis", "notes"), False),
}
"""What is told, in which words, from which fields, and whether a score or a grade hangs on it."""


def _points(value: Fraction | None) -> str:
    return NOTHING if value is None else f"{decimal_text(value)}分"


def whole(old: Ruleset, new: Ruleset) -> tuple[Change, ...]:
    """Everything but the indicators."""
    return tuple(_whole(old, new))


def _whole(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    for what, (tell, fields, points) in _POLICIES.items():
        if any(getattr(old, field) != getattr(new, field) for field in fields):
            yield Change(what, tell(old), tell(new), points)
    yield from _listed("总分和等级的规定", old.effects, new.effects, lambda one: one_line(one.span.text), True)
    yield from _listed("结果应用", old.applications, new.applications, lambda one: spans([one], "结果应用"), False)
    yield from _evaluation_day(old, new)
    yield from _listed("令", _named(old.lets), _named(new.lets), let_text, True)
    yield from _listed("数据", _named(old.data), _named(new.data), lambda one: spans([one], "数据"), False)
    yield from _listed("计分方法", old.methods, new.methods, lambda one: one.name, True)
    yield from _groups(old, new)


def _named(said: Sequence[Any]) -> list[Any]:
    """All but the day of the evaluation, which is told by itself."""
    return [one for one in said if one.name != EVALUATION_DAY]


def _evaluation_day(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    """Which day the periods are looked at for; a score hangs on it where some clause asks for it."""
    first, second = _day(old), _day(new)
    if first != second:
        asked = any(EVALUATION_DAY in names(one) for ruleset in (old, new) for one in expressions(ruleset))
        yield Change(EVALUATION_DAY, first, second, asked)


def _day(ruleset: Ruleset) -> str:
    if any(datum.name == EVALUATION_DAY for datum in ruleset.data):
        return "以数据里填的为准"
    said = next((let.value for let in ruleset.lets if let.name == EVALUATION_DAY), None)
    if not isinstance(said, k.Day):
        return NOTHING if said is None else written(said)
    return f"{said.value}（没有声明，取年度最后一天）"


def _listed(what: str, old: Sequence[Any], new: Sequence[Any], tell: Callable[[Any], str], points: bool) -> Iterator[Change]:
    """What is in one list only; one of the same name in both is one change; only another order is one, too."""
    before, after = [one for one in old if one not in new], [one for one in new if one not in old]
    if not before and not after and old != new and points:
        yield Change(what, "；".join(map(tell, old)), f"{'；'.join(map(tell, new))}（次序不同）", points)
    names = {_name(one): one for one in after if _name(one)}
    for one in before:
        other = names.pop(_name(one), None)
        yield Change(what, tell(one), tell(other) if other else NOTHING, points)
    yield from (Change(what, NOTHING, tell(one), points) for one in after if not _name(one) or _name(one) in names)


def _name(one: Any) -> str:
    return getattr(one, "name", "")


def _groups(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    """Levels of the form in both: their weights, 满分 and 合成."""
    before, after = ({n.path: n for n in r.nodes() if isinstance(n, Group)} for r in (old, new))
    for path, group in after.items():
        other = before.get(path)
        if other is None:
            continue
        if other.name != group.name:
            yield Change("一级、二级指标", other.name, f"{group.name}（改名）", points=False)
        if _settings(other) != _settings(group):
            yield Change(f"{group.name} 的分值", _group_text(other), _group_text(group))


def _settings(group: Group) -> tuple[object, ...]:
    return weight_of(group), group.scale, group.combiner


def _group_text(group: Group) -> str:
    scale = "" if group.scale is None else f"，满分 {decimal_text(group.scale)}分"
    return f"{decimal_text(weight_of(group))}分{scale}" + (f"，合成 {group.combiner.value}" if group.combiner else "")


# ---- grades


def regraded(old: Ruleset, new: Ruleset) -> tuple[Regraded, ...]:
    """The totals of which the grade on the scale differs, before what limits or settles a grade.

    The total is the rounded one where both grade on that and round alike, else the one before rounding.
    """
    if not old.grades or not new.grades or _scale(old) == _scale(new):
        return ()
    before, after = (_as_scale(r, grades_on_rounded(old, new)) for r in (old, new))
    lines = sorted({grade.bound for r in (old, new) for grade in r.grades})
    most = max([old.weight, new.weight, *lines])
    edges = {edge for line in lines for edge in (line - 1, line + 1)}
    found = [piece for region in cut(Region(Fraction(0), most, True, True), edges)
             for piece in explore(lambda x: (_grades(before, x, lines), _grades(after, x, lines)), Domain(region))]
    told = merged(found, lambda a, b: a.value == b.value and a.undecided == b.undecided)
    return tuple(_told(piece) for piece in told if piece.value is None or piece.value[0] != piece.value[1])


def grades_on_rounded(old: Ruleset, new: Ruleset) -> bool:
    return not (old.grade_on_unrounded or new.grade_on_unrounded) and old.total_rounding == new.total_rounding


def _scale(ruleset: Ruleset) -> tuple[object, ...]:
    return ruleset.grades, ruleset.grade_on_unrounded, None if ruleset.grade_on_unrounded else ruleset.total_rounding


def _as_scale(ruleset: Ruleset, on_rounded: bool) -> Ruleset:
    """Only the scale; without rounding where the total is the rounded one already, or the grade does not ask for it."""
    exact = on_rounded or ruleset.grade_on_unrounded
    return changed(ruleset, effects=(), total_rounding=EXACT if exact else ruleset.total_rounding)


def _grades(ruleset: Ruleset, total: Number, lines: Sequence[Fraction]) -> tuple[str, ...]:
    """The grades of a total; far from every line its rounding cannot matter."""
    far = all(abs(total - line) >= 1 for line in lines) and (rounding_of(ruleset).places or 0) >= 0
    own = changed(ruleset, total_rounding=EXACT) if far else ruleset
    return graded(Unit(own, {}, Facts("", ruleset.year, {}), bare_row, own), total).grades


def _told(piece: Piece[tuple[tuple[str, ...], tuple[str, ...]]]) -> Regraded:
    old, new = piece.value or ((), ())
    return Regraded(piece.region, old, new, piece.undecided)
