"""Quotients of polynomials divided and rounded as array operations."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from perfdsl.batch.columns.assumed import INT32, Unsafe
from perfdsl.batch.columns.program import Constant, Register
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Quotient
from perfdsl.quantity import Rounding, RoundingMode

if TYPE_CHECKING:
    from perfdsl.batch.columns.numbers import Number, Numbers


def divided(numbers: Numbers, top: p.Polynomial, bottom: p.Polynomial, then: Callable[..., object] | None) -> Register:
    """The quotient in float64, to which *then* is done where it is given."""
    out = numbers.program.new("f")
    with numbers.program.scope():
        over, under = numbers.polynomial(top, out), numbers.polynomial(bottom)
        numbers.program.do(np.divide, over, under, out)
        if then is not None:
            numbers.program.do(then, out, out)
    return out


def rounded(numbers: Numbers, pair: Quotient, rounding: Rounding, clip: tuple[int, int] | None = None, mixed: bool = False) -> Register:
    """The quotient × 10^places rounded, in float64; with *clip* kept between these.  `bottom` is above 0.

    What is above 0 may keep a fraction, which the cut to whole numbers takes off.
    """
    top = p.scaled(pair.top, 10 ** (rounding.places or 0))
    signs = numbers.range(top).signs
    if mixed or (-1 in signs and 1 in signs):
        return _of_both_signs(numbers, top, pair.bottom, rounding, clip, mixed)
    turned = -1 in signs
    over, under = _raised(p.scaled(top, -1) if turned else top, pair.bottom, rounding.mode)
    numbers.check(over, under)
    made = divided(numbers, over, under, np.floor if turned else None)
    if turned:
        numbers.program.do(np.negative, made, made)
    if clip and clip[1] < INT32:
        numbers.program.do(np.minimum, made, Constant(float(clip[1])), made)
    if clip and (turned or clip[0] > 0):
        numbers.program.do(np.maximum, made, Constant(float(clip[0])), made)
    return made


def _of_both_signs(numbers: Numbers, top: p.Polynomial, bottom: p.Polynomial, rounding: Rounding, clip: tuple[int, int] | None,
                   mixed: bool) -> Register:
    """Rounded by size, with the sign put back."""
    if not mixed and clip and clip[0] >= 0 and rounding.mode is not RoundingMode.UP:  # what is below 0 becomes the least anyway
        over, under = _raised(top, bottom, rounding.mode)
        numbers.check(over, under)
        made = divided(numbers, over, under, None)
        _clip(numbers, made, clip)
        return made
    doubled, ahead, under = _ahead(bottom, rounding.mode)
    numbers.check(p.scaled(top, doubled), ahead, under)
    out = numbers.program.new("f")
    with numbers.program.scope():
        size = numbers.polynomial(p.scaled(top, doubled))
        numbers.program.do(np.abs, size, out)
        numbers.program.do(np.add, out, _size(numbers, ahead, mixed), out)
        numbers.program.do(np.divide, out, _size(numbers, under, mixed), out)
        numbers.program.do(np.floor, out, out)
        numbers.program.do(np.copysign, out, size, out)
        if mixed:
            sign = numbers.program.made(np.copysign, "f", 1.0, numbers.polynomial(under))
            numbers.program.do(np.multiply, out, sign, out)
    _clip(numbers, out, clip)
    return out


def _size(numbers: Numbers, top: p.Polynomial, mixed: bool) -> Number:
    """Its value without its sign."""
    value = numbers.polynomial(top)
    return numbers.program.made(np.abs, "f", value) if mixed and isinstance(value, Register) else value


def _clip(numbers: Numbers, made: Register, clip: tuple[int, int] | None) -> None:
    if clip:
        numbers.program.do(np.minimum, made, Constant(float(clip[1])), made)
        numbers.program.do(np.maximum, made, Constant(float(clip[0])), made)


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
