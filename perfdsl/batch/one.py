"""What one unit comes to, as plain numbers: what a row of the output says."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.shown import shown
from perfdsl.plan.single import Counted
from perfdsl.plan.whole import standing
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.score.clauses import deciding_clause
from perfdsl.score.scorecard import Row, Scorecard, Status

STATUSES = (Status.SCORED, Status.MISSING, Status.NOT_APPLICABLE, Status.MANUAL)
"""What the numbers of `OneItem.status` and of `scores.Item.status` mean."""

_FURTHEST = 10**18
"""A deviation from here on is none that a column of 64 bits holds; it is left out."""


class OneItem(NamedTuple):
    """An indicator: `points` (None: none) and `weight` in last places, `status` an index into `STATUSES`, `deviation` in hundredths of a percent."""

    points: int | None
    status: int
    weight: int
    clause: str
    deviation: int | None
    due: bool


class One(NamedTuple):
    """A unit: `total` (None: none), `low` and `high` in last places; `grade` is the name, empty where there is none."""

    items: tuple[OneItem, ...]
    total: int | None
    low: int
    high: int
    grade: str
    standing: int


def of_card(ruleset: Ruleset, card: Scorecard, gradeable: bool) -> One:
    """What the interpreter gives; no grade where an error stands in the ruleset."""
    total, places = card.total, shown(ruleset.total_rounding).places or 0
    stands = standing(total, card.rows, gradeable and not errors(card.diagnostics))
    unit = shown(ruleset.item_rounding).places or 0
    return One(tuple(_item(row, unit) for row in card.rows), None if total.score is None else last_places(total.score, places),
               last_places(total.low, places), last_places(total.high, places), (total.grade or "") if gradeable else "", int(stands))


def last_places(value: Fraction, places: int) -> int:
    """The number of last places that are printed, half up."""
    return int(Rounding(places, RoundingMode.HALF_UP).apply(value) * 10**places)


def _item(row: Row, places: int) -> OneItem:
    rate = row.outcome.rate
    deviation = None if rate is None else kept(last_places(rate - 1, 4))
    clause = deciding_clause(row.outcome) if row.status is Status.SCORED else ""
    return OneItem(None if row.score is None else last_places(row.score, places), STATUSES.index(row.status),
                   last_places(row.indicator.weight, places), clause, deviation, row.reason_due is not None)


def kept(deviation: int | None) -> int | None:
    """A deviation, where it is not too far to be told."""
    return None if deviation is None or abs(deviation) >= _FURTHEST else deviation


def of_counted(counted: Counted, beside: list[tuple[int | None, bool]] | None, places: int) -> One:
    """What the whole numbers of a plan give; *places* are those of points."""
    known = [(None, False)] * len(counted.items) if beside is None else [(kept(deviation), due) for deviation, due in beside]
    items = tuple(
        OneItem(points, STATUSES.index(reached.status), int(reached.weight * 10**places), reached.clause if beside is not None else "", *extra)
        for (reached, points), extra in zip(counted.items, known, strict=True))
    whole = counted.whole
    return One(items, None if whole.score is None else counted.low, counted.low, counted.high, whole.grade, int(whole.standing))
