"""The scores of what is counted in whole numbers: runs of neighbours, exact for every one of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from perfdsl.graph.probe import Probe, ends_of
from perfdsl.model.changes import is_change
from perfdsl.prove.form import Form
from perfdsl.prove.line import Domain, Piece
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import EVERYWHERE, ZERO_AND_ABOVE
from perfdsl.prove.scores import Scored, by_score, exactly, pieces, value_at
from perfdsl.prove.unknown import Unknown
from perfdsl.record import changed, record

Ends = tuple[Fraction, Fraction]


@record
class Run:
    """The whole numbers from `low` to `high` (None: without end), ends included; `least` and `most` tell the score at each."""

    low: Fraction | None
    high: Fraction | None
    least: Number
    most: Number

    @property
    def is_single(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def is_level(self) -> bool:
        return not isinstance(self.least, Form) and not isinstance(self.most, Form)

    @property
    def is_straight(self) -> bool:
        return _straight(self.least) and _straight(self.most)

    def at(self, x: Fraction) -> Ends:
        """The least and the greatest score at *x*."""
        least, most = value_at(self.least, x), value_at(self.most, x)
        assert least is not None and most is not None  # noqa: PT018  # a run has a score throughout
        return least, most

    def near_ends(self) -> list[Fraction]:
        """Its first and last number; where it has no end, two that lie in it."""
        if self.low is None:
            last = Fraction(0) if self.high is None else self.high
            return [last - 1, last]
        return [self.low, self.low + 1 if self.high is None else self.high]


def runs(probe: Probe) -> tuple[Run, ...] | None:
    """All runs in order; None where parts of numbers have a meaning too, or the exact scores are not known."""
    domain = counted_in(probe)
    if not domain.whole:
        return None
    cell = Unknown(probe.vary, probe.ruleset.inputs()[probe.vary])
    found = by_score(pieces(exactly(probe.ruleset), probe.indicator, cell, domain, probe.given))
    if any(piece.value is None for piece in found):
        return None
    made: list[Run] = []
    for run in (run for piece in found if (run := _run(piece))):
        both = _joined(made[-1], run) if made else None
        made[-1:] = [both] if both else [*made[-1:], run]
    return _level_first(made)


def _level_first(found: list[Run]) -> tuple[Run, ...]:
    """A number that both a slope and the level behind it reach belongs to the level."""
    made = list(found)
    for at, (a, b) in enumerate(pairwise(found)):
        if a.high is not None and not a.is_level and b.is_level and a.at(a.high) == b.at(a.high):
            made[at:at + 2] = [changed(a, high=a.high - 1), changed(b, low=a.high)]
    return tuple(made)


def counted_in(probe: Probe) -> Domain:
    """What can be filled in: a count is below 0 only where its name speaks of a change."""
    domain = probe.domain
    return domain if not domain.whole or is_change(probe.vary) else Domain(ZERO_AND_ABOVE, True)


def _run(piece: Piece[Scored]) -> Run | None:
    """The run of a piece; None where there is no score."""
    assert piece.value is not None  # runs has looked
    ends = ends_of(piece.value.row)
    return Run(piece.region.low, piece.region.high, *ends) if ends else None


def _joined(a: Run, b: Run) -> Run | None:
    """Two neighbours as one run, where one straight line tells the scores of both."""
    if a.high is None or b.low != a.high + 1 or not (a.is_straight and b.is_straight):
        return None
    least, most = (_line(a, b, which) for which in (0, 1))
    both = Run(a.low, b.high, least, most)
    return both if all(both.at(x) == run.at(x) for run in (a, b) for x in run.near_ends()) else None


def _line(a: Run, b: Run, which: int) -> Number:
    """The line of the one that has more than one number; else the one through both."""
    if not (a.is_single and b.is_single):
        longer = b if a.is_single else a
        return (longer.least, longer.most)[which]
    assert a.low is not None  # it is a single number
    first, second = a.at(a.low)[which], b.at(a.low + 1)[which]
    rise = second - first
    return Form((first - rise * a.low, rise), (Fraction(1),), EVERYWHERE) if rise else first


def _straight(number: Number) -> bool:
    return not isinstance(number, Form) or (len(number.bottom) == 1 and len(number.top) <= 2)
