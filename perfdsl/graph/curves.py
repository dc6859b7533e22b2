"""The score as a line: its pieces, the points where they meet, the part that is worth showing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from perfdsl.data.facts import Value
from perfdsl.graph.breaks import breaks
from perfdsl.graph.probe import Probe, Sample
from perfdsl.graph.shape import MANY_DOTS, Curve, Piece, Point
from perfdsl.graph.whole import Run, counted_in, runs
from perfdsl.model.ruleset import Ruleset

_STEPS = 96
_INSIDE = tuple(Fraction(*share) for share in ((1, 3), (2, 3), (1, 4), (3, 7), (10, 11)))
_NEAR = Fraction(1, 2**40)


def curve(ruleset: Ruleset, path: str, given: Mapping[str, Value], vary: str = "") -> Curve:
    """The score of the indicator *path* against the value of *vary* (a full name; empty: its own actual value).

    All else that its rule reads stands in *given*.
    """
    probe = Probe(ruleset, path, given, vary)
    counted = runs(probe)
    return _counted(probe, counted) if counted else _through(probe, breaks(probe))


def short_curve(ruleset: Ruleset, path: str, given: Mapping[str, Value], vary: str, most: int) -> Curve | None:
    """As `curve`; None where the rule changes at *most* values or more, such as a step for each point without an end."""
    probe = Probe(ruleset, path, given, vary)
    counted = runs(probe)
    if counted:
        return _counted(probe, counted) if len(counted) < most else None
    found = breaks(probe, most)
    return _through(probe, found) if len(found) < most else None


def _counted(probe: Probe, counted: tuple[Run, ...]) -> Curve:
    """The curve of which whole numbers have a score; its points are the ends of the runs."""
    begins = [run.low for run in counted if run is not counted[0] or not run.is_level or run.is_single]
    found = sorted({x for x in (*begins, *(run.high for run in counted)) if x is not None})
    low, high = _counted_view(probe, counted, found)
    parts = tuple(piece for run in counted if (piece := _part(run, low, high)))
    points = tuple(map(probe.sample, found)) if len(counted) > 1 or not counted[0].is_level else ()
    return Curve(parts, points, low, high, probe.indicator.weight, probe.target(), probe.unit, counted)


def _counted_view(probe: Probe, counted: tuple[Run, ...], ends: list[Fraction]) -> tuple[Fraction, Fraction]:
    """A little more than the changes, from 0 where the dots have room."""
    changes = [b.low if b.is_level else a.high for a, b in pairwise(counted)]
    low, high = (Fraction(x // 1) for x in _view(probe, [x for x in changes if x is not None] or ends))
    first = counted_in(probe).region.low
    return low if first is None else first if high <= MANY_DOTS or not counted[0].is_level else max(low, first), high + 1


def _part(run: Run, low: Fraction, high: Fraction) -> Piece | None:
    """What is seen of a run: every whole number of it, or some of very many."""
    first, last = (low if run.low is None else max(low, run.low)), (high if run.high is None else min(high, run.high))
    step = int((last - first) // _STEPS + 1) if high - low > MANY_DOTS else 1
    seen = [Fraction(x) for x in dict.fromkeys([*range(int(first), int(last) + 1, step), int(last)])] if first <= last else []
    return Piece(tuple((x, *run.at(x)) for x in seen)) if seen else None


def _through(probe: Probe, places: list[Fraction]) -> Curve:
    """The curve of which the rule's parts change at *places*."""
    found = sorted({_settled(probe, x) for x in _changes(probe, places)})
    low, high = _view(probe, found)
    edges = [low, *(x for x in found if low < x < high), high]
    pieces = tuple(p for a, b in zip(edges, edges[1:], strict=False) if (p := _piece(probe, a, b)))
    points = tuple(probe.sample(x) for x in found)
    return Curve(pieces, points, low, high, probe.indicator.weight, probe.target(), probe.unit)


