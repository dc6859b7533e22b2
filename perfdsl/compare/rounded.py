"""The largest difference of two rounded scores in a region: exact, without going through every step of the rounding.

A part of the region is cut further only while what it could hold at most is more than what was found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from heapq import heappop, heappush
from itertools import count

from perfdsl.prove.form import Form, Undecided
from perfdsl.prove.line import Domain, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import cut
from perfdsl.prove.scores import put
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import record
from perfdsl.regions import Region

FEW = 3
"""Steps of a rounding in a region that is gone through."""
MOST = 6000
"""How many parts are looked at."""
OPEN = "没有尽头，最大差额算不出"

Ends = tuple[Fraction, Fraction]


@record
class Rise:
    """A part of a region where both scores and their difference each only rise or only fall: what they come to at its ends."""

    region: Region
    old: Ends
    new: Ends
    apart: Ends


@record
class Two:
    """Both scores before rounding, as they are told in a region, and how each is rounded."""

    old: Number
    new: Number
    roundings: tuple[Rounding, Rounding]
    whole: bool

    @property
    def unit(self) -> Fraction:
        """The least that two rounded scores can differ by."""
        return Fraction(1, 10 ** max(r.places or 0 for r in self.roundings))

    def change(self, x: Number) -> Number:
        """The new rounded points less the old."""
        old, new = self.roundings
        return new.apply(put(self.new, x)) - old.apply(put(self.old, x))


def largest(two: Two, region: Region, sign: int) -> tuple[Fraction, list[Region]]:
    """The largest gain (*sign* 1) or loss (−1), and regions that have it; raises `Undecided` where it cannot be told."""
    if (fixed := _fixed(two, region)) is not None:
        return sign * fixed, [region]
    order, waiting = count(), list[tuple[Fraction, int, Rise]]()
    best: tuple[Fraction, list[Region]] | None = None
    for rise in _rises(two, region):
        heappush(waiting, (-_most(two, rise, sign), next(order), rise))
    while waiting and (best is None or -waiting[0][0] > best[0]):
        rise = heappop(waiting)[2]
        if next(order) > MOST:
            raise Undecided("分段太多")
        if _steps(two, rise) <= FEW:
            best = _better(best, _through(two, rise.region, sign))
        else:
            for part in _halves(two, rise):
                heappush(waiting, (-_most(two, part, sign), next(order), part))
    assert best is not None  # a region holds some value
    return best


def _fixed(two: Two, region: Region) -> Fraction | None:
    """The difference where both are rounded alike and lie whole units apart."""
    apart = put(two.new, _anywhere(region)) - put(two.old, _anywhere(region))
    old, new = two.roundings
    if not isinstance(apart, Fraction) or apart % two.unit or old != new or old.mode is RoundingMode.HALF_EVEN:
        return None
    found = explore(lambda x: bool(put(two.old, x) >= 0 and put(two.new, x) >= 0), Domain(region, two.whole))
    return apart if all(piece.value for piece in found) else None


def _anywhere(region: Region) -> Number:
    from perfdsl.prove.form import unknown

    return region.low if region.low is not None and region.low == region.high else unknown(region)


def _rises(two: Two, region: Region) -> Iterator[Rise]:
    """The region in parts where nothing turns."""
    def ask(x: Number) -> tuple[Ends | None, ...]:
        old, new = put(two.old, x), put(two.new, x)
        return tuple(map(_limits, (old, new, new - old)))

    for piece in explore(ask, Domain(region, two.whole)):
        if piece.value is None or any(ends is None for ends in piece.value):
            raise Undecided(piece.undecided or OPEN)
        yield Rise(piece.region, *piece.value)  # type: ignore[arg-type]  # none is None


def _limits(number: Number) -> Ends | None:
    if isinstance(number, Form):
        return number.limits()
    return (Fraction(number), Fraction(number)) if isinstance(number, Fraction | int) else None


def _most(two: Two, rise: Rise, sign: int) -> Fraction:
    """More than this no value of the part can differ by in the direction of *sign*."""
    old, new = (sorted(map(r.apply, ends)) for r, ends in zip(two.roundings, (rise.old, rise.new), strict=True))
    by_ends = new[1] - old[0] if sign > 0 else old[1] - new[0]
    near = max(sign * end for end in rise.apart) + sum(map(_slack, two.roundings), Fraction(0))
    most: Fraction = min(by_ends, near // two.unit * two.unit)
    return most


def _slack(rounding: Rounding) -> Fraction:
    """How far a rounded number can lie from what it was."""
    halved = rounding.mode in (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)
    return Fraction(1, 10 ** (rounding.places or 0) * (2 if halved else 1))


def _steps(two: Two, rise: Rise) -> Fraction:
    """How many steps the rounding of either score makes in the part."""
    return max(Fraction(abs(b - a) * 10 ** (r.places or 0)) for r, (a, b) in zip(two.roundings, (rise.old, rise.new), strict=True))


def _halves(two: Two, rise: Rise) -> Iterator[Rise]:
    middle = _middle(rise.region, two.whole)
    for region in cut(rise.region, [middle], two.whole):
        ends = ((region.low, region.low == rise.region.low), (region.high, region.high == rise.region.high))
        yield _cut_to(two, rise, region, ends)


def _cut_to(two: Two, rise: Rise, region: Region, ends: tuple[tuple[Fraction | None, bool], ...]) -> Rise:
    """The part with what the scores come to at its own ends."""
    old = _own(two.old, rise.old, ends)
    new = _own(two.new, rise.new, ends)
    apart = tuple(said if kept else b - a for a, b, said, (_, kept) in zip(old, new, rise.apart, ends, strict=True))
    return Rise(region, old, new, apart)  # type: ignore[arg-type]  # two ends


def _own(number: Number, said: Ends, ends: tuple[tuple[Fraction | None, bool], ...]) -> Ends:
    low, high = (old if kept or place is None else put(number, place) for old, (place, kept) in zip(said, ends, strict=True))
    return low, high


def _middle(region: Region, whole: bool) -> Fraction:
    """A place inside that halves the region, or lies twice as far out as its one end."""
    low, high = region.low, region.high
    if low is not None and high is not None:
        return Fraction((low + high) // 2) if whole else (low + high) / 2
    if low is not None:
        return Fraction(low // 1 + abs(low) // 1 + 1)
    return Fraction(0) if high is None else Fraction(high // 1 - abs(high) // 1 - 1)


def _through(two: Two, region: Region, sign: int) -> tuple[Fraction, list[Region]]:
    """The largest difference of a part by going through its steps."""
    pieces = explore(two.change, Domain(region, two.whole))
    for piece in pieces:
        if not isinstance(piece.value, Fraction | int):
            raise Undecided(piece.undecided or OPEN)
    most = max(sign * piece.value for piece in pieces)  # type: ignore[operator]  # none is None
    return Fraction(most), [piece.region for piece in pieces if sign * piece.value == most]  # type: ignore[operator]  # each piece has a value


def _better(best: tuple[Fraction, list[Region]] | None, found: tuple[Fraction, list[Region]]) -> tuple[Fraction, list[Region]]:
    if best is None or found[0] > best[0]:
        return found
    return (best[0], [*best[1], *found[1]]) if found[0] == best[0] else best
