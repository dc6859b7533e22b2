"""With how many decimals points stand in a table."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.quantity import Rounding

SHOWN = Rounding(2)
"""How points are shown that the ruleset does not round."""


def shown(rounding: Rounding | None) -> Rounding:
    """The rounding with which points are printed."""
    return rounding if rounding is not None and is_rounded(rounding) else SHOWN


def is_rounded(rounding: Rounding | None) -> bool:
    """Whether points are kept to some places."""
    return rounding is not None and rounding.places is not None


def is_in_places(points: Fraction, rounding: Rounding | None) -> bool:
    """Whether such points are printed as they are: nothing that is not above them is above them when it is rounded."""
    return Fraction(points * 10 ** (shown(rounding).places or 0)).denominator == 1
