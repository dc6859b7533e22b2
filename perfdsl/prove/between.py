"""A number of which only two bounds are known: where whole steps go on without end, or are too many to be told apart."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partialmethod

from perfdsl.prove.form import Number, Undecided

_WHY = "分段太多或没有尽头，只知道上下限"


Told = Callable[[Number, Number], bool | None]
"""What two bounds tell of a comparison with 0; None where they do not."""


def _below(low: Number, high: Number) -> bool | None:
    return True if high < 0 else False if low >= 0 else None


def _at_most(low: Number, high: Number) -> bool | None:
    return True if high <= 0 else False if low > 0 else None


def _at(low: Number, high: Number) -> bool | None:
    return False if low > 0 or high < 0 else True if low == high == 0 else None


class Between:
    """Some number that is not less than `low` and not more than `high`, each a Fraction or a `Form` of the same region."""

    __slots__ = ("high", "low")

    def __init__(self, low: Number, high: Number) -> None:
        self.low, self.high = low, high

    def __add__(self, other: Number) -> Number:
        low, high = _ends(other)
        return Between(self.low + low, self.high + high)

    def __neg__(self) -> Between:
        return Between(-self.high, -self.low)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Between):
            raise Undecided(_WHY)
        ends = self.low * other, self.high * other
        return Between(*(ends if other >= 0 else reversed(ends)))

    def __truediv__(self, other: Number) -> Number:
        return self * (1 / other)

    def __rtruediv__(self, other: Number) -> Number:
        if not (self.low > 0 or self.high < 0):
            raise Undecided(_WHY)
        return Between(1 / self.high, 1 / self.low) * other

    __radd__, __rmul__ = __add__, __mul__

    def __abs__(self) -> Number:
        return self if self >= 0 else -self

    def _compared(self, other: Number, told: Told, wanted: bool) -> bool:
        rest = self - other if other is not self else Between(Fraction(0), Fraction(0))
        answer = told(rest.low, rest.high)
        if answer is None:
            raise Undecided(_WHY)
        return answer is wanted

    __lt__ = partialmethod(_compared, told=_below, wanted=True)
    __ge__ = partialmethod(_compared, told=_below, wanted=False)
    __le__ = partialmethod(_compared, told=_at_most, wanted=True)
    __gt__ = partialmethod(_compared, told=_at_most, wanted=False)
    __eq__ = partialmethod(_compared, told=_at, wanted=True)
    __ne__ = partialmethod(_compared, told=_at, wanted=False)

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __bool__(self) -> bool:
        return bool(self != 0)

    numerator = property(lambda self: self)
    denominator = 1

    def __floordiv__(self, other: Number) -> Between:
        made = self if other == 1 else self / other
        return Between(made.low - 1, made.high)

    def __mod__(self, other: Number) -> Between:
        return Between(Fraction(0), other)

    def __divmod__(self, other: Number) -> tuple[Between, Between]:
        return self // other, self % other


def _ends(other: Number) -> tuple[Number, Number]:
    return (other.low, other.high) if isinstance(other, Between) else (other, other)
