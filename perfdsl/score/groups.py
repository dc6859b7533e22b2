"""What the groups of the form reach: sums, 满分 inside a group, 取高 and 取低 of groups, and what does not apply."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfdsl.model.ruleset import Combiner, Group, Indicator, NotApplicable, Ruleset, weight_of, weight_of_children
from perfdsl.quantity import of, score
from perfdsl.record import record
from perfdsl.score.interpret import Gap, Result
from perfdsl.score.scorecard import Row, Status
from perfdsl.units import PURE

OPEN = (Status.MISSING, Status.MANUAL)
Rows = Callable[[Indicator], Row]
Points = Callable[[Row], Fraction]


@record
class Reached:
    """The points of a node, the weight that they stand for, and the weight that others in its level-1 group carry for it."""

    points: Fraction
    applicable: Fraction
    carried_here: Fraction = Fraction(0)


_NOTHING = Reached(Fraction(0), Fraction(0))


def total_of(ruleset: Ruleset, rows: Rows, points: Points) -> Fraction | None:
    """What all of the form reaches, with the weight of what does not apply carried by the rest; None where nothing can."""
    tops = [level1(node, ruleset, rows, points) for node in ruleset.groups]
    applicable = sum((top.applicable for top in tops if top), Fraction(0))
    if None in tops or applicable == 0:
        return None
    return sum((top.points for top in tops if top), Fraction(0)) * ruleset.weight / applicable


def level1(node: Group | Indicator, ruleset: Ruleset, rows: Rows, points: Points) -> Reached | None:
    """A node under the ruleset itself; None where its rest must carry a weight and there is no rest."""
    made = reached(node, ruleset, rows, points)
    if made.carried_here == 0:
        return made
    if made.applicable == 0:
        return None
    whole = made.applicable + made.carried_here
    return Reached(made.points * whole / made.applicable, whole)


def reached(node: Group | Indicator, ruleset: Ruleset, rows: Rows, points: Points) -> Reached:
    """What a node reaches, in the scale of the group in which it stands."""
    if isinstance(node, Indicator):
        return _leaf(rows(node), ruleset, points)
    under = [reached(child, ruleset, rows, points) for child in node.children]
    made = _picked(under, node) if node.combiner else _added(under)
    return _scaled(made, weight_of(node) / node.scale) if node.scale else made


def _leaf(row: Row, ruleset: Ruleset, points: Points) -> Reached:
    match dropped(ruleset, row):
        case None:
            return Reached(points(row), row.indicator.weight)
        case NotApplicable.SCALE_GROUP:
            return Reached(Fraction(0), Fraction(0), row.indicator.weight)
    return _NOTHING


def _added(under: list[Reached]) -> Reached:
    return Reached(*(sum((getattr(r, name) for r in under), Fraction(0)) for name in ("points", "applicable", "carried_here")))


def _picked(under: list[Reached], group: Group) -> Reached:
    """The best or the worst of the children that apply, each counted as the whole group."""
    weight = weight_of_children(group)
    counted = [r.points * weight / r.applicable for r in under if r.applicable]
    if not counted:
        return Reached(Fraction(0), Fraction(0), weight if any(r.carried_here for r in under) else Fraction(0))
    return Reached(max(counted) if group.combiner is Combiner.BEST else min(counted), weight)


def _scaled(made: Reached, factor: Fraction) -> Reached:
    return Reached(made.points * factor, made.applicable * factor, made.carried_here * factor)


def dropped(ruleset: Ruleset, row: Row) -> NotApplicable | None:
    """How a row that does not apply is left out; None where it counts."""
    if row.status is not Status.NOT_APPLICABLE or row.score is not None:
        return None
    return row.indicator.not_applicable or ruleset.not_applicable or NotApplicable.SCALE_ALL


# ---- a group that others refer to


@record
class GroupScore:
    """A group's own points and the weight that they stand for; `waiting` are its rows without a score."""

    points: Fraction
    applicable: Fraction
    waiting: tuple[str, ...]

    def field(self, name: str) -> Result:
        """`得分`, `得分率` or `分值` of the group, in its own scale."""
        if name == "分值":
            return score(self.applicable)
        if self.waiting:
            return Gap(Status.MISSING, self.waiting)
        if self.applicable == 0:
            return Gap(Status.NOT_APPLICABLE)
        return score(self.points) if name == "得分" else of(self.points / self.applicable, PURE)


def group_score(node: Group | Indicator, ruleset: Ruleset, rows: Rows) -> GroupScore:
    """What a node of the form has reached so far."""
    made = level1(node, ruleset, rows, lambda row: row.low) or _NOTHING
    factor = node.scale / weight_of(node) if isinstance(node, Group) and node.scale and weight_of(node) else Fraction(1)
    waiting = tuple(i.name for i in leaves(node) if rows(i).status in OPEN)
    return GroupScore(made.points * factor, made.applicable * factor, waiting)


def lowest_rate(ruleset: Ruleset, rows: Rows) -> Result:
    """一级指标最低得分率: of the level-1 groups that apply, the least share of the points that can be reached."""
    scores = [group_score(node, ruleset, rows) for node in ruleset.groups]
    waiting = tuple(name for one in scores for name in one.waiting)
    rates = [one.points / one.applicable for one in scores if one.applicable]
    if waiting or not rates:
        return Gap(Status.MISSING if waiting else Status.NOT_APPLICABLE, waiting)
    return of(min(rates), PURE)


def leaves(node: Group | Indicator) -> Iterator[Indicator]:
    if isinstance(node, Indicator):
        yield node
    else:
        for child in node.children:
            yield from leaves(child)
