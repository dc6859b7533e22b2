"""Weights and scores added up."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import Points, points_of
from perfdsl.quantity import Rounding, RoundingMode

HUNDRED = Fraction(100)
ROUNDINGS = tuple(Rounding(places, mode) for places in (0, 1, 2) for mode in (RoundingMode.HALF_UP, RoundingMode.TRUNCATE))


def near(printed: Fraction, exact: Fraction, of: Iterable[Points]) -> bool:
    """Whether rounding explains the difference: of the sum, or by half a hundredth of each number that has decimals."""
    parts = sum(one.value is not None and one.value.denominator != 1 for one in of)
    return abs(printed - exact) <= parts * Fraction(5, 1000) or printed in {rounding.apply(exact) for rounding in ROUNDINGS}


def sum_of(points: list[Points]) -> Fraction:
    return sum((one.value for one in points if one.value is not None), Fraction(0))


def weights_of(items: Iterable[Item]) -> Fraction:
    """All weights; one that is merged over several rows counts once, what is outside the total not at all."""
    cells = {(item.row.weight or item.row.share or item.row.name).cell: item.weight for item in items if not item.outside}
    return sum_of(list(cells.values()))


def claims_of(items: Iterable[Item]) -> Fraction:
    """All scores, as `weights_of`; what is outside the total counts too."""
    return sum_of(list({(item.row.claimed or item.row.name).cell: item.claimed for item in items}.values()))


def budget_of(sheet: Sheet, kind: str) -> Fraction:
    """The points of the budget's total row, 0 where an indicator stands for it."""
    row = sheet.total
    if row is None or sheet.inside:
        return Fraction(0)
    return (row.weight if kind == "weight" else row.score).value or Fraction(0)


def apart(sheet: Sheet) -> bool:
    """Whether the printed total is that of the indicators alone: 90 beside a budget of 10."""
    declared = points_of(sheet.form.total_weight).value
    return declared is not None and declared == weights_of(sheet.items) and declared + budget_of(sheet, "weight") == HUNDRED
