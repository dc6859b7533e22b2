"""Where two rules give different points, and how much at most: exact for every value of one unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfdsl.compare.result import Given, Peak, Scores, Stretch
from perfdsl.compare.rounded import Two, largest
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.prove.between import Between
from perfdsl.prove.form import Form, Undecided
from perfdsl.prove.line import Domain, Piece, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import joined
from perfdsl.prove.scores import EXACT, Scored, exactly, pieces, put, scored
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import plain, value_text
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.regions import Region
from perfdsl.score.scorecard import Status

_STATES = {Status.SCORED: "计分", Status.MISSING: "没有得分", Status.NOT_APPLICABLE: "不适用", Status.MANUAL: "由评审人评分"}
Items = Mapping[str, Fact]
Side = tuple[Ruleset, Indicator]


@record
class Both:
    """What both rules give in a region."""

    region: Region
    old: Piece[Scored]
    new: Piece[Scored]


@record
class Line:
    """One unknown of an indicator of both rulesets, with all else given."""

    old: Side
    new: Side
    unknown: Unknown
    domain: Domain
    items: Items
    given: Given

    def at(self, x: Fraction) -> Scores:
        """What the interpreter gives at one value."""
        items = {**self.items, self.unknown.path: Fact(self.unknown.value(x))}
        return at(self.old, self.new, items, text_of(self.unknown, x))


def at(old: Side, new: Side, items: Items, text: str) -> Scores:
    """The rounded points of both rules for these facts."""
    first, second = (scored(*side, items).row.score for side in (old, new))
    return Scores(text, first, second)


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
    worst, best = _peaks(line, parts)
    loss, gain, undecided = _rounded(line, parts)
    loss, gain = _same_place(loss, worst), _same_place(gain, best)
    return Stretch(**made, loss=loss, gain=gain, worst=worst, best=best, undecided=undecided)  # type: ignore[arg-type]  # by name


# ---- before rounding


def _peaks(line: Line, parts: list[tuple[Both, Region]]) -> tuple[Peak | None, Peak | None]:
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


# ---- after rounding


def _rounded(line: Line, parts: list[tuple[Both, Region]]) -> tuple[Scores | None, Scores | None, str]:
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


def _same_place(found: Scores | None, peak: Peak | None) -> Scores | None:
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


# ---- words


def region_text(region: Region, unknown: Unknown) -> str:
    """`2.4亿元（含）至 3亿元（不含）`."""
    return region.text(lambda x: text_of(unknown, x))


def text_of(unknown: Unknown, x: Fraction) -> str:
    """Every digit of a value as it stands in the cell; one without end as a fraction."""
    return value_text(unknown.value(x))
