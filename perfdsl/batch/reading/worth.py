"""What a unit behind a number is worth in the unit that a cell expects."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.quantity import terminates
from perfdsl.units import PURE, UNITS, Unit


def worth(unit: Unit | None, wanted: Unit | None) -> tuple[int, int] | None:
    """One of *unit* in the unit that is expected, as an integer and decimals; None where it is no decimal, or another kind of unit."""
    expected = wanted or PURE
    if unit is None or unit.dimension != expected.dimension or (expected.kind == "number" and unit.kind != "number"):
        return None
    ratio: Fraction = unit.factor / expected.factor
    if not terminates(ratio):
        return None
    places = 0
    while (ratio * 10**places).denominator != 1:
        places += 1
    return int(ratio * 10**places), places


def worths(wanted: Unit | None) -> dict[str, tuple[int, int]]:
    """Of every unit that can be written behind a number there, by its symbol."""
    known = {**UNITS, **({wanted.symbol: wanted} if wanted and wanted.symbol else {})}
    return {symbol: found for symbol, unit in known.items() if (found := worth(unit, wanted)) is not None}
