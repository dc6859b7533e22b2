"""What the unknowns of a plan are: numbers that a unit's cells give, and numbers that are worked out on the way."""

from __future__ import annotations

from fractions import Fraction
from threading import Lock
from typing import TYPE_CHECKING

from perfdsl.quantity import Rounding
from perfdsl.record import record

if TYPE_CHECKING:
    from perfdsl.plan.quotients import Terms

ANY = frozenset((-1, 0, 1))
NOT_NEGATIVE = frozenset((0, 1))
POSITIVE = frozenset((1,))


@record
class CellNumber:
    """The number in a cell, in its expected unit; `chosen`: in the cell of 评定得分."""

    column: str
    chosen: bool = False


@record
class CellDay:
    """The ordinal of the day in a cell."""

    column: str


@record
class Points:
    """What an item or a part has come to, see `Side`: the score, or the ends of what it can still be.

    Where it is not rounded it is the quotient of two whole numbers, each an unknown of its own.
    """

    path: str
    side: str
    bottom: bool = False


@record
class Step:
    """A whole number: `terms` × 10^places, rounded; `rounding` None: the greatest whole number not above it."""

    terms: Terms
    rounding: Rounding | None


Origin = CellNumber | CellDay | Points | Step


class Unknowns:
    """The unknowns of a plan by number; each origin has one."""

    def __init__(self) -> None:
        self.origins: list[Origin] = []
        self._numbers: dict[Origin, int] = {}
        self._lock = Lock()

    def number(self, origin: Origin) -> int:
        """The number of the unknown of that origin."""
        with self._lock:
            if origin not in self._numbers:
                self.origins.append(origin)
                self._numbers[origin] = len(self.origins) - 1
            return self._numbers[origin]


def scale_of(rounding: Rounding | None) -> Fraction:
    """What one unit of the last kept place is worth."""
    return Fraction(1) if rounding is None or rounding.places is None else Fraction(1, 10**rounding.places)
