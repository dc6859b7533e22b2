"""Regions of values as an officer says them."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.goal.cells import Asked
from perfdsl.model.ruleset import Kind
from perfdsl.prove.region import contains
from perfdsl.quantity import exact_text, terminates
from perfdsl.regions import Region
from perfdsl.units import PURE

_PLACES, _POINTS = 4, 2
"""Decimals of a value, and of the points that an officer gives."""


def region_text(asked: Asked, region: Region) -> str:
    """The region in the unit of the cell; an end of more than four decimals (two of an officer's points) is moved inwards: every value lies in it."""
    domain = asked.domain.region if asked.domain else region
    low = None if region.low == domain.low and region.low_closed == domain.low_closed and not asked.chosen else region.low
    high = None if region.high == domain.high and region.high_closed == domain.high_closed and not asked.chosen else region.high
    if low is not None and low == high:
        return f"恰好 {number_text(asked, low)}"
    if asked.unknown.expected.kind is Kind.DATE and not asked.chosen:
        return _days(asked, low, high)
    return _between(asked, region, low, high)


def _days(asked: Asked, low: Fraction | None, high: Fraction | None) -> str:
    if low is None or high is None:
        return "哪一天都行" if low is high else f"{number_text(asked, high)} 及以前" if high is not None else f"{number_text(asked, low or Fraction(0))} 及以后"
    return f"{number_text(asked, low)} 至 {number_text(asked, high)}"


def _between(asked: Asked, region: Region, low: Fraction | None, high: Fraction | None) -> str:
    most_places = _POINTS if asked.chosen else _PLACES
    least, least_in = _inwards(region, low, 1, most_places) if low is not None else ("", False)
    most, most_in = _inwards(region, high, -1, most_places) if high is not None else ("", False)
    unit = _unit(asked)
    if low is None or high is None:
        return "填多少都行" if low is high else f"{most}{unit} 及以下" if most_in else f"{least}{unit} 及以上" if least_in else \
            f"不到 {most}{unit}" if most else f"超过 {least}{unit}"
    return f"{least}{unit}（{'含' if least_in else '不含'}）至 {most}{unit}（{'含' if most_in else '不含'}）"


def _inwards(region: Region, end: Fraction, towards: int, most: int) -> tuple[str, bool]:
    """An end as it is shown, and whether that value belongs to the region."""
    if terminates(end) and (end * 10**most).denominator == 1:
        return exact_text(end), contains(region, end)
    for places in range(most, 30):
        grain = Fraction(1, 10**places)
        shown = -(-end // grain) * grain if towards > 0 else end // grain * grain
        if contains(region, shown):
            return exact_text(shown), True
    return exact_text(end), contains(region, end)


def _unit(asked: Asked) -> str:
    return "分" if asked.chosen else (asked.unknown.expected.unit or PURE).symbol


def number_text(asked: Asked, value: Fraction | str) -> str:
    """One value of the cell, every digit of it where there are few, else four decimals."""
    return asked.text(value)
