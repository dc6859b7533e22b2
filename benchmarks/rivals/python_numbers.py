"""Plain Python over Decimals of 28 digits, or over Fractions: the rules as they are written, one unit after another."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from benchmarks.rivals import common
from benchmarks.workload.shape import SCALE
from benchmarks.workload.units import Columns

_CENT = Decimal("0.01")
_HALF = Fraction(1, 2)


class State(NamedTuple):
    units: list[tuple]
    kind: type
    half_up: object


def prepare_decimals(columns: Columns, threads: int) -> State:
    return _state(columns, Decimal, lambda points: points.quantize(_CENT, ROUND_HALF_UP))


def prepare_fractions(columns: Columns, threads: int) -> State:
    return _state(columns, Fraction, lambda points: Fraction(math.floor(points * 100 + _HALF), 100))


def _state(columns: Columns, kind: type, half_up) -> State:
    units = [(*(kind(value) / SCALE for value in values), word) for *values, word in common.rows(common.short(columns))]
    return State(units, kind, half_up)


def score(state: State) -> list[tuple]:
    one = _scorer(state.kind, state.half_up)
    return [one(*unit) for unit in state.units]


def digits(scored: list[tuple]):
    return common.from_rows([(*(cell * 100 for cell in cells), grade) for *cells, grade in scored])


def _scorer(kind, half_up):
    """The numbers of the rules are of *kind*, made once."""
    zero, one, start, half, four_fifths, nine_tenths, three_quarters, over_from, gone_at = (
        kind(number) for number in ("0", "1", "0.6", "0.5", "0.8", "0.9", "0.75", "1.3", "2.3"))
    words = tuple(kind(number) for number in ("5", "3.5", "1.5"))
    step = three_quarters

    def line(a, t, first, weight):
        return zero if a <= first * t else kind(weight) if a >= t else weight * (a - first * t) / ((one - first) * t)

    def returning(a, t):
        if a <= over_from * t:
            return kind(7) if a >= t else 7 * a / t
        return max(7 * (gone_at * t - a) / t, zero)

    def unit(b0a, b0t, u1a, u1t, u2a, u2t, d3a, d3t, d4a, d4t, n5a, n5t, s6a, s6t, l7a, l7t, p8a, p8t,
             xa, xt, ya, yt, za, zt, oa, ot, la, lt, word, /):
        points = (
            kind(10) if b0a >= b0t else 10 * b0a / b0t,
            kind(12) if u1a >= u1t else 12 * u1a / u1t,
            kind(8) if u2a >= u2t else 8 * u2a / u2t,
            kind(8) if d3a <= d3t or not d3a else 8 * d3t / d3a,
            kind(5) if d4a <= d4t or not d4a else 5 * d4t / d4a,
            kind(5) if n5a >= n5t else zero,
            6 * (one if s6a >= s6t else four_fifths if s6a >= nine_tenths * s6t else half if s6a >= three_quarters * s6t else zero),
            line(l7a, l7t, start, 9),
            max(6 - step * max(p8a - p8t, zero), zero),
            words[word],
            (5 * min(xa, xt) * yt * zt + 4 * min(ya, yt) * xt * zt + 3 * min(za, zt) * xt * yt) / (xt * yt * zt),
            returning(oa, ot),
            line(la, lt, half, 7),
        )
        scores = tuple(half_up(one) for one in points)
        total = sum(scores)
        return *scores, total, 3 if total >= 90 else 2 if total >= 80 else 1 if total >= 60 else 0
    return unit
