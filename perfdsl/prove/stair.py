"""A rounded number for every value of an unknown, compared without cutting its region at each step of the rounding.

Rounding never reverses an order: `round(x) ≥ t` holds from one place of x on.  So a stair hands every comparison on to what is rounded.
"""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from operator import eq, ge, gt, lt, ne

from perfdsl.prove.form import Form
from perfdsl.prove.numberlike import How, Number, NumberLike
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


class _Rounded(NumberLike):
    """What stairs and their sums share: where it has to be one number after all, the roundings are cut at every step."""

    __slots__ = ()

    @abstractmethod
    def plain(self) -> Number:
        """The number itself; raises `Split` at every step of the rounding."""

    @abstractmethod
    def smooth(self) -> Number:
        """What it would be without the rounding."""

    @abstractmethod
    def slack(self) -> Fraction:
        """How far the rounding can take it from that."""

    @abstractmethod
    def at_least(self, bound: Fraction) -> bool:
        """Whether it is not less than *bound*."""

    @abstractmethod
    def more_than(self, bound: Fraction) -> bool: ...

    def holds(self, how: How) -> bool:
        zero = Fraction(0)
        if how in (eq, ne):
            return (self.at_least(zero) and not self.more_than(zero)) is (how is eq)
        found = self.at_least(zero) if how in (ge, lt) else self.more_than(zero)
        return found is (how in (ge, gt))

    def __truediv__(self, other: Number) -> Number:
        return self * (1 / Fraction(other)) if isinstance(other, Fraction | int) else self.plain() / plain(other)

    def __rtruediv__(self, other: Number) -> Number:
        return other / self.plain()

    def __floordiv__(self, other: Number) -> Number:
        return self.plain() // other

    def __mod__(self, other: Number) -> Number:
        return self.plain() % other


class Stair(_Rounded):
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

    # ---- comparison

    def at_least(self, bound: Fraction) -> bool:
        """Whether it is not less than *bound*."""
        rounded = (bound - self.shift) / self.scale
        return reaches(self.inner, rounded, self.rounding) if self.scale > 0 else not exceeds(self.inner, rounded, self.rounding)

    def more_than(self, bound: Fraction) -> bool:
        rounded = (bound - self.shift) / self.scale
        return exceeds(self.inner, rounded, self.rounding) if self.scale > 0 else not reaches(self.inner, rounded, self.rounding)

    def __hash__(self) -> int:
        return hash((self.inner, self.scale, self.shift))

    # ---- where it has to be one number after all

    def plain(self) -> Number:
        """The number itself; raises `Split` at every step of the rounding."""
        return Rounding.apply(self.rounding, plain(self.inner)) * self.scale + self.shift

    # ---- without its rounding

    def smooth(self) -> Number:
        """What it would be without the rounding."""
        return smooth(self.inner) * self.scale + self.shift

    def slack(self) -> Fraction:
        """How far the rounding can take it from that."""
        grain = Fraction(1, 10 ** (self.rounding.places or 0))
        return abs(self.scale) * (grain + slack(self.inner))


class Stairs(_Rounded):
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

    def at_least(self, bound: Fraction) -> bool:
        middle, slack_ = self.smooth() - bound, self.slack()
        return bool(middle >= slack_ or (middle >= -slack_ and self.plain() >= bound))

    def more_than(self, bound: Fraction) -> bool:
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
    return number.smooth() if isinstance(number, _Rounded) else number


def slack(number: Number) -> Fraction:
    return number.slack() if isinstance(number, _Rounded) else Fraction(0)


def plain(number: Number) -> Number:
    return number.plain() if isinstance(number, _Rounded) else number


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
