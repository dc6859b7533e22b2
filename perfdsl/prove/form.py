"""A number that stands for every value in a region: a quotient of two polynomials of the unknown.

It calculates and compares as a Fraction does.  A comparison that comes out the same in the whole region gives its answer; another
raises `Split` with the places at which the region is to be cut.
"""

from __future__ import annotations

from fractions import Fraction

from perfdsl.prove import polynomial as p
from perfdsl.prove.numberlike import How, Number, NumberLike
from perfdsl.prove.region import contains, inside
from perfdsl.regions import Region

MOST_STEPS = 25_000
"""Into how many steps one rounding may cut a region; of more only the ends are known (`Between`)."""


class Split(Exception):  # noqa: N818  # no error: it asks for smaller regions
    """The answer differs within the region: cut it at `points`."""

    def __init__(self, points: list[Fraction]) -> None:
        super().__init__(points)
        self.points = points


class Undecided(Exception):  # noqa: N818  # no error: an answer that is not known
    """What is asked cannot be told for the region; the argument says why."""


class Form(NumberLike):
    """`top` ÷ `bottom` for every value of the unknown in `region`, where `bottom` is not 0."""

    __slots__ = ("bottom", "region", "top")

    def __init__(self, top: p.Polynomial, bottom: p.Polynomial, region: Region) -> None:
        self.top, self.bottom, self.region = top, bottom, region

    # ---- arithmetic

    def __add__(self, other: Number) -> Number:
        top, bottom = _parts(other)
        if top is None:
            return NotImplemented
        return self._made(p.plus(p.times(self.top, bottom), p.times(top, self.bottom)), p.times(self.bottom, bottom))

    def __mul__(self, other: Number) -> Number:
        top, bottom = _parts(other)
        return NotImplemented if top is None else self._made(p.times(self.top, top), p.times(self.bottom, bottom))

    def __truediv__(self, other: Number) -> Number:
        """Raises ZeroDivisionError where *other* is 0 throughout, `Split` where it is somewhere."""
        top, bottom = _parts(other)
        if top is None:
            return NotImplemented
        if sign(top, self.region) == 0:
            raise ZeroDivisionError
        return self._made(p.times(self.top, bottom), p.times(self.bottom, top))

    def __rtruediv__(self, other: Fraction) -> Number:
        return Form(p.constant(Fraction(other)), p.constant(Fraction(1)), self.region) / self

    def _made(self, top: p.Polynomial, bottom: p.Polynomial) -> Number:
        """The quotient in its lowest terms; a Fraction where the unknown falls out."""
        if len(bottom) > 1 and top:
            shared = p.common(top, bottom)
            top, bottom = p.divided(top, shared)[0], p.divided(bottom, shared)[0]
        if len(bottom) == 1:
            top, bottom = p.scaled(top, 1 / bottom[0]), p.constant(Fraction(1))
        if len(top) <= 1 and (len(bottom) == 1 or not top):
            return top[0] if top else Fraction(0)
        return Form(top, bottom, self.region)

    # ---- comparison

    def sign(self) -> int:
        """−1, 0 or 1; raises `Split` where that changes."""
        return sign(self.top, self.region) * sign(self.bottom, self.region)

    def holds(self, how: How) -> bool:
        return bool(how(self.sign(), 0))

    def __hash__(self) -> int:
        return hash((self.top, self.bottom))

    # ---- whole steps

    def __floordiv__(self, other: Number) -> Number:
        return (self if other == 1 else self / other).floor()

    def floor(self) -> Number:
        """The greatest whole number not above it; raises `Split` where that changes, gives a `Between` where it does so too often."""
        from perfdsl.prove.between import Between

        ends = self.limits()
        if ends is None:
            return Between(self - 1, self)
        low, high = min(ends), max(ends)
        steps = range(-(-low // 1), high // 1 + 1)
        if len(steps) > MOST_STEPS:
            return Between(self - 1, self)
        places = [place for step in steps for root in p.roots(p.plus(self.top, p.scaled(self.bottom, -Fraction(step)))) for place in root
                  if contains(self.region, place)]
        if places:
            raise Split(places)
        return self.at(inside(self.region)) // 1

    def limits(self) -> tuple[Fraction, Fraction] | None:
        """What it comes to at the two ends of the region, between which it rises or falls throughout; None where that has no end."""
        turns = p.plus(p.times(p.slope(self.top), self.bottom), p.scaled(p.times(self.top, p.slope(self.bottom)), Fraction(-1)))
        sign(turns, self.region)
        low, high = self.towards(self.region.low), self.towards(self.region.high)
        return None if low is None or high is None else (low, high)

    def towards(self, end: Fraction | None) -> Fraction | None:
        """What it comes to near *end*, or where the region has none, far out."""
        if end is not None:
            return self.at(end) if p.at(self.bottom, end) else None
        if len(self.top) > len(self.bottom):
            return None
        return self.top[-1] / self.bottom[-1] if len(self.top) == len(self.bottom) else Fraction(0)

    def at(self, x: Fraction) -> Fraction:
        return p.at(self.top, x) / p.at(self.bottom, x)


def unknown(region: Region) -> Form:
    """The unknown itself, somewhere in *region*."""
    return Form((Fraction(0), Fraction(1)), (Fraction(1),), region)


def _parts(other: Number) -> tuple[p.Polynomial | None, p.Polynomial]:
    if isinstance(other, Form):
        return other.top, other.bottom
    if isinstance(other, Fraction | int):
        return p.constant(Fraction(other)), (Fraction(1),)
    return None, ()


def sign(top: p.Polynomial, region: Region) -> int:
    """The sign of a polynomial in the whole *region*; raises `Split` where it changes."""
    if len(top) <= 1:
        return 0 if not top else 1 if top[0] > 0 else -1
    found = p.roots(top, region.low, region.high)
    places = [place for root in found for place in root if contains(region, place)]
    if any(a < b and not contains(region, a) and not contains(region, b) for a, b in found):
        raise Undecided("界限不是分数，只能夹在两个很近的数之间")
    if places:
        raise Split(places)
    value = p.at(top, inside(region))
    return (value > 0) - (value < 0)
