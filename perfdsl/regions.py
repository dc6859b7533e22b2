"""The pieces that thresholds cut a line into: each threshold, each gap between two, both ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from perfdsl.model.kernel import Comparator
from perfdsl.record import record


@record
class Region:
    """A point (`low` = `high`) or an open interval; None where it has no end."""

    low: Fraction | None
    high: Fraction | None

    def text(self, show: Callable[[Fraction], str], unit: str = "") -> str:
        """The region in the notation of a ruleset file: `80%（含）至 90%（不含）`."""
        if self.low is None:
            return f"＜ {show(self.high or Fraction(0))}{unit}"
        if self.high is None:
            return f"＞ {show(self.low)}{unit}"
        if self.low == self.high:
            return f"= {show(self.low)}{unit}"
        return f"{show(self.low)}{unit}（不含）至 {show(self.high)}{unit}（不含）"


def samples(edges: Sequence[Fraction]) -> Iterator[tuple[Fraction, Region]]:
    """One number in each piece and the piece, from left to right; *edges* ascend."""
    if not edges:
        return
    yield edges[0] - 1, Region(None, edges[0])
    for at, edge in enumerate(edges):
        yield edge, Region(edge, edge)
        if at + 1 < len(edges):
            yield (edge + edges[at + 1]) / 2, Region(edge, edges[at + 1])
    yield edges[-1] + 1, Region(edges[-1], None)


def holds(op: Comparator, left: Fraction, right: Fraction) -> bool:
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
