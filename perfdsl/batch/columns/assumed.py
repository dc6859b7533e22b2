"""What a program takes for granted of the whole numbers in its columns, and what follows for polynomials of them."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.plan import polynomial as p
from perfdsl.record import record

EXACT = 2**53
"""Whole numbers up to this are exact in float64."""

INT32 = 2**31 - 1
_STEP = 8
"""Ranges that are roomy end at powers of 2 to a multiple of this."""


class Unsafe(Exception):  # noqa: N818  # no error: it sends units elsewhere
    """What is asked cannot be worked out exactly in float64 for the assumed ranges."""


@record
class Range:
    """From `low` to `high`, both within."""

    low: int
    high: int

    @property
    def most(self) -> int:
        """The greatest distance from 0."""
        return max(-self.low, self.high)

    def times(self, other: Range) -> Range:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def plus(self, other: Range) -> Range:
        return Range(self.low + other.low, self.high + other.high)

    def scaled(self, factor: int) -> Range:
        return Range(self.low * factor, self.high * factor) if factor >= 0 else Range(self.high * factor, self.low * factor)

    @property
    def signs(self) -> frozenset[int]:
        """The signs that its numbers have."""
        return frozenset(s for s, there in ((-1, self.low < 0), (0, self.low <= 0 <= self.high), (1, self.high > 0)) if there)


Ranges = Mapping[int, Range]
"""Of the unknowns, by number."""


def range_of(top: p.Polynomial, ranges: Ranges) -> Range:
    """Between what a polynomial with whole coefficients lies."""
    found = Range(0, 0)
    for unknowns, coefficient in top:
        found = found.plus(_term(unknowns, ranges).scaled(int(coefficient)))
    return found


def magnitude(top: p.Polynomial, ranges: Ranges) -> int:
    """What no step on the way to its value exceeds, however its terms are added up."""
    return sum(_term(unknowns, ranges).scaled(int(c)).most for unknowns, c in top)


def _term(unknowns: p.Unknowns, ranges: Ranges) -> Range:
    found = Range(1, 1)
    for one in unknowns:
        found = found.times(ranges[one])
    return found


def roomy(span: Range) -> Range:
    """Up to some hundred times as far, so that most blocks and files of a ruleset have the same ranges."""
    most = 1 << -(-(span.most.bit_length() - 1) // _STEP) * _STEP
    return Range(-most if span.low < 0 else span.low, most)


def envelope(low: int, high: int) -> Range:
    """A range that holds these and what is like them: up to the next power of 2, from 1, from 0 or from as far below."""
    most = 1 << max(abs(low), abs(high), 1).bit_length()
    return Range(1 if low >= 1 else 0 if low >= 0 else -most, most)
