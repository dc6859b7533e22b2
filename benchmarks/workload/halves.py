"""Where the scores of W fall on a half cent: at which quotients of actual and target.

Every rule but three is a straight line of actual ÷ target, or of target ÷ actual where less is better; so its half
cents are at quotients m ÷ `steps`, m odd.  n5 and s6 have none, p8 counts a difference, c10 is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Halves(NamedTuple):
    """The score is a half cent at each numerator ÷ steps; `down` where that is target ÷ actual."""

    steps: int
    numerators: Ints
    down: bool = False


def _odd(*ranges: tuple[int, int]) -> Ints:
    """The odd numbers strictly within the ranges, whose ends are even."""
    return np.concatenate([np.arange(low + 1, high, 2) for low, high in ranges])


def _ratio(weight: int, down: bool = False) -> Halves:
    """weight × quotient: cents are 100 × weight × quotient, twice that is odd."""
    return Halves(200 * weight, _odd((0, 200 * weight)), down)


HALVES = {
    "b0": _ratio(10), "u1": _ratio(12), "u2": _ratio(8), "d3": _ratio(8, down=True), "d4": _ratio(5, down=True),
    "l7": Halves(4500, _odd((2700, 4500))),  # 9 × (q − 0.6) ÷ 0.4
    "o11": Halves(1400, _odd((0, 1400), (1820, 3220))),  # 7 × q, and 7 − 7 × (q − 1.3)
    "l12": Halves(2800, _odd((1400, 2800))),  # 7 × (q − 0.5) ÷ 0.5
    "c10.0": _ratio(5), "c10.1": _ratio(4), "c10.2": _ratio(3),
}
THRESHOLDS = np.array((50, 60, 75, 80, 90, 95, 100, 130))
"""The per cent of the target at which rules of W and of real forms bend."""

EXCESS_STEP = 200
"""p8: 0.0075 cents a ten-thousandth over the target, so a half cent at each odd multiple of this excess."""
FULL_EXCESS = 80_000
"""p8: from this excess on nothing is left."""


def coprime(halves: Halves) -> Halves:
    """Only the numerators that are in lowest terms over steps."""
    return halves._replace(numerators=_kept(halves.numerators, halves.steps))


def _kept(numerators: Iterable[int], steps: int) -> Ints:
    made = np.fromiter(numerators, np.int64)
    return made[np.gcd(made, steps) == 1]
