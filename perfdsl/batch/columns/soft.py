"""Quotients that are not rounded yet, so that bounds can still be put to them."""

from __future__ import annotations

from perfdsl.batch.columns.assumed import INT32, Unsafe
from perfdsl.batch.columns.numbers import Numbers
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Quotient
from perfdsl.plan.quotients import Terms
from perfdsl.quantity import Rounding
from perfdsl.record import record


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
