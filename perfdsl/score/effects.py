"""The total after its items: bonus and penalty items, caps and overrides, and which conditions hold."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model import effects as e
from perfdsl.model import kernel as k
from perfdsl.model.references import LOWEST_RATE, TOTAL, UNROUNDED_TOTAL
from perfdsl.model.ruleset import Outside, Ruleset
from perfdsl.quantity import Rounding, score
from perfdsl.record import record
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
        rounded = rounding_of(unit.ruleset).apply(value)
        self.waiting: dict[str, None] = {}
        self.to: Interpreter = unit.interpreter(unit.facts.of(""), set(), {
            TOTAL: lambda: score(rounded), UNROUNDED_TOTAL: lambda: score(value),
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
        self.waiting.update(dict.fromkeys(found.waiting_for))
        return None

    def points(self, node: k.Expr) -> Fraction | None:
        found = self.to.expr(node)
        return None if isinstance(found, Gap) else quantity(found).amount


@record
class Limited:
    """A total after the effects: the effects that hold, and the data without which one is undecided."""

    value: Fraction
    effects: tuple[e.Effect, ...]
    waiting: tuple[str, ...]


def limited(unit: Unit, value: Fraction, least: bool) -> Limited:
    """*value* after every 总分 得 and 总分 不高于; an undecided one counts where that makes the total less (*least*) or more."""
    conditions = Conditions(unit, value)
    said: list[e.Effect] = []
    result = (min if least else max)(_given(unit, value, conditions, said))
    for limit in (x for x in unit.ruleset.effects if isinstance(x, e.TotalLimit)):
        held, points = conditions.held(limit.condition), conditions.points(limit.points)
        beyond = points is not None and (points > result if limit.lowest else points < result)
        if points is not None and beyond and (least is not limit.lowest if held is None else held):
            result = points
            said += [limit] if held else []
    return Limited(result, tuple(said), tuple(conditions.waiting))


def _given(unit: Unit, value: Fraction, conditions: Conditions, said: list[e.Effect]) -> list[Fraction]:
    """What the total can be by 总分 得: the first that holds decides; each undecided one above it may, and else *value*."""
    found: list[Fraction] = []
    for effect in (x for x in unit.ruleset.effects if isinstance(x, e.TotalGives)):
        held, points = conditions.held(effect.condition), conditions.points(effect.points)
        if held is False or points is None:
            continue
        found.append(points)
        if held:
            said.append(effect)
            return found
    return [*found, value]


def whole(unit: Unit, points: Points, least: bool) -> Limited | None:
    """The total before it is rounded, for one score of every row."""
    made = added_up(unit, points)
    return None if made is None else limited(unit, made.whole, least)


def points_of(chosen: Row, points: Fraction) -> Points:
    """The least points of every row, but *points* for one."""
    return lambda row: points if row is chosen else row.low
