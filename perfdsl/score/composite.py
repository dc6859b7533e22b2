"""Composite indicators: the scores of the parts make one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from perfdsl.model.ruleset import Combiner, NotApplicable
from perfdsl.record import changed
from perfdsl.score.scorecard import Outcome, PartOutcome, Status

_FIRST = (Status.MISSING, Status.MANUAL)


def combined(parts: Sequence[PartOutcome], combiner: Combiner, weight: Fraction, policy: NotApplicable | None) -> Outcome:
    """The outcome of a composite on *weight*.

    What a part that does not apply counts is the ruleset's 不适用: nothing (the others carry its share), full or zero.
    """
    counted = [p for p in (_by_policy(p, policy, weight) for p in parts) if p is not None]
    if not counted:
        return _outcome(Status.NOT_APPLICABLE, None, Fraction(0), weight, ())
    status = next((s for s in _FIRST if any(o.status is s for _, o in counted)), Status.SCORED)
    low = _combine([(w, o.low) for w, o in counted], (_surely(o) for _, o in counted), combiner, weight)
    high = _combine([(w, o.high) for w, o in counted], (o.met is not False for _, o in counted), combiner, weight)
    waiting = tuple(p.part.name for p in parts if p.outcome.status in _FIRST)
    unread = tuple(name for p in parts for name in p.outcome.unread)
    made = _outcome(status, low if status is Status.SCORED else None, low, high, waiting)
    return changed(made, unread=unread)


def _by_policy(part: PartOutcome, policy: NotApplicable | None, weight: Fraction) -> tuple[Fraction, Outcome] | None:
    full = weight if part.part.weight is None else part.part.weight
    if part.outcome.status is not Status.NOT_APPLICABLE:
        return full, part.outcome
    if policy is NotApplicable.FULL_SCORE:
        return full, _outcome(Status.SCORED, full, full, full, (), True)
    if policy is NotApplicable.ZERO_SCORE:
        return full, _outcome(Status.SCORED, Fraction(0), Fraction(0), Fraction(0), (), False)
    return None


def _surely(outcome: Outcome) -> bool:
    return outcome.status is Status.SCORED and outcome.met is True


def _combine(scores: list[tuple[Fraction, Fraction]], met: Iterable[bool], combiner: Combiner, weight: Fraction) -> Fraction:
    points = [s for _, s in scores]
    match combiner:
        case Combiner.MEAN:
            return sum(points, Fraction(0)) / len(points)
        case Combiner.ALL_MET:
            return weight if all(met) else Fraction(0)
        case Combiner.BEST:
            return max(points)
        case Combiner.WORST:
            return min(points)
        case Combiner.WEIGHTED:
            shares = sum((w for w, _ in scores), Fraction(0))
            return sum(points, Fraction(0)) * weight / shares if shares else Fraction(0)


def _outcome(status: Status, points: Fraction | None, low: Fraction, high: Fraction, waiting: tuple[str, ...],
             met: bool | None = None) -> Outcome:
    return Outcome(status, points, low, high, None, None, None, (), waiting, settled=met)
