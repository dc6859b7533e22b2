"""What calculates and compares as a Fraction does, from the few operations that each kind of it has of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from fractions import Fraction
from functools import partialmethod
from operator import eq, ge, gt, le, lt, ne
from typing import Any

Number = Any
"""A Fraction, or something like one: whatever the interpreter is given, it gives back."""
How = Callable[[Any, Any], Any]
"""One of the six comparisons of `operator`."""


class NumberLike(ABC):
    """A number that is not one number: each kind says how it is added, multiplied and divided, and how it stands to 0."""

    __slots__ = ()

    @abstractmethod
    def __add__(self, other: Number) -> Number: ...

    @abstractmethod
    def __mul__(self, other: Number) -> Number: ...

    @abstractmethod
    def __truediv__(self, other: Number) -> Number: ...

    @abstractmethod
    def __rtruediv__(self, other: Number) -> Number: ...

    @abstractmethod
    def __floordiv__(self, other: Number) -> Number: ...

    @abstractmethod
    def holds(self, how: How) -> bool:
        """Whether it stands so to 0."""

    # ---- what follows

    def __radd__(self, other: Number) -> Number:
        return self + other

    def __rmul__(self, other: Number) -> Number:
        return self * other

    def __neg__(self) -> Number:
        return self * Fraction(-1)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __abs__(self) -> Number:
        return -self if self < 0 else self

    def __mod__(self, other: Number) -> Number:
        return self - self // other * other

    def __divmod__(self, other: Number) -> tuple[Number, Number]:
        return self // other, self % other

    def _compared(self, other: Number, how: How) -> Any:
        if not isinstance(other, NumberLike | Fraction | int):
            return NotImplemented
        rest = self - other if other is not self else Fraction(0)
        return rest.holds(how) if isinstance(rest, NumberLike) else how(rest, 0)

    __lt__ = partialmethod(_compared, how=lt)
    __le__ = partialmethod(_compared, how=le)
    __gt__ = partialmethod(_compared, how=gt)
    __ge__ = partialmethod(_compared, how=ge)
    __eq__ = partialmethod(_compared, how=eq)
    __ne__ = partialmethod(_compared, how=ne)

    @abstractmethod
    def __hash__(self) -> int: ...

    def __bool__(self) -> bool:
        return bool(self != 0)

    numerator = property(lambda self: self)
    denominator = 1
    """What is written for the two whole numbers of a Fraction holds of it and 1."""
