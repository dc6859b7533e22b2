"""Why an aim cannot be reached by one unknown: the best that it brings, and what holds the rest."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.goal.cells import Asked
from perfdsl.goal.need import At, told
from perfdsl.goal.spread import spread
from perfdsl.goal.whole import Standing, Whole
from perfdsl.model.ruleset import Indicator
from perfdsl.record import record
from perfdsl.score.scorecard import Row, Status

_MOST = 3


@record
class Hold:
    """The best of one unknown: `best` what it brings, `most` the bound of the total; `effects` the clauses that hold then,
    `barred` whether there is no grade at all, `others` the items that lose most points, `full` whether this one loses none of its weight.

    `decided` is False where some values of the unknown could not be told.
    """

    best: At | None
    most: Fraction
    attained: bool
    effects: tuple[str, ...]
    barred: bool
    others: tuple[tuple[Indicator, Fraction], ...]
    full: bool
    decided: bool


def hold(whole: Whole, asked: Asked, indicators: tuple[Indicator, ...]) -> Hold:
    """The best that *asked* can bring, which is not enough."""
    found = spread(whole, asked, indicators[0])
    if found.best is None:
        return Hold(None, Fraction(0), False, (), False, (), False, False)
    standing = whole.at(asked.given(found.best))
    row = standing.rows[indicators[0].path]
    return Hold(told(standing, indicators, found.best), found.high, found.attained, _said(standing), standing.barred is True,
                _losing(standing, indicators), row.indicator.outside is None and row.high >= row.indicator.weight, found.decided)


def _said(standing: Standing) -> tuple[str, ...]:
    return tuple(effect.span.text for effect in standing.effects)  # type: ignore[attr-defined]  # every effect has a span


def _losing(standing: Standing, indicators: tuple[Indicator, ...]) -> tuple[tuple[Indicator, Fraction], ...]:
    """The other items of the form that lose points, the one that loses most first."""
    own = {i.path for i in indicators}
    lost = [(row.indicator, row.indicator.weight - row.high) for row in standing.rows.values() if _counts(row) and row.indicator.path not in own]
    return tuple(sorted((x for x in lost if x[1] > 0), key=lambda x: -x[1])[:_MOST])


def _counts(row: Row) -> bool:
    return row.indicator.outside is None and row.status is not Status.NOT_APPLICABLE
