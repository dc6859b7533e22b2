"""汇总 得分: the mean of the scores that the members of a unit have by themselves."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.aggregate import weights_off
from perfdsl.model.ruleset import Indicator
from perfdsl.quantity import Quantity, of
from perfdsl.record import changed
from perfdsl.score.scorecard import AverageStep, Outcome, Row, Status
from perfdsl.score.unit import Unit

_ZERO = Fraction(0)


def averaged(unit: Unit, indicator: Indicator) -> Outcome:
    """The mean of the members' scores of one indicator, weighted by a datum of theirs where 汇总 names one.

    What is wrong with a member's row is told as the unit's own; E461 where the weights make no mean.
    """
    use = indicator.aggregation
    assert use is not None  # only asked of indicators with 汇总 得分 …
    counted: list[tuple[Unit, Row]] = []
    for member in unit.members():
        row = member.row(member.indicators[indicator.path])
        unit.found += member.found
        counted += [(member, row)] if row.status is not Status.NOT_APPLICABLE else []
    if not counted:
        return _bare(Status.NOT_APPLICABLE, None, indicator, ())
    waiting = [f"{member.facts.unit} 的「{name}」" for member, row in counted if row.score is None
               for name in row.outcome.waiting_for or (indicator.name,)]
    weighed = [(member.facts.unit, row.score or _ZERO, of(1) if use.by is None else member.facts.of(use.by).value)
               for member, row in counted]
    waiting += [f"{name} 的「{use.by}」" for name, _, value in weighed if not isinstance(value, Quantity)]
    if waiting:
        return _bare(Status.MISSING, None, indicator, tuple(waiting))
    parts = [(name, points, value) for name, points, value in weighed if isinstance(value, Quantity)]
    whole = sum((weight.amount for _, _, weight in parts), _ZERO)
    if (wrong := weights_off(indicator.path, use, [weight.amount for _, _, weight in parts])) is not None:
        unit.found.append(wrong)
        return _bare(Status.MANUAL, None, indicator, ())
    mean = sum((points * weight.amount for _, points, weight in parts), _ZERO) / whole
    return changed(_bare(Status.SCORED, mean, indicator, ()), steps=(AverageStep(use.by or "", tuple(parts)),))


def _bare(status: Status, points: Fraction | None, indicator: Indicator, waiting: tuple[str, ...]) -> Outcome:
    low, high = (_ZERO, indicator.weight) if points is None else (points, points)
    return Outcome(status, points, low, high, None, None, None, (), waiting)
