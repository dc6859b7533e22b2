"""The pieces that thresholds cut a line into, and the gaps that some of them make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from perfdsl.model.kernel import Comparator
from perfdsl.record import record


@record
class Region:
    """An interval, or a point where both ends are one; None where it has no end."""

    low: Fraction | None
    high: Fraction | None
    low_closed: bool = False
    high_closed: bool = False

    def text(self, show: Callable[[Fraction], str]) -> str:
        """The region in the notation of a ruleset file: `80%（含）至 90%（不含）`."""
        if self.low is None and self.high is None:
            return "任何值"
        if self.low is None:
            return f"{'≤' if self.high_closed else '＜'} {show(self.high or Fraction(0))}"
        if self.high is None:
            return f"{'≥' if self.low_closed else '＞'} {show(self.low)}"
        if self.low == self.high:
            return f"= {show(self.low)}"
        ends = [f"{show(v)}（{'含' if closed else '不含'}）"
                for v, closed in ((self.low, self.low_closed), (self.high, self.high_closed))]
        return "至 ".join(ends)


def samples(edges: Sequence[Fraction]) -> Iterator[tuple[Fraction, Region]]:
    """One number in each piece and the piece, from left to right; *edges* ascend."""
    if not edges:
        return
    yield edges[0] - 1, Region(None, edges[0])
    for at, edge in enumerate(edges):
        yield edge, Region(edge, edge, True, True)
        if at + 1 < len(edges):
            yield (edge + edges[at + 1]) / 2, Region(edge, edges[at + 1])
    yield edges[-1] + 1, Region(edges[-1], None)


def gaps(edges: Sequence[Fraction], covered: Callable[[Fraction], bool],
         within: tuple[Fraction | None, Fraction | None] = (None, None)) -> list[Region]:
    """The regions inside *within* (ends included) that are not covered, neighbours joined."""
    low, high = within
    cut = sorted({*edges, *(end for end in within if end is not None)})
    return list(_joined(
        (region, not covered(point))
        for point, region in samples(cut)
        if (low is None or point >= low) and (high is None or point <= high)
    ))


def _joined(pieces: Iterable[tuple[Region, bool]]) -> Iterator[Region]:
    """Open pieces that follow one another, as one region."""
    run: Region | None = None
    for region, is_open in pieces:
        if is_open:
            run = region if run is None else Region(run.low, region.high, run.low_closed, region.high_closed)
        elif run is not None:
            yield run
            run = None
    if run is not None:
        yield run


def holds(op: Comparator, left: Fraction | int, right: Fraction | int) -> bool:
    """left op right."""
    match op:
        case Comparator.EQ:
            return left == right
        case Comparator.NE:
            return left != right
        case Comparator.GE:
            return left >= right
        case Comparator.LE:
            return left <= right
        case Comparator.GT:
            return left > right
        case Comparator.LT:
            return left < right
