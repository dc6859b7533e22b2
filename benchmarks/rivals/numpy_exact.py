"""numpy by hand, exact: float64 quotients of whole numbers in blocks that stay in the cache.

For whole n ≥ 0 and d > 0 with n + d ≤ 2⁵³ the floor of the float quotient is that of the quotient, so cents are
⌊(200 × weight × m + t) ÷ 2t⌋; targets to 3.7 × 10⁸ keep within that.  A sum of three quotients is taken apart into
whole cents and fractions; where the fractions with ½ come within 2⁻⁵⁰ of a whole number, whole numbers decide.
"""

from __future__ import annotations

import ctypes
import sys
from typing import NamedTuple

import numpy as np

from benchmarks.rivals import common
from benchmarks.workload.names import IDS
from benchmarks.workload.shape import WORD_CENTS
from benchmarks.workload.units import Columns

_BLOCK = 16_384
_EXACT = 2.0**53
_NEAR = 2.0**-50
_WRAPS = 2.0**110
"""Below this product of targets a near tie's determinant is below 2⁶³, so it may be computed modulo 2⁶⁴."""
_WORDS = np.array(WORD_CENTS)
_BANDS = np.array((0, 300, 480, 600))
_STEPS = np.zeros(10_001, np.int8)
for _least in (6000, 8000, 9000):
    _STEPS[_least:] += 1


class State(NamedTuple):
    inputs: Columns
    outputs: Columns
    threads: int


def prepare(columns: Columns, threads: int) -> State:
    _keep_freed_memory()
    return State(common.short(columns), common.outputs(len(next(iter(columns.values())))), threads)


def _keep_freed_memory() -> None:
    """Else glibc gives the pages of every block back and faults them in again, a third of the time."""
    if sys.platform == "linux":
        for option in (-1, -3):  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD
            ctypes.CDLL(None).mallopt(option, 1 << 25)


def score(state: State) -> Columns:
    _within(state.inputs)
    starts = range(0, len(state.inputs["q9"]), _BLOCK)
    common.in_threads(lambda start: _block(state.inputs, state.outputs, start), starts, state.threads)
    return state.outputs


digits = common.digits


def _within(inputs: Columns) -> None:
    """No numerator and denominator of a rule exceed 2⁵³: the largest is 2400 × the target, beside twice that."""
    most = max(int(column.max()) for name, column in inputs.items() if name.endswith("_t") or name in ("d3_a", "d4_a"))
    if 2500.0 * most > _EXACT:
        raise OverflowError("values too large for float64 quotients")


def _block(inputs: Columns, results: Columns, start: int) -> None:
    part = slice(start, start + _BLOCK)
    one = {name: column[part] for name, column in inputs.items()}
    total = results["total"][part]
    total[:] = 0
    for name in IDS:
        cents = results[name][part]
        _RULES[name](one, name, cents)
        total += cents
    np.take(_STEPS, total, out=results["grade"][part])


def _half_up(top: np.ndarray, below: np.ndarray, out: np.ndarray) -> None:
    """*top* holds twice the cents × below and is used up: ⌊(top + below) ÷ 2 below⌋."""
    top += below
    top /= below
    top *= 0.5  # a power of two: the quotient by 2 × below
    np.floor(top, out=top)
    out[:] = top


def _pair(one: Columns, name: str) -> tuple[np.ndarray, np.ndarray]:
    return one[f"{name}_a"], one[f"{name}_t"]


def _up(weight: int):
    def rule(one: Columns, name: str, out: np.ndarray) -> None:
        actual, target = _pair(one, name)
        _half_up(np.minimum(actual, target) * (200.0 * weight), target, out)
    return rule


def _down(weight: int):
    def rule(one: Columns, name: str, out: np.ndarray) -> None:
        actual, target = _pair(one, name)
        _half_up(np.minimum(actual, target) * (200.0 * weight), np.maximum(actual, 1), out)
        out[actual == 0] = 100 * weight
    return rule


def _all_or_nothing(one: Columns, name: str, out: np.ndarray) -> None:
    np.multiply(np.greater_equal(*_pair(one, name)), 500, out=out)


