"""Rounding a sum of quotients: whole parts and remainders apart, and near ties by whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from perfdsl.batch.columns.assumed import Unsafe
from perfdsl.batch.columns.numbers import Number, Numbers
from perfdsl.batch.columns.program import Array, Constant, Operand, Register, stored
from perfdsl.plan.quotients import Terms
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import record

NEAR = 2.0**-44
"""Fractions added up this near to a whole number may lie on either side: each step has an error below 2⁻⁴⁸ as long as they are fewer than `MANY`."""

MANY = 32

WRAPS = 2.0**105
"""Below this product of denominators a near tie's determinant is below 2⁶³, so that it can be computed modulo 2⁶⁴."""


def rounded_sum(numbers: Numbers, terms: Terms, rounding: Rounding, upright: bool, out: Register, undecided: Register) -> None:
    """The sum × 10^places, rounded half up, to *out* (float64); where that cannot be told *undecided* is set.

    Raises `Unsafe` where it is not sure that the sum is not below 0.
    """
    if rounding.mode is not RoundingMode.HALF_UP or len(terms) >= MANY:
        raise Unsafe
    places, program = 10 ** (rounding.places or 0), numbers.program
    quotients = [numbers.positive(one, upright) for one in numbers.binding.several(terms, places)]
    if any(numbers.range(one.top).low < 0 for one in quotients):
        raise Unsafe
    for one in quotients:
        numbers.check(one.top, one.bottom)
    with program.scope():
        pairs = [(numbers.polynomial(one.top), numbers.polynomial(one.bottom)) for one in quotients]
        rests = [program.new("f") for _ in pairs]
        fractions = program.made(stored, "f", 0.5)
        program.do(stored, 0.0, out)
        for (top, bottom), rest in zip(pairs, rests, strict=True):
            _taken_apart(numbers, top, bottom, rest, fractions, out)
        _settled(numbers, rests, [bottom for _, bottom in pairs], fractions, out, undecided)


def _taken_apart(numbers: Numbers, top: Number, bottom: Number, rest: Register, fractions: Register, out: Register) -> None:
    """Add the whole part of a quotient to *out* and what is left of it to *fractions*; *rest* is the remainder."""
    do = numbers.program.do
    with numbers.program.scope():
        whole = numbers.program.new("f")
        do(np.divide, top, bottom, whole)
        do(np.floor, whole, whole)
        do(np.add, out, whole, out)
        do(np.multiply, whole, bottom, whole)
        do(np.subtract, top, whole, rest)
        do(np.divide, rest, bottom, whole)
        do(np.add, fractions, whole, fractions)


def _settled(numbers: Numbers, rests: Sequence[Register], bottoms: Sequence[Operand], fractions: Register, out: Register,
             undecided: Register) -> None:
    """Add the whole part of the fractions to *out*, by whole numbers where they are near a tie."""
    program = numbers.program
    with program.scope():
        nearest, away = program.new("f"), program.new("f")
        near = program.new("m")
        program.do(np.rint, fractions, nearest)
        program.do(np.subtract, fractions, nearest, away)
        program.do(np.abs, away, away)
        program.do(np.less, away, NEAR, near)
        program.do(np.floor, fractions, fractions)
        scratch = [program.new("w") for _ in range(4)]
        program.do(Ties(len(rests)), *rests, *(_operand(one) for one in bottoms), *scratch, nearest, near, fractions, undecided)
        program.do(np.add, out, fractions, out)


def _operand(bottom: Operand) -> Operand:
    return bottom if isinstance(bottom, Register) else Constant(float(bottom))


@record
class Ties:
    """The operation that settles near ties of a sum of `count` quotients.

    Its operands: the remainders, the denominators, four scratch registers, the nearest whole number, where it is near, the whole part of
    the fractions, which is settled, and where that cannot be told.
    """

    count: int

    def __call__(self, *arrays: Array) -> None:
        rests, bottoms, rest = arrays[: self.count], arrays[self.count : 2 * self.count], arrays[2 * self.count :]
        _ties(rests, bottoms, rest[:4], *rest[4:])

    def parted(self, operands: Sequence[Operand]) -> tuple[Sequence[Operand], Sequence[Operand], Sequence[Operand]]:
        """The remainders, the denominators, and what stands behind the scratch registers."""
        return operands[: self.count], operands[self.count : 2 * self.count], operands[2 * self.count + 4 :]


def _ties(rests: Sequence[Array], bottoms: Sequence[Array], scratch: Sequence[Array], nearest: Array, near: Array, whole: Array,
          undecided: Array) -> None:
    """Where *near*: *whole* becomes the nearest whole number if the fractions with ½ reach it, else one less.

    Whether they do is the sign of Σ 2·rᵢ·Πⱼ≠ᵢdⱼ − (2·nearest − 1)·Πdⱼ, which is so small that it survives modulo 2⁶⁴.
    """
    count = int(np.count_nonzero(near))
    if count * _FEW >= near.size:
        _all_ties(rests, bottoms, scratch, nearest, near, whole, undecided)
    elif count:
        at = np.flatnonzero(near)
        one, left = whole[at], np.zeros(count, np.bool_)
        _all_ties([x[at] for x in rests], [x[at] for x in bottoms], [x[:count] for x in scratch], nearest[at], near[at], one, left)
        whole[at] = one
        undecided[at] |= left


_FEW = 8
"""Where fewer units than one in so many are near a tie they are picked out; else all are worked out, which takes fewer steps a unit."""


def _all_ties(rests: Sequence[Array], bottoms: Sequence[Array], scratch: Sequence[Array], nearest: Array, near: Array, whole: Array,
              undecided: Array) -> None:
    product = np.fmax.reduce(bottoms[0])
    for one in bottoms[1:]:
        product *= np.fmax.reduce(one)  # a denominator that is no number is none of a unit that is near a tie
    if product >= WRAPS:
        undecided |= near
    less = np.less(_determinant(rests, bottoms, scratch, nearest), 0)
    nearest -= whole
    nearest -= less
    nearest *= near
    whole += nearest


def _determinant(rests: Sequence[Array], bottoms: Sequence[Array], scratch: Sequence[Array], nearest: Array) -> Array:
    """Σ 2·rᵢ·Πⱼ≠ᵢdⱼ − (2·nearest − 1)·Πdⱼ modulo 2⁶⁴."""
    top, bottom, below, term = scratch
    top[...], bottom[...] = rests[0], bottoms[0]
    for rest, one in zip(rests[1:], bottoms[1:], strict=True):
        below[...], term[...] = one, rest
        np.multiply(term, bottom, out=term)
        np.multiply(top, below, out=top)
        np.add(top, term, out=top)
        np.multiply(bottom, below, out=bottom)
    term[...] = nearest
    np.multiply(term, 2, out=term)
    np.subtract(term, 1, out=term)
    np.multiply(bottom, term, out=bottom)
    np.multiply(top, 2, out=top)
    return np.subtract(top, bottom, out=top)
