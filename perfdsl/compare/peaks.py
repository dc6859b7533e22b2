"""How much two rules differ at most in a run of regions, before rounding and after it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.compare.along import Both, Line, text_of
from perfdsl.compare.result import Peak, Scores
from perfdsl.compare.rounded import Two, largest
from perfdsl.prove.between import Between
from perfdsl.prove.form import Form, Undecided
from perfdsl.prove.line import Domain, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.scores import EXACT, put
from perfdsl.prove.witness import plain
from perfdsl.quantity import Rounding
from perfdsl.regions import Region


def peaks(line: Line, parts: list[tuple[Both, Region]]) -> tuple[Peak | None, Peak | None]:
    """The largest loss and gain before rounding; None also where there is no largest."""
    ends = [end for both, region in parts for end in _ends(line, both, region)]
    low = min(ends, key=lambda end: (end[0], not end[2]), default=None)
    high = max(ends, key=lambda end: (end[0], end[2]), default=None)
    return (_peak(line, low) if low and low[0] < 0 else None), (_peak(line, high) if high and high[0] > 0 else None)


End = tuple[Fraction, Region, bool]
"""A difference, where it is reached or come near to, and which of the two."""


def _ends(line: Line, both: Both, region: Region) -> Iterator[End]:
    """The difference at both ends of every part of the region in which it only rises or only falls."""
    for piece in explore(lambda x: _limits(both, x), Domain(region, line.domain.whole)):
        if piece.value is None:
            continue
        edges = ((piece.region.low, piece.region.low_closed), (piece.region.high, piece.region.high_closed))
        for value, (edge, closed) in zip(piece.value, edges, strict=True):
            yield value, Region(edge, edge, True, True) if closed else piece.region, closed


def _limits(both: Both, x: Number) -> tuple[Fraction, Fraction] | None:
    assert both.old.value is not None  # regions without points have been told apart
    assert both.new.value is not None
    found = put(both.new.value.low, x) - put(both.old.value.low, x)
    if isinstance(found, Form):
        return found.limits()
    return None if isinstance(found, Between) else (found, found)


def _peak(line: Line, end: End) -> Peak:
    change, region, reached = end
    return Peak(change, line.at(plain(region, line.domain.whole)), reached)


def rounded(line: Line, parts: list[tuple[Both, Region]]) -> tuple[Scores | None, Scores | None, str]:
    """The largest loss and gain of the rounded points, each with the plainest value that has it; or why they are not known."""
    first, second = (ruleset.item_rounding or EXACT for ruleset in (line.old[0], line.new[0]))
    if first.places is None or second.places is None:
        return None, None, ""
    try:
        loss, gain = (_extreme(line, parts, (first, second), sign) for sign in (-1, 1))
    except Undecided as undecided:
        return None, None, f"取舍后的最大差额没有算出：{undecided}"
    return loss, gain, ""


def _extreme(line: Line, parts: list[tuple[Both, Region]], roundings: tuple[Rounding, Rounding], sign: int) -> Scores | None:
    found = [largest(_two(line, both, roundings), region, sign) for both, region in parts]
    most = max(change for change, _ in found)
    return _plainest(line, [region for change, regions in found for region in regions if change == most]) if most > 0 else None


def same_place(found: Scores | None, peak: Peak | None) -> Scores | None:
    """The scores at the peak before rounding, where they differ no less."""
    return peak.scores if found and peak and found.change == peak.scores.change else found


def _two(line: Line, both: Both, roundings: tuple[Rounding, Rounding]) -> Two:
    assert both.old.value is not None  # regions without points have been told apart
    assert both.new.value is not None
    return Two(both.old.value.low, both.new.value.low, roundings, line.domain.whole)


def _plainest(line: Line, regions: list[Region]) -> Scores:
    """The scores at the value that is the shortest to write, the first of these."""
    places = [plain(region, line.domain.whole) for region in regions]
    return line.at(min(places, key=lambda x: (len(text_of(line.unknown, x)), len(str(x.denominator)))))
