"""Polynomials and their quotients as array operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from perfdsl.batch.columns.assumed import EXACT, INT32, Range, Ranges, magnitude, range_of
from perfdsl.batch.columns.program import Constant, Program, Register, Source, stored
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Binding, Quotient
from perfdsl.plan.quotients import Terms
from perfdsl.plan.unknowns import Step
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import record

Number = Register | float


class Unsafe(Exception):  # noqa: N818  # no error: it sends units elsewhere
    """What is asked cannot be worked out exactly in float64 for the assumed ranges."""


@record
class Soft:
    """A quotient that is to be rounded and then kept from `low` to `high` (in last places).

    Its denominator is above 0, or 0 at the least, unless it is `mixed`: then it may have either sign.
    """

    pair: Quotient
    rounding: Rounding
    low: int
    high: int
    mixed: bool = False


class Numbers:
    """Writes numbers into a program.  `sources` are the input columns by unknown; `ready` the registers of those already there."""

    def __init__(self, program: Program, binding: Binding, ranges: dict[int, Range], sources: Mapping[int, int]) -> None:
        self.program, self.binding, self.ranges, self.sources = program, binding, ranges, sources
        self.ready: dict[int, Register] = {}
        self.sums: list[tuple[p.Polynomial, Register]] = []
        self.read: set[int] = set()
        self.looked_at: set[int] = set()

    def trial(self) -> Numbers:
        """The same numbers in front of a program of their own, to see whether something can be written."""
        made = Numbers(Program(), self.binding, dict(self.ranges), self.sources)
        made.ready, made.sums, made.read = dict(self.ready), list(self.sums), self.read
        return made

    # ---- polynomials

    def unknown(self, number: int) -> Register:
        """The column of an unknown as float64."""
        if number not in self.ready:
            origin = self.binding.unknowns.origins[number]
            if isinstance(origin, Step):
                self.ready[number] = self.step(number, origin)
            else:
                self.ready[number] = self.program.made(stored, "f", Source(self.sources[number]))
                self.look_at(number, self.ready[number])
        return self.ready[number]

    def look_at(self, number: int, register: Register) -> None:
        """Have it looked at, once, whether a column is as it is assumed to be."""
        if number not in self.looked_at:
            self.looked_at.add(number)
            self.program.check(register, self.sources[number], self.ranges[number])

    def look_at_the_rest(self) -> None:
        """The same of columns of which only what they are like was asked."""
        for number in sorted(self.read - self.looked_at):
            with self.program.scope():
                self.look_at(number, self.program.made(stored, "f", Source(self.sources[number])))

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

    def polynomial(self, top: p.Polynomial, into: Register | None = None) -> Number:
        """Its value: a plain number, or a register, which is *into* or one that others read too."""
        self.check(top)
        found: Number | None = None
        for known, register in self.sums:
            if factor := _multiple(top, known):
                found = register if factor == 1 else self._own(np.multiply, into, register, float(factor))
        for unknowns, coefficient in self.apart_from_sums(top):
            found = self._joined(found, unknowns, int(coefficient), into)
        return 0.0 if found is None else found

    def apart_from_sums(self, top: p.Polynomial) -> p.Polynomial:
        """What is left of it beside the sums that are there already."""
        for known, _ in self.sums:
            top = p.plus(top, p.scaled(known, -_multiple(top, known)))
        return top

    def _joined(self, found: Number | None, unknowns: p.Unknowns, coefficient: int, into: Register | None) -> Number:
        if not unknowns:
            return float(coefficient) if found is None else self._own(np.add, into, found, float(coefficient))
        if found is None:
            return self._term(unknowns, coefficient, into)
        operation = np.add if coefficient > 0 else np.subtract
        with self.program.scope():
            term = self._term(unknowns, abs(coefficient), None)
            if into is not None:
                return self._own(operation, into, found, term)
        return self._own(operation, into, found, term)

    def _term(self, unknowns: p.Unknowns, coefficient: int, into: Register | None) -> Register:
        made = self.unknown(unknowns[0])
        for one in unknowns[1:]:
            made = self._own(np.multiply, into, made, self.unknown(one))
        return made if coefficient == 1 else self._own(np.multiply, into, made, float(coefficient))

    def _own(self, operation: Callable[..., object], into: Register | None, *operands: Number) -> Register:
        out = self.program.new("f") if into is None else into
        self.program.do(operation, *operands, out)
        return out

    # ---- quotients

    def positive(self, pair: Quotient, upright: bool) -> Quotient:
        """The quotient with a denominator above 0; raises `Unsafe` where that has either sign."""
        signs = self.range(pair.bottom).signs
        if 1 not in signs and -1 in signs:
            return Quotient(p.scaled(pair.top, -1), p.scaled(pair.bottom, -1))
        if -1 in signs and not upright:
            raise Unsafe
        return pair

    def step(self, number: int, origin: Step) -> Register:
        """The column of whole steps, or of a value rounded on the way."""
        self.ranges[number] = self._of_step(origin)
        if origin.rounding is None:
            pair = self.positive(self.binding.quotient(origin.terms), False)
            self.check(pair.top, pair.bottom)
            return self._divided(pair.top, pair.bottom, np.floor)
        made = self.rounded(self.positive(self.binding.quotient(origin.terms), False), origin.rounding)
        self.program.do(np.trunc, made, made)
        return made

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

    def _divided(self, top: p.Polynomial, bottom: p.Polynomial, then: Callable[..., object] | None) -> Register:
        out = self.program.new("f")
        with self.program.scope():
            over, under = self.polynomial(top, out), self.polynomial(bottom)
            self.program.do(np.divide, over, under, out)
            if then is not None:
                self.program.do(then, out, out)
        return out

    def rounded(self, pair: Quotient, rounding: Rounding, clip: tuple[int, int] | None = None, mixed: bool = False) -> Register:
        """The quotient × 10^places rounded, in float64; with *clip* kept between these.  `bottom` is above 0.

        What is above 0 may keep a fraction, which the cut to whole numbers takes off.
        """
        top = p.scaled(pair.top, 10 ** (rounding.places or 0))
        signs = self.range(top).signs
        if mixed or (-1 in signs and 1 in signs):
            return self._of_both_signs(top, pair.bottom, rounding, clip, mixed)
        turned = -1 in signs
        over, under = _raised(p.scaled(top, -1) if turned else top, pair.bottom, rounding.mode)
        self.check(over, under)
        made = self._divided(over, under, np.floor if turned else None)
        if turned:
            self.program.do(np.negative, made, made)
        if clip and clip[1] < INT32:
            self.program.do(np.minimum, made, Constant(float(clip[1])), made)
        if clip and (turned or clip[0] > 0):
            self.program.do(np.maximum, made, Constant(float(clip[0])), made)
        return made

    def _size(self, top: p.Polynomial, mixed: bool) -> Number:
        """Its value without its sign."""
        value = self.polynomial(top)
        return self.program.made(np.abs, "f", value) if mixed and isinstance(value, Register) else value

    def _clip(self, made: Register, clip: tuple[int, int] | None) -> None:
        if clip:
            self.program.do(np.minimum, made, Constant(float(clip[1])), made)
            self.program.do(np.maximum, made, Constant(float(clip[0])), made)

    def _of_both_signs(self, top: p.Polynomial, bottom: p.Polynomial, rounding: Rounding, clip: tuple[int, int] | None,
                       mixed: bool) -> Register:
        """Rounded by size, with the sign put back."""
        if not mixed and clip and clip[0] >= 0 and rounding.mode is not RoundingMode.UP:  # what is below 0 becomes the least anyway
            over, under = _raised(top, bottom, rounding.mode)
            self.check(over, under)
            made = self._divided(over, under, None)
            self._clip(made, clip)
            return made
        doubled, ahead, under = _ahead(bottom, rounding.mode)
        self.check(p.scaled(top, doubled), ahead, under)
        out = self.program.new("f")
        with self.program.scope():
            size = self.polynomial(p.scaled(top, doubled))
            self.program.do(np.abs, size, out)
            self.program.do(np.add, out, self._size(ahead, mixed), out)
            self.program.do(np.divide, out, self._size(under, mixed), out)
            self.program.do(np.floor, out, out)
            self.program.do(np.copysign, out, size, out)
            if mixed:
                sign = self.program.made(np.copysign, "f", 1.0, self.polynomial(under))
                self.program.do(np.multiply, out, sign, out)
        self._clip(out, clip)
        return out


def _raised(top: p.Polynomial, bottom: p.Polynomial, mode: RoundingMode) -> tuple[p.Polynomial, p.Polynomial]:
    """What is floored to round *top* ÷ *bottom*, for *top* not below 0."""
    match mode:
        case RoundingMode.HALF_UP:
            return _lowest(p.plus(p.scaled(top, 2), bottom), p.scaled(bottom, 2))
        case RoundingMode.TRUNCATE:
            return top, bottom
        case RoundingMode.UP:
            return p.plus(top, p.plus(bottom, p.constant(-1))), bottom
    raise Unsafe


def _ahead(bottom: p.Polynomial, mode: RoundingMode) -> tuple[int, p.Polynomial, p.Polynomial]:
    """To round the size of a quotient: how often its top is taken, what is put on top of that, and what that is divided by."""
    match mode:
        case RoundingMode.HALF_UP:
            return 2, bottom, p.scaled(bottom, 2)
        case RoundingMode.TRUNCATE:
            return 1, (), bottom
        case RoundingMode.UP:
            return 1, p.plus(bottom, p.constant(-1)), bottom
    raise Unsafe


def _lowest(top: p.Polynomial, bottom: p.Polynomial) -> tuple[p.Polynomial, p.Polynomial]:
    shared = p.content(top, bottom) if top else Fraction(1)
    return p.scaled(top, 1 / shared), p.scaled(bottom, 1 / shared)


def _multiple(top: p.Polynomial, known: p.Polynomial) -> int:
    """How many times *known* is in *top*, the constant apart; 0 where it is not."""
    own = dict(top)
    first = own.get(known[0][0], 0)
    factor = Fraction(first) / known[0][1]
    return int(factor) if factor.denominator == 1 and factor and all(own.get(unknowns) == factor * c for unknowns, c in known) else 0


def soft(numbers: Numbers, terms: Terms, rounding: Rounding, upright: bool, ends: tuple[int, int] = (-INT32, INT32)) -> Soft | int:
    """A number to be rounded; its last places at once where it is the same for all."""
    pair = numbers.binding.quotient(terms)
    if p.is_constant(pair.top) and p.is_constant(pair.bottom):
        found = int(rounding.apply(p.value_of(pair.top) / p.value_of(pair.bottom)) * 10 ** (rounding.places or 0))
        if abs(found) > INT32 // 2:  # the difference of two is worked out too
            raise Unsafe
        return found
    try:
        return Soft(numbers.positive(pair, upright), rounding, *ends)
    except Unsafe:
        return Soft(pair, rounding, *ends, mixed=True)