def _bands(one: Columns, name: str, out: np.ndarray) -> None:
    actual, target = (column.astype(float) for column in _pair(one, name))
    reached = (actual >= target).view(np.int8) + (actual * 10.0 >= target * 9.0).view(np.int8)
    reached += (actual * 4.0 >= target * 3.0).view(np.int8)
    np.take(_BANDS, reached, out=out)


def _line_from_06(one: Columns, name: str, out: np.ndarray) -> None:
    actual, target = (column.astype(float) for column in _pair(one, name))
    actual *= 5.0
    actual -= target * 3.0
    _cut(actual, 0.0, target + target)
    actual *= 900.0
    _half_up(actual, target, out)


def _line_from_05(one: Columns, name: str, out: np.ndarray) -> None:
    actual, target = (column.astype(float) for column in _pair(one, name))
    actual += actual
    actual -= target
    _cut(actual, 0.0, target)
    actual *= 1400.0
    _half_up(actual, target, out)


def _cut(values: np.ndarray, low: float, high: np.ndarray) -> None:
    np.maximum(values, low, out=values)
    np.minimum(values, high, out=values)


def _over(one: Columns, name: str, out: np.ndarray) -> None:
    actual, target = _pair(one, name)
    excess = np.minimum(np.maximum(actual - target, 0), 80_000)
    out[:] = (12_010_000.0 - excess * 150.0) * (1 / 20_000) + 1e-9  # steps of 1/20000: nothing lies within 1e-9


def _word(one: Columns, name: str, out: np.ndarray) -> None:
    np.take(_WORDS, one[name], out=out)


def _returning(one: Columns, name: str, out: np.ndarray) -> None:
    actual, target = (column.astype(float) for column in _pair(one, name))
    actual *= 10.0
    falling = target * 23.0
    falling -= actual
    np.minimum(actual, falling, out=actual)
    _cut(actual, 0.0, target * 10.0)
    actual *= 140.0
    _half_up(actual, target, out)


def _composite(one: Columns, name: str, out: np.ndarray) -> None:
    near_sum, cents, rests, targets = np.full(len(out), 0.5), np.zeros(len(out)), [], []
    for part, weight in zip("abc", (500.0, 400.0, 300.0), strict=True):
        rest, target = (column.astype(float) for column in _pair(one, name + part))
        np.minimum(rest, target, out=rest)
        rest *= weight
        whole = rest / target
        np.floor(whole, out=whole)
        cents += whole
        whole *= target
        rest -= whole
        near_sum += np.divide(rest, target, out=whole)
        rests.append(rest)
        targets.append(target)
    _carry(cents, near_sum, rests, targets)
    out[:] = cents


def _carry(cents: np.ndarray, near_sum: np.ndarray, rests: list[np.ndarray], targets: list[np.ndarray]) -> None:
    """Adds the floor of the sum of rest ÷ target and ½."""
    nearest, carry = np.rint(near_sum), np.floor(near_sum)
    near_sum -= nearest
    rows = np.flatnonzero(np.abs(near_sum, out=near_sum) <= _NEAR)
    if len(rows):
        carry[rows] = nearest[rows] - _below(nearest[rows], [one[rows] for one in rests], [one[rows] for one in targets])
    cents += carry


def _below(nearest: np.ndarray, rests: list[np.ndarray], targets: list[np.ndarray]) -> np.ndarray:
    """Whether the sum lies below *nearest*: the sign of 2 × Σ rest × other targets − (2 × nearest − 1) × all targets."""
    large = float(np.max(targets)) ** 3 >= _WRAPS
    x, y, z, t, u, v, k = (one.astype(np.int64).astype(object if large else np.int64) for one in (*rests, *targets, nearest))
    return np.less(2 * (x * u * v + y * t * v + z * t * u) - (2 * k - 1) * (t * u * v), 0).astype(bool)


_RULES = {
    "b0": _up(10), "u1": _up(12), "u2": _up(8), "d3": _down(8), "d4": _down(5), "n5": _all_or_nothing, "s6": _bands,
    "l7": _line_from_06, "p8": _over, "q9": _word, "c10": _composite, "o11": _returning, "l12": _line_from_05,
}
