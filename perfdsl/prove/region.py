"""Regions of the line of numbers: cutting them, and what lies inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from perfdsl.prove.polynomial import simplest
from perfdsl.regions import Region

EVERYWHERE = Region(None, None)
ZERO_AND_ABOVE = Region(Fraction(0), None, True)


def is_point(region: Region) -> bool:
    return region.low is not None and region.low == region.high


def contains(region: Region, x: Fraction) -> bool:
    above = region.low is None or x > region.low or (region.low_closed and x == region.low)
    return above and (region.high is None or x < region.high or (region.high_closed and x == region.high))


def inside(region: Region, whole: bool = False) -> Fraction:
    """A plain number of the region, off its ends where it is no point; a *whole* one where only these count."""
    low, high = region.low, region.high
    if low is None or high is None:
        return _beyond(low, high)
    if low == high:
        return low
    if whole:
        return Fraction((low + high) // 2)
    third = (high - low) / 3
    return simplest(low + third, high - third)


def _beyond(low: Fraction | None, high: Fraction | None) -> Fraction:
    if low is None:
        return Fraction(0) if high is None else Fraction(high // 1 - 1)
    return Fraction(low // 1 + 1)


def cut(region: Region, points: Iterable[Fraction], whole: bool = False) -> Iterator[Region]:
    """The parts of *region* before, at, between and behind *points*; of *whole* numbers the parts that hold some."""
    low, low_closed = region.low, region.low_closed
    for point in sorted(set(points)):
        if contains(region, point):
            yield from _some(Region(low, point, low_closed, False), whole)
            yield from _some(Region(point, point, True, True), whole)
            low, low_closed = point, False
    yield from _some(Region(low, region.high, low_closed, region.high_closed), whole)


def _some(region: Region, whole: bool) -> Iterator[Region]:
    """The region, with closed ends where it holds *whole* numbers only; nothing where it is empty."""
    made = _of_whole(region) if whole else region
    low, high = made.low, made.high
    if low is None or high is None or low < high or (low == high and made.low_closed and made.high_closed):
        yield made


def _of_whole(region: Region) -> Region:
    low, high = region.low, region.high
    if low is not None:
        low = Fraction(-(-low // 1)) if region.low_closed else Fraction(low // 1 + 1)
    if high is not None:
        high = Fraction(high // 1) if region.high_closed else Fraction(-(-high // 1) - 1)
    return Region(low, high, low is not None, high is not None)


def joined(a: Region, b: Region) -> Region:
    """Two neighbours, the lower first, as one."""
    return Region(a.low, b.high, a.low_closed, b.high_closed)
