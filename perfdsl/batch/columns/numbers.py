"""Columns and polynomials of them as array operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

import numpy as np

from perfdsl.batch.columns.assumed import Range
from perfdsl.batch.columns.bounds import Bounds
from perfdsl.batch.columns.program import Program, Register, Source, stored
from perfdsl.batch.columns.rounding import divided, rounded
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Binding
from perfdsl.plan.unknowns import Step

Number = Register | float


class Numbers(Bounds):
    """Writes numbers into a program.  `sources` are the input columns by unknown; `ready` the registers of those already there."""

    def __init__(self, program: Program, binding: Binding, ranges: dict[int, Range], sources: Mapping[int, int]) -> None:
        super().__init__(binding, ranges, sources)
        self.program = program
        self.ready: dict[int, Register] = {}
        self.sums: list[tuple[p.Polynomial, Register]] = []
        self.looked_at: set[int] = set()

    def trial(self) -> Numbers:
        """The same numbers in front of a program of their own, to see whether something can be written."""
        made = Numbers(Program(), self.binding, dict(self.ranges), self.sources)
        made.ready, made.sums, made.read = dict(self.ready), list(self.sums), self.read
        return made

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

    def step(self, number: int, origin: Step) -> Register:
        """The column of whole steps, or of a value rounded on the way."""
        self.ranges[number] = self._of_step(origin)
        if origin.rounding is None:
            pair = self.positive(self.binding.quotient(origin.terms), False)
            self.check(pair.top, pair.bottom)
            return divided(self, pair.top, pair.bottom, np.floor)
        made = rounded(self, self.positive(self.binding.quotient(origin.terms), False), origin.rounding)
        self.program.do(np.trunc, made, made)
        return made


def _multiple(top: p.Polynomial, known: p.Polynomial) -> int:
    """How many times *known* is in *top*, the constant apart; 0 where it is not."""
    own = dict(top)
    first = own.get(known[0][0], 0)
    factor = Fraction(first) / known[0][1]
    return int(factor) if factor.denominator == 1 and factor and all(own.get(unknowns) == factor * c for unknowns, c in known) else 0
