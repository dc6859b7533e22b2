"""Where two rules give different points, and how much at most: exact for every value of one unknown."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.compare.along import Both, Line, region_text
from perfdsl.compare.peaks import peaks, rounded, same_place
from perfdsl.compare.result import Stretch
from perfdsl.prove.line import Domain, Piece, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import joined
from perfdsl.prove.scores import Scored, exactly, pieces, put
from perfdsl.regions import Region
from perfdsl.score.scorecard import Status

_STATES = {Status.SCORED: "计分", Status.MISSING: "没有得分", Status.NOT_APPLICABLE: "不适用", Status.MANUAL: "由评审人评分"}
def stretches(line: Line) -> list[Stretch]:
    """Every region in which the two rules differ before rounding, or may."""
    found = [(both, piece) for both in _both(line) for piece in _compared(both, line.domain)]
    return [_stretch(line, run) for run in _runs(found)]


def _both(line: Line) -> Iterator[Both]:
    """The pieces of both rules, cut where either is."""
    old, new = (pieces(exactly(r), i, line.unknown, line.domain, line.items) for r, i in (line.old, line.new))
    a = b = 0
    while a < len(old) and b < len(new):
        if (region := _overlap(old[a].region, new[b].region)) is not None:
            yield Both(region, old[a], new[b])
        ends = [_end(one.region) for one in (old[a], new[b])]
        a, b = a + (ends[0] <= ends[1]), b + (ends[1] <= ends[0])


def _end(region: Region) -> tuple[bool, Fraction, bool]:
    return region.high is None, region.high or Fraction(0), region.high_closed


def _overlap(a: Region, b: Region) -> Region | None:
    lows = [(low, not closed) for low, closed in ((a.low, a.low_closed), (b.low, b.low_closed)) if low is not None]
    highs = [(high, closed) for high, closed in ((a.high, a.high_closed), (b.high, b.high_closed)) if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    if low and high and (low[0] > high[0] or (low[0] == high[0] and (low[1] or not high[1]))):
        return None
    return Region(low[0] if low else None, high[0] if high else None, low is not None and not low[1], high is not None and high[1])


def _compared(both: Both, domain: Domain) -> list[Piece[str]]:
    """The region with `""` where the rules agree, `得分` where the points differ, else with what differs in words."""
    old, new = both.old.value, both.new.value
    if old is None or new is None:
        return [Piece(both.region, None, both.old.undecided or both.new.undecided)]
    return explore(lambda x: _difference(old, new, x), Domain(both.region, domain.whole))


def _difference(old: Scored, new: Scored, x: Number) -> str:
    if old.row.status is not new.row.status:
        return f"{_STATES[old.row.status]} → {_STATES[new.row.status]}"
    ends = [(put(a, x), put(b, x)) for a, b in ((old.low, new.low), (old.high, new.high))]
    if all(a == b for a, b in ends):
        return ""
    return "得分" if old.row.status is Status.SCORED else f"{_STATES[old.row.status]}，可能的分数不同"


Found = tuple[Both, Piece[str]]


def _runs(found: list[Found]) -> list[list[Found]]:
    """Neighbours that differ in the same way, together."""
    runs: list[list[Found]] = []
    key: tuple[str | None, str] | None = None
    for one in found:
        said = (one[1].value, one[1].undecided)
        if said[0] == "":
            key = None
        elif said == key:
            runs[-1].append(one)
        else:
            runs.append([one])
            key = said
    return runs


def _stretch(line: Line, run: list[Found]) -> Stretch:
    first = run[0][1]
    region = joined(first.region, run[-1][1].region)
    made = {"vary": line.unknown.name, "region": region, "text": region_text(region, line.unknown), "given": line.given}
    if first.value != "得分":
        return Stretch(**made, kind=first.value or "", undecided=first.undecided)  # type: ignore[arg-type]  # by name
    parts = [(both, piece.region) for both, piece in run]
    worst, best = peaks(line, parts)
    loss, gain, undecided = rounded(line, parts)
    loss, gain = same_place(loss, worst), same_place(gain, best)
    return Stretch(**made, loss=loss, gain=gain, worst=worst, best=best, undecided=undecided)  # type: ignore[arg-type]  # by name
