"""A rounded number for every value of an unknown, compared without cutting its region at each step of the rounding.

Rounding never reverses an order: `round(x) ≥ t` holds from one place of x on.  So a stair hands every comparison on to what is rounded.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partialmethod
from typing import Any

from perfdsl.prove.form import Form, Number
from perfdsl.prove.steps import exceeds, reaches
from perfdsl.quantity import Rounding


class Steps(Rounding):
    """A rounding that leaves a number of a whole region as a `Stair`."""

    __slots__ = ()

    def apply(self, value: Number) -> Number:
        if self.places is None or not isinstance(value, Form | Stair | Stairs):
            return super().apply(value)
        return Stair(value, self, Fraction(1), Fraction(0))


def steps(rounding: Rounding | None) -> Rounding | None:
    """The same rounding as `Steps`."""
    return None if rounding is None else Steps(rounding.places, rounding.mode)


class Stair:
    """`scale` × *rounded* + `shift`, where *rounded* is what `rounding` makes of `inner`, a `Form` or another stair."""

    __slots__ = ("inner", "rounding", "scale", "shift")

    def __init__(self, inner: Number, rounding: Rounding, scale: Fraction, shift: Fraction) -> None:
        self.inner, self.rounding, self.scale, self.shift = inner, rounding, scale, shift

    # ---- arithmetic

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Fraction | int):
            return Stair(self.inner, self.rounding, self.scale, self.shift + other)
        if isinstance(other, Form | Stair | Stairs):
            return Stairs((self,), Fraction(0)) + other
        return self.plain() + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Fraction | int):
            return _made(self, self.scale * other, self.shift * other)
        return self.plain() * plain(other)

    def __truediv__(self, other: Number) -> Number:
        return self * (1 / Fraction(other)) if isinstance(other, Fraction | int) else self.plain() / plain(other)

    def __rtruediv__(self, other: Number) -> Number:
        return other / self.plain()

    def __neg__(self) -> Number:
        return self * Fraction(-1)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def __abs__(self) -> Number:
        return -self if self < 0 else self

    # ---- comparison

    def _at_least(self, bound: Fraction) -> bool:
        """Whether it is not less than *bound*."""
        rounded = (bound - self.shift) / self.scale
        return reaches(self.inner, rounded, self.rounding) if self.scale > 0 else not exceeds(self.inner, rounded, self.rounding)

    def _more_than(self, bound: Fraction) -> bool:
        rounded = (bound - self.shift) / self.scale
        return exceeds(self.inner, rounded, self.rounding) if self.scale > 0 else not reaches(self.inner, rounded, self.rounding)

    def _compared(self, other: Number, test: Callable[[Any], bool]) -> Any:
        rest = self - other
        return test(rest if isinstance(rest, Stair | Stairs) else _Plain(rest))

    __ge__ = partialmethod(_compared, test=lambda s: s._at_least(Fraction(0)))
    __gt__ = partialmethod(_compared, test=lambda s: s._more_than(Fraction(0)))
    __lt__ = partialmethod(_compared, test=lambda s: not s._at_least(Fraction(0)))
    __le__ = partialmethod(_compared, test=lambda s: not s._more_than(Fraction(0)))
    __eq__ = partialmethod(_compared, test=lambda s: s._at_least(Fraction(0)) and not s._more_than(Fraction(0)))
    __ne__ = partialmethod(_compared, test=lambda s: not s._at_least(Fraction(0)) or s._more_than(Fraction(0)))

    def __hash__(self) -> int:
        return hash((self.inner, self.scale, self.shift))

    def __bool__(self) -> bool:
        return bool(self != 0)

    # ---- where it has to be one number after all

    def plain(self) -> Number:
        """The number itself; raises `Split` at every step of the rounding."""
        return Rounding.apply(self.rounding, plain(self.inner)) * self.scale + self.shift

    numerator = property(lambda self: self)
    denominator = 1

    def __floordiv__(self, other: Number) -> Number:
        return self.plain() // other

    def __mod__(self, other: Number) -> Number:
        return self.plain() % other

    def __divmod__(self, other: Number) -> tuple[Number, Number]:
        return self // other, self % other


    # ---- without its rounding

    def smooth(self) -> Number:
        """What it would be without the rounding."""
        return smooth(self.inner) * self.scale + self.shift

    def slack(self) -> Fraction:
        """How far the rounding can take it from that."""
        grain = Fraction(1, 10 ** (self.rounding.places or 0))
        return abs(self.scale) * (grain + slack(self.inner))


class Stairs:
    """A sum of several stairs and `rest`.  Where the roundings cannot matter it compares as the sum without them."""

    __slots__ = ("parts", "rest")

    def __init__(self, parts: tuple[Stair, ...], rest: Number) -> None:
        self.parts, self.rest = parts, rest

    def __add__(self, other: Number) -> Number:
        more = other.parts if isinstance(other, Stairs) else (other,) if isinstance(other, Stair) else ()
        rest = self.rest + (other.rest if isinstance(other, Stairs) else Fraction(0) if isinstance(other, Stair) else other)
        return _sum((*self.parts, *more), rest)

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Fraction | int):
            return _sum(tuple(made for p in self.parts if isinstance(made := p * other, Stair)), self.rest * other)
        return self.plain() * plain(other)

    def _at_least(self, bound: Fraction) -> bool:
        middle, slack_ = self.smooth() - bound, self.slack()
        return bool(middle >= slack_ or (middle >= -slack_ and self.plain() >= bound))

    def _more_than(self, bound: Fraction) -> bool:
        middle, slack_ = self.smooth() - bound, self.slack()
        return bool(middle > slack_ or (middle > -slack_ and self.plain() > bound))

    def plain(self) -> Number:
        """The number itself; raises `Split` at every step of every rounding."""
        return sum((p.plain() for p in self.parts), self.rest)

    def smooth(self) -> Number:
        return sum((p.smooth() for p in self.parts), self.rest)

    def slack(self) -> Fraction:
        return sum((p.slack() for p in self.parts), Fraction(0))

    def __hash__(self) -> int:
        return hash(self.parts)

    __radd__, __rmul__ = __add__, __mul__
    __truediv__, __rtruediv__, __neg__, __sub__, __rsub__, __abs__ = (
        Stair.__truediv__, Stair.__rtruediv__, Stair.__neg__, Stair.__sub__, Stair.__rsub__, Stair.__abs__)
    __ge__, __gt__, __lt__, __le__, __eq__, __ne__, __bool__ = (
        Stair.__dict__["__ge__"], Stair.__dict__["__gt__"], Stair.__dict__["__lt__"], Stair.__dict__["__le__"],
        Stair.__dict__["__eq__"], Stair.__dict__["__ne__"], Stair.__bool__)
    numerator, denominator = Stair.numerator, 1
    __floordiv__, __mod__, __divmod__ = Stair.__floordiv__, Stair.__mod__, Stair.__divmod__


def _sum(parts: tuple[Stair, ...], rest: Number) -> Number:
    """The sum in as few parts as there are different roundings."""
    kept: list[Stair] = []
    for part in parts:
        at = next((n for n, one in enumerate(kept) if _told_alike(one, part)), None)
        if at is None:
            kept.append(part)
            continue
        made = _made(kept[at], kept[at].scale + part.scale, kept[at].shift + part.shift)
        kept[at : at + 1] = [made] if isinstance(made, Stair) else []
        rest = rest if isinstance(made, Stair) else rest + made
    if not kept:
        return rest
    return kept[0] + rest if len(kept) == 1 and isinstance(rest, Fraction | int) else Stairs(tuple(kept), rest)


def smooth(number: Number) -> Number:
    return number.smooth() if isinstance(number, Stair | Stairs) else number


def slack(number: Number) -> Fraction:
    return number.slack() if isinstance(number, Stair | Stairs) else Fraction(0)


class _Plain:
    """A number without a rounding, asked as a stair is."""

    def __init__(self, value: Number) -> None:
        self.value = value

    def _at_least(self, bound: Fraction) -> Any:
        return self.value >= bound

    def _more_than(self, bound: Fraction) -> Any:
        return self.value > bound


def plain(number: Number) -> Number:
    return number.plain() if isinstance(number, Stair | Stairs) else number


def _told_alike(a: Stair, b: Stair) -> bool:
    """Whether two stairs round the same thing in the same way."""
    return (a.rounding.places, a.rounding.mode) == (b.rounding.places, b.rounding.mode) and _same(a.inner, b.inner)


def _same(a: Number, b: Number) -> bool:
    """Whether two numbers are told alike."""
    if type(a) is not type(b):
        return False
    if isinstance(a, Form):
        return (a.top, a.bottom) == (b.top, b.bottom)
    if isinstance(a, Stair):
        return _told_alike(a, b) and (a.scale, a.shift) == (b.scale, b.shift)
    if isinstance(a, Stairs):
        return len(a.parts) == len(b.parts) and all(map(_same, a.parts, b.parts)) and _same(a.rest, b.rest)
    return bool(a == b)


def _made(stair: Stair, scale: Fraction, shift: Fraction) -> Number:
    return Stair(stair.inner, stair.rounding, scale, shift) if scale else shift
