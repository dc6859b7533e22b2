"""From where on a rounded number reaches a bound: rounding never reverses an order, so there is one such place."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.prove.numberlike import Number
from perfdsl.quantity import Rounding, RoundingMode


def reaches(inner: Number, bound: Fraction, rounding: Rounding) -> bool:
    """Whether *inner*, rounded, is not less than *bound*."""
    grain = Fraction(1, 10 ** (rounding.places or 0))
    place, closed = _start(-(-bound // grain) * grain, grain, rounding.mode)
    return bool(inner >= place if closed else inner > place)


def exceeds(inner: Number, bound: Fraction, rounding: Rounding) -> bool:
    grain = Fraction(1, 10 ** (rounding.places or 0))
    return reaches(inner, (bound // grain + 1) * grain, rounding)


def _start(step: Fraction, grain: Fraction, mode: RoundingMode) -> tuple[Fraction, bool]:
    """From where on numbers are rounded to *step* or more, and whether that place is one of them."""
    match mode:
        case RoundingMode.HALF_UP:
            return step - grain / 2, step > 0
        case RoundingMode.HALF_EVEN:
            return step - grain / 2, (step / grain) % 2 == 0
        case RoundingMode.TRUNCATE:
            return (step, True) if step > 0 else (step - grain, False)
        case RoundingMode.UP:
            return (step - grain, False) if step > 0 else (step, True)
