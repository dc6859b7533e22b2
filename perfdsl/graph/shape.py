"""What a curve is made of."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.graph.probe import Sample
from perfdsl.graph.whole import Run
from perfdsl.record import record
from perfdsl.units import Unit

Point = tuple[Fraction, Fraction, Fraction]
"""A value, and the least and the greatest score for it."""

MANY_DOTS = 60
"""Of more whole numbers than these a line tells the scores."""


@record
class Piece:
    """The score between two neighbouring breaks, without its ends: `points` begin and end in the limits there."""

    points: tuple[Point, ...]


@record
class Curve:
    """The score of an indicator of *weight* from *low* to *high*, which are numbers of *unit*.

    `points` are the exact scores at the values where the rule changes; `target` is one of them, if there is one.  Where only
    whole numbers have a meaning, `runs` are all of them and the ends of a piece belong to it.
    """

    pieces: tuple[Piece, ...]
    points: tuple[Sample, ...]
    low: Fraction
    high: Fraction
    weight: Fraction
    target: Fraction | None
    unit: Unit
    runs: tuple[Run, ...] = ()

    @property
    def dotted(self) -> bool:
        """Whether it is drawn as dots, one for each whole number."""
        return bool(self.runs) and self.high - self.low <= MANY_DOTS
