"""The values at which a score turns, and those next to them on the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from perfdsl.prove.line import Domain, Piece
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import contains
from perfdsl.prove.scores import Scored, value_at
from perfdsl.quantity import terminates

MOST = 24
"""Thresholds of one number that are written out; where steps go on, those nearest to the first."""
_LEAST = Fraction(1, 100)


def beside_each(found: list[Piece[Scored]], domain: Domain, points: Callable[[Fraction], object]) -> Iterator[Fraction]:
    """The thresholds between neighbours, and the values next to them on the other side."""
    for a, b in [*pairwise(found)][:MOST]:
        x = a.region.high if a.region.high is not None else b.region.low
        assert x is not None  # neighbours share an end
        bend = _bend(a, b, x, domain)
        near = _around(bend, domain, points) if bend is not None else _across(a, b, x, domain)
        yield from (value for value in near if contains(domain.region, value))


def _across(a: Piece[Scored], b: Piece[Scored], x: Fraction, domain: Domain) -> list[Fraction]:
    """The two sides of a jump."""
    if domain.whole:
        return [x, b.region.low if b.region.low is not None else x]
    near = [x] if terminates(x) else []
    near += [_down(x, _LEAST)] if not a.region.high_closed or not near else []
    near += [_up(x, _LEAST)] if a.region.high_closed or not near else []
    return near


def _bend(a: Piece[Scored], b: Piece[Scored], x: Fraction, domain: Domain) -> Fraction | None:
    """Where the two pieces meet without a jump; None where they jump or have no points there."""
    if a.value is None or b.value is None or a.value.row.status is not b.value.row.status or not terminates(x):
        return None
    places = (x, b.region.low) if domain.whole else (x,)
    return next((at for at in places if at is not None and _meet(a.value.low, b.value.low, at) and _meet(a.value.high, b.value.high, at)), None)


def _meet(one: Number, other: Number, at: Fraction) -> bool:
    value = value_at(one, at)
    return value is not None and value == value_at(other, at)


def _around(x: Fraction, domain: Domain, points: Callable[[Fraction], object]) -> list[Fraction]:
    """*x* and its neighbours that have other points; both where rounding leaves them the same."""
    sides = [x - 1, x + 1] if domain.whole else [_down(x, _LEAST), _up(x, _LEAST)]
    sides = [one for one in sides if contains(domain.region, one)]
    return [x, *([one for one in sides if points(one) != points(x)] or sides)]


def _down(x: Fraction, least: Fraction) -> Fraction:
    """The greatest number of full hundredths below *x*."""
    return (-(-x // least) - 1) * least


def _up(x: Fraction, least: Fraction) -> Fraction:
    return (x // least + 1) * least
