"""What overrules the rule of an item: a veto that holds, a weight that is not known yet, the mean of members' scores."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model.ruleset import Indicator
from perfdsl.quantity import Quantity, of
from perfdsl.record import changed
from perfdsl.score.interpret import Gap, Interpreter
from perfdsl.score.scorecard import AverageStep, Outcome, Status, VetoStep
from perfdsl.score.unit import Unit

_ZERO = Fraction(0)


def vetoed(outcome: Outcome, indicator: Indicator, to: Interpreter) -> Outcome:
    """*outcome*, or 0 points where a veto holds; waiting where it cannot be told whether one does."""
    if outcome.status is Status.NOT_APPLICABLE:
        return outcome
    open_names: tuple[str, ...] = ()
    for veto in indicator.vetoes:
        seen: list[tuple[Value, Value]] = []
        held = to.condition(veto.condition, seen)
        if isinstance(held, Gap):
            open_names += held.waiting_for if held.status is not Status.NOT_APPLICABLE else ()
        elif held:
            return changed(outcome, status=Status.SCORED, score=_ZERO, low=_ZERO, high=_ZERO, steps=(VetoStep(veto, tuple(seen)),),
                           waiting_for=(), known=_known(to))
    return waiting_for(outcome, open_names) if open_names else outcome


def _known(to: Interpreter) -> tuple[tuple[str, Value], ...]:
    return tuple((name, value) for name, value in to.known.items() if not isinstance(value, Gap))


def waiting_for(outcome: Outcome, names: tuple[str, ...]) -> Outcome:
    """*outcome* without its score until *names* are there: anything from 0 to what it would be."""
    low, high = min(outcome.low, _ZERO), max(outcome.high, _ZERO)
    every = tuple(dict.fromkeys((*outcome.waiting_for, *names)))
    return changed(outcome, status=Status.MISSING, score=None, low=low, high=high, waiting_for=every)


def averaged(unit: Unit, indicator: Indicator) -> Outcome:
    """The mean of the members' scores of one indicator, weighted by a datum of theirs where 汇总 names one."""
    use = indicator.aggregation
    assert use is not None  # only asked of indicators with 汇总 得分 …
    members = [(member, member.row(indicator)) for member in unit.members()]
    counted = [(m.facts, row) for m, row in members if row.status is not Status.NOT_APPLICABLE]
    if not counted:
        return _bare(Status.NOT_APPLICABLE, None, indicator, ())
    weighed = [(facts.unit, row, of(1) if use.by is None else facts.of(use.by).value) for facts, row in counted]
    waiting = tuple(f"{name} 的「{indicator.name if row.score is None else use.by}」" for name, row, value in weighed
                    if row.score is None or not isinstance(value, Quantity))
    if waiting:
        return _bare(Status.MISSING, None, indicator, waiting)
    parts = [(name, row.score or _ZERO, value) for name, row, value in weighed if isinstance(value, Quantity)]
    whole = sum((weight.amount for _, _, weight in parts), _ZERO)
    if whole <= 0:
        return _bare(Status.MANUAL, None, indicator, (use.by or "",))
    mean = sum((points * weight.amount for _, points, weight in parts), _ZERO) / whole
    return changed(_bare(Status.SCORED, mean, indicator, ()), steps=(AverageStep(use.by or "", tuple(parts)),))


def _bare(status: Status, points: Fraction | None, indicator: Indicator, waiting: tuple[str, ...]) -> Outcome:
    low, high = (_ZERO, indicator.weight) if points is None else (points, points)
    return Outcome(status, points, low, high, None, None, None, None, None, None, (), waiting)


