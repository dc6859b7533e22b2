"""What the unknowns of a plan are: numbers that a unit's cells give, and numbers that are worked out on the way."""

from __future__ import annotations

from collections.abc import Iterable
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

    `places` are those that it is rounded to.  Where it is not rounded it is the quotient of two whole numbers, each an unknown of its own.
    """

    path: str
    side: str
    places: int | None = None
    bottom: bool = False


@record
class Step:
    """`terms` after rounding; `rounding` None: the greatest whole number not above it."""

    terms: Terms
    rounding: Rounding | None

    @property
    def places(self) -> int:
        return 0 if self.rounding is None or self.rounding.places is None else self.rounding.places


Origin = CellNumber | CellDay | Points | Step


class Unknowns:
    """The unknowns of a plan by number; each origin has one.  *origins* are those that are known from an earlier run."""

    def __init__(self, origins: Iterable[Origin] = ()) -> None:
        self.origins: list[Origin] = [*origins]
        self._numbers: dict[Origin, int] = {origin: at for at, origin in enumerate(self.origins)}
        self._lock = Lock()

    def number(self, origin: Origin) -> int:
        """The number of the unknown of that origin."""
        with self._lock:
            if origin not in self._numbers:
                self.origins.append(origin)
                self._numbers[origin] = len(self.origins) - 1
            return self._numbers[origin]