def _changes(probe: Probe, found: list[Fraction]) -> list[Fraction]:
    """The breaks at which the line jumps or bends: parts of a rule may meet without a trace.

    Looked at from near and from afar: a score that the rule itself rounds is flat when seen from near.
    """
    wanted = []
    for before, at, after in zip([None, *found], found, [*found[1:], None], strict=False):
        room = min([abs(at - x) for x in (before, after) if x is not None], default=max(abs(at), Fraction(1)))
        if _bends(probe, at, _NEAR * max(abs(at), Fraction(1))) or _bends(probe, at, room / 8):
            wanted.append(at)
    return wanted


def _settled(probe: Probe, at: Fraction) -> Fraction:
    """*at*, or a value close by that the rule names and that scores the same: what a rule rounds, it caps a little late."""
    room = max(abs(x) for x in (at, *probe.candidates())) / 100
    near = [x for x in probe.candidates() if abs(x - at) <= room]
    same = [x for x in near if len({probe.sample(y).low for y in (x, (x + at) / 2, at)}) == 1]
    return min(same, key=lambda x: abs(x - at), default=at)


def _bends(probe: Probe, at: Fraction, step: Fraction) -> bool:
    around = [probe.sample(at + i * step) for i in (-2, -1, 0, 1, 2)]
    return not _straight([s.low for s in around]) or not _straight([s.high for s in around])


def _straight(values: list[Fraction | None]) -> bool:
    """Whether evenly spaced values lie on a line, but for the bend of a smooth curve in so small a space."""
    known = [v for v in values if v is not None]
    if len(known) < len(values):
        return not known
    first, bends = known[1] - known[0], [c - 2 * b + a for a, b, c in zip(known, known[1:], known[2:], strict=False)]
    return all(abs(bend) <= abs(first) * _NEAR * 2**10 for bend in bends)


def _view(probe: Probe, found: list[Fraction]) -> tuple[Fraction, Fraction]:
    """A little more than the breaks and the target; from 0 where that is not far, wider where the score goes on changing."""
    target = probe.target()
    marks = sorted([*found, *(() if target is None else (target,))])
    if not marks:
        return Fraction(0), 2 * max(probe.candidates()) or Fraction(1)
    first, last = marks[0], marks[-1]
    room = (last - first or abs(last) or Fraction(4)) / 4
    flat = probe.sample(last + room).low == probe.sample(last + 2 * room).low
    return _start(probe, first, room), last + room * (1 if flat else 6)


def _start(probe: Probe, first: Fraction, room: Fraction) -> Fraction:
    below = probe.sample(first - room).low != probe.sample(first).low
    if first == 0:
        return -room if below else first
    return Fraction(0) if 0 < first <= 10 * room else first - 2 * room


def _piece(probe: Probe, a: Fraction, b: Fraction) -> Piece | None:
    """The points between two breaks; none where there is no score."""
    inside = [probe.sample(a + (b - a) * share) for share in _INSIDE]
    if any(s.low is None for s in inside):
        return None
    ends = tuple(_line(inside[0], inside[1], x) for x in (a, b))
    if all(_line(inside[0], inside[1], s.at) == (s.at, s.low, s.high) for s in inside):
        return Piece(ends)
    step = _NEAR * (b - a)
    first, *between, last = _points(probe, [a + step, *(a + (b - a) * i / _STEPS for i in range(1, _STEPS)), b - step])
    return Piece(((a, *first[1:]), *between, (b, *last[1:])))


def _line(one: Sample, other: Sample, at: Fraction) -> Point:
    """The point at *at* of the straight line through two samples."""
    share = (at - one.at) / (other.at - one.at)
    assert one.low is not None and other.low is not None  # noqa: PT018  # a piece has a score throughout
    assert one.high is not None and other.high is not None  # noqa: PT018  # a piece has a score throughout
    return at, one.low + share * (other.low - one.low), one.high + share * (other.high - one.high)


def _points(probe: Probe, places: list[Fraction]) -> Iterator[Point]:
    for sample in map(probe.sample, places):
        if sample.low is not None and sample.high is not None:
            yield sample.at, sample.low, sample.high
