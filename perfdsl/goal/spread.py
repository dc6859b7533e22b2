"""Between what the whole can come to as one unknown takes every value it can have."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from perfdsl.goal.cells import Asked
from perfdsl.goal.whole import MOST_PIECES, Standing, Whole
from perfdsl.model.ruleset import Indicator
from perfdsl.prove.between import Between
from perfdsl.prove.form import Form, Undecided
from perfdsl.prove.line import Domain, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import cut, inside
from perfdsl.prove.stair import Stair, Stairs
from perfdsl.record import record
from perfdsl.regions import Region

Value = Fraction | str


@record
class Spread:
    """`low` … `sure_high`: bounds of the least total that is left; `high_low` … `high` those of the greatest; `grades` all that are possible.

    `best` is a value that brings the highest total that was met, None where nothing could be decided; `attained`: `high` is that total.
    """

    low: Fraction
    sure_high: Fraction
    high_low: Fraction
    high: Fraction
    grades: tuple[str, ...]
    best: Value | None
    attained: bool
    decided: bool


@record
class _Ends:
    low: Fraction
    sure_high: Fraction
    high_low: Fraction
    high: Fraction
    grades: tuple[str, ...]


def spread(whole: Whole, asked: Asked, indicator: Indicator) -> Spread:
    """What the whole can come to by *asked*, all else as it is."""
    if asked.domain is None:
        found = [(_ends(whole.at(asked.given(word))), [word]) for word in asked.words]
        return _joined(whole, asked, indicator, [e for e, _ in found], [w for _, ws in found for w in ws], True)
    pieces = explore(lambda x: _ends(whole.at(asked.given(x))), asked.domain, MOST_PIECES)
    ends = [p.value for p in pieces if p.value is not None]
    tried = [x for p in pieces if p.value is not None for x in places(p.region, asked.domain)]
    return _joined(whole, asked, indicator, ends, tried, len(ends) == len(pieces))


def places(region: Region, domain: Domain) -> list[Fraction]:
    """The ends that belong to a region, or else a place close to them, and one inside."""
    made = [end for end, closed in ((region.low, region.low_closed), (region.high, region.high_closed)) if closed and end is not None]
    made += [inside(part, domain.whole) for part in cut(region, (), domain.whole)]
    return list(dict.fromkeys(made))


def _joined(whole: Whole, asked: Asked, indicator: Indicator, ends: list[_Ends], tried: Iterable[Value], decided: bool) -> Spread:
    if not ends:
        zero = Fraction(0)
        return Spread(zero, zero, zero, zero, (), None, False, False)
    met = [(s.high, s.rows[indicator.path].high, at, value) for at, value in enumerate(tried) for s in [whole.at(asked.given(value))]]
    high = max(e.high for e in ends)
    top, _, _, best = max(met, key=lambda m: (m[0], m[1], -_far(asked, m[3]), -m[2]))
    attained = top == high or not _exceeded(whole, asked, top)
    grades = tuple(dict.fromkeys(g for e in ends for g in e.grades))
    return Spread(min(e.low for e in ends), max(e.sure_high for e in ends), min(e.high_low for e in ends), top if attained else high,
                  grades, best, attained, decided)


def _exceeded(whole: Whole, asked: Asked, top: Fraction) -> bool:
    """Whether some value brings a higher total than *top*, or may."""
    if asked.domain is None:
        return False
    return any(piece.value is not False for piece in explore(lambda x: bool(whole.at(asked.given(x)).high > top), asked.domain, MOST_PIECES))


def _far(asked: Asked, value: Value) -> Fraction:
    return abs(value - asked.now) if isinstance(value, Fraction) and isinstance(asked.now, Fraction) else Fraction(0)


def _ends(standing: Standing) -> _Ends:
    grades = () if standing.barred is True else standing.grades
    sure = limits(standing.low)
    every = limits(standing.high)
    return _Ends(sure[0], sure[1], every[0], every[1], grades)


def limits(number: Number) -> tuple[Fraction, Fraction]:
    """Two numbers that it lies between in its whole region, reached or approached; raises `Undecided` where it has no bound."""
    if isinstance(number, Stair):
        low, high = (number.rounding.apply(end) * number.scale + number.shift for end in limits(number.inner))
        return min(low, high), max(low, high)
    if isinstance(number, Stairs):
        each = [limits(one) for one in (*number.parts, number.rest)]
        return sum((low for low, _ in each), Fraction(0)), sum((high for _, high in each), Fraction(0))
    if isinstance(number, Form):
        ends = number.limits()
        if ends is None:
            raise Undecided("没有上限")
        return min(ends), max(ends)
    if isinstance(number, Between):
        return limits(number.low)[0], limits(number.high)[1]
    return number, number
