"""The total after its items: bonus and penalty items, caps and overrides, and which conditions hold."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model import effects as e
from perfdsl.model import kernel as k
from perfdsl.model.references import LOWEST_RATE, TOTAL, UNROUNDED_TOTAL
from perfdsl.model.ruleset import Outside, Ruleset
from perfdsl.model.walk import every, names
from perfdsl.quantity import Rounding, score
from perfdsl.record import record
from perfdsl.regions import samples
from perfdsl.score.groups import Points, lowest_rate, total_of
from perfdsl.score.interpret import Gap, Interpreter
from perfdsl.score.scorecard import Row, Status
from perfdsl.score.unit import Unit
from perfdsl.score.values import quantity

EXACT = Rounding(None)
_ZERO = Fraction(0)


@record
class Sum:
    """What the items make: the form's own points, the bonus, the penalty (0 or less)."""

    form: Fraction
    bonus: Fraction
    penalty: Fraction

    @property
    def whole(self) -> Fraction:
        return self.form + self.bonus + self.penalty


def added_up(unit: Unit, points: Points) -> Sum | None:
    """The sum of the items; None where nothing of the form applies."""
    form = total_of(unit.ruleset, unit.row, points)
    if form is None:
        return None
    bonus, penalty = (_outside(unit, kind, points) for kind in (Outside.BONUS, Outside.PENALTY))
    most, least = unit.ruleset.bonus_limit, unit.ruleset.penalty_limit
    return Sum(form, bonus if most is None else min(bonus, most), penalty if least is None else max(penalty, -least))


def _outside(unit: Unit, kind: Outside, points: Points) -> Fraction:
    rows = (unit.row(i) for i in unit.ruleset.outside if i.outside is kind)
    return sum((_ZERO if row.status is Status.NOT_APPLICABLE else points(row) for row in rows), _ZERO)


def rounding_of(ruleset: Ruleset) -> Rounding:
    return ruleset.total_rounding or EXACT


class Conditions:
    """The conditions that the ruleset puts on the whole, for one value of the total.  `waiting` collects what is not there."""

    def __init__(self, unit: Unit, value: Fraction) -> None:
        self.unit = unit
        self.waiting: dict[str, None] = {}
        self.to: Interpreter = unit.interpreter(unit.facts.of(""), set(), {
            TOTAL: lambda: score(rounding_of(unit.ruleset).apply(value)), UNROUNDED_TOTAL: lambda: score(value),
            LOWEST_RATE: lambda: lowest_rate(unit.ruleset, unit.row),
        })

    def held(self, condition: k.Condition | None) -> bool | None:
        """Whether it holds; None where that cannot be told yet.  What does not apply does not hold."""
        if condition is None:
            return True
        found = self.to.condition(condition, [])
        if not isinstance(found, Gap):
            return found
        if found.status is Status.NOT_APPLICABLE:
            return False
        self._wait(found, condition)
        return None

    def points(self, node: k.Expr) -> Fraction | None:
        """The points that an effect gives; None where they cannot be told yet."""
        found = self.to.expr(node)
        if isinstance(found, Gap):
            self._wait(found, node)
            return None
        return quantity(found).amount

    def _wait(self, gap: Gap, node: k.Expr | k.Condition) -> None:
        """Note what is not there, or what is wrong with it."""
        if gap.fault is None:
            self.waiting.update(dict.fromkeys(gap.waiting_for or sorted(names(node))))
        elif gap.fault not in self.unit.found:
            self.unit.found.append(gap.fault)


@record
class Limited:
    """A total after the effects: the effects that hold, and the data without which one is undecided."""

    value: Fraction
    effects: tuple[e.Effect, ...]
    waiting: tuple[str, ...]


def limited(unit: Unit, value: Fraction, least: bool, conditions: Conditions | None = None) -> Limited:
    """*value* after every 总分 得, 总分 不高于 and 总分 不低于; what is undecided counts where that makes the total less
    (*least*) or more.  *conditions* are those of *value* where no others are given."""
    conditions = conditions or Conditions(unit, value)
    said: list[e.Effect] = []
    result = (min if least else max)(_given(unit, value, conditions, said))
    for limit in (x for x in unit.ruleset.effects if isinstance(x, e.TotalLimit)):
        held = conditions.held(limit.condition)
        points = conditions.points(limit.points) if held is not False else None
        if held is False or (points is None and limit.lowest is least):
            continue
        open_end = _ZERO if least else max(result, unit.ruleset.weight)
        end = open_end if points is None else points
        if (end > result if limit.lowest else end < result) and (least is not limit.lowest if held is None else held):
            result = end
            said += [limit] if held and points is not None else []
    return Limited(result, tuple(said), tuple(conditions.waiting))


def _given(unit: Unit, value: Fraction, conditions: Conditions, said: list[e.Effect]) -> list[Fraction]:
    """What the total can be by 总分 得: the first that holds decides; each undecided one above it may, and else *value*."""
    found: list[Fraction] = []
    for effect in (x for x in unit.ruleset.effects if isinstance(x, e.TotalGives)):
        held = conditions.held(effect.condition)
        if held is False:
            continue
        points = conditions.points(effect.points)
        found += [_ZERO, max(value, unit.ruleset.weight)] if points is None else [points]
        if held:
            said += [effect] if points is not None else []
            return found
    return [*found, value]


def between(unit: Unit, low: Fraction, high: Fraction) -> tuple[Limited, Limited]:
    """The least and the greatest total that a sum from *low* to *high* can make; the conditions may change on the way."""
    if low == high:
        return limited(unit, low, True), limited(unit, high, False)
    ends: list[tuple[Limited, Limited]] = []
    for point, region in samples(sorted({low, high, *(x for x in thresholds(unit.ruleset) if low < x < high)})):
        if low <= point <= high:
            at = Conditions(unit, point)
            left, right = (point if end is None else end for end in (region.low, region.high))
            ends.append((limited(unit, left, True, at), limited(unit, right, False, at)))
    return min((a for a, _ in ends), key=lambda x: x.value), max((b for _, b in ends), key=lambda x: x.value)


def thresholds(ruleset: Ruleset) -> set[Fraction]:
    """Where a condition on the total can change: the numbers that it is compared with, and what is rounded to them."""
    said = [x.condition for x in (*ruleset.effects, *ruleset.grades) if x.condition is not None]
    found = {c.right.value.amount for one in said for c in every(one)
             if isinstance(c, k.Comparison) and isinstance(c.right, k.Number) and names(c.left) & {TOTAL, UNROUNDED_TOTAL}}
    places = rounding_of(ruleset).places
    half = Fraction(1, 2 * 10 ** places) if places is not None else _ZERO
    return found | {x - half for x in found} | {x + half for x in found}


def whole(unit: Unit, points: Points) -> Limited | None:
    """The total before it is rounded, for one score of every row."""
    made = added_up(unit, points)
    return None if made is None else limited(unit, made.whole, True)


def points_of(chosen: Row, points: Fraction) -> Points:
    """The least points of every row, but *points* for one."""
    return lambda row: points if row is chosen else row.low
