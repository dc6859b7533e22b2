"""A number of which only two bounds are known: where whole steps go on without end, or are too many to be told apart."""

from __future__ import annotations

from fractions import Fraction
from operator import eq, ge, le, ne

from perfdsl.prove.form import Undecided
from perfdsl.prove.numberlike import How, Number, NumberLike

_WHY = "分段太多或没有尽头，只知道上下限"


class Between(NumberLike):
    """Some number that is not less than `low` and not more than `high`, each a Fraction or a `Form` of the same region."""

    __slots__ = ("high", "low")

    def __init__(self, low: Number, high: Number) -> None:
        self.low, self.high = low, high

    def __add__(self, other: Number) -> Number:
        low, high = _ends(other)
        return Between(self.low + low, self.high + high)

    def __neg__(self) -> Between:
        return Between(-self.high, -self.low)

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

    def holds(self, how: How) -> bool:
        """What holds at both ends holds between them; of being 0 or not, both sides must tell."""
        if how in (eq, ne):
            return (self.holds(le) and self.holds(ge)) is (how is eq)
        low, high = how(self.low, 0), how(self.high, 0)
        if low != high:
            raise Undecided(_WHY)
        return bool(low)

    def __hash__(self) -> int:
        return hash((self.low, self.high))

    def __floordiv__(self, other: Number) -> Between:
        made = self if other == 1 else self / other
        return Between(made.low - 1, made.high)

    def __mod__(self, other: Number) -> Between:
        return Between(Fraction(0), other)


def _ends(other: Number) -> tuple[Number, Number]:
    return (other.low, other.high) if isinstance(other, Between) else (other, other)
