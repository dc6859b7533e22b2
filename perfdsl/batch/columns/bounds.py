"""How far polynomials and their quotients reach, from what is assumed of the columns."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.batch.columns.assumed import EXACT, Range, Ranges, Unsafe, magnitude, range_of
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Binding, Quotient
from perfdsl.plan.unknowns import Step
from perfdsl.quantity import Rounding


class Bounds:
    """The bounds of numbers.  `sources` are the input columns by unknown, `read` those whose ranges were asked for."""

    def __init__(self, binding: Binding, ranges: dict[int, Range], sources: Mapping[int, int]) -> None:
        self.binding, self.ranges, self.sources = binding, ranges, sources
        self.read: set[int] = set()

    def range(self, top: p.Polynomial) -> Range:
        return range_of(top, self._ranges(top))

    def check(self, *several: p.Polynomial) -> None:
        """Raises `Unsafe` where a step on the way to them could be inexact."""
        if sum(magnitude(top, self._ranges(top)) for top in several) >= EXACT:
            raise Unsafe

    def _ranges(self, top: p.Polynomial) -> Ranges:
        """The ranges of its unknowns; the program rests on them, also where it then needs no number."""
        for one in p.unknowns_of([top]):
            if one in self.sources:
                self.read.add(one)
            if one not in self.ranges:
                origin = self.binding.unknowns.origins[one]
                if not isinstance(origin, Step):
                    raise Unsafe  # points that are not rounded stand in no column
                self.ranges[one] = self._of_step(origin)
        return self.ranges

    def positive(self, pair: Quotient, upright: bool) -> Quotient:
        """The quotient with a denominator above 0; raises `Unsafe` where that has either sign."""
        signs = self.range(pair.bottom).signs
        if 1 not in signs and -1 in signs:
            return Quotient(p.scaled(pair.top, -1), p.scaled(pair.bottom, -1))
        if -1 in signs and not upright:
            raise Unsafe
        return pair

    def most(self, pair: Quotient, rounding: Rounding) -> int:
        """How far from 0 a rounded quotient can be."""
        return self._of_quotient(Quotient(p.scaled(pair.top, 10 ** (rounding.places or 0)), pair.bottom)).most

    def _of_step(self, origin: Step) -> Range:
        return self._of_quotient(self.binding.quotient(origin.terms, 10**origin.places))

    def _of_quotient(self, pair: Quotient) -> Range:
        bottom = self.range(pair.bottom)
        least = max(1, min(abs(bottom.low), abs(bottom.high)) if 0 not in bottom.signs else 1)
        top = self.range(pair.top)
        low, high = -(-top.low // least) - 1 if top.low < 0 else 0, top.high // least + 1 if top.high > 0 else 0
        return Range(low, high) if bottom.low >= 0 else Range(-max(-low, high), max(-low, high))
