"""Units of W in the mixture of real life: exact hits and half cents are common there.

Of every pair of values 40% are natural (1% of all has a zero, from among them), 25% meet the target exactly, 15% lie on
a threshold, 15% score a half cent, 5% are one ten-thousandth beside one of those two.  15% of composites sum up to a
half cent of three parts that never end.  The same seed gives the same units, and fewer are the first of more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from benchmarks.workload.halves import EXCESS_STEP, FULL_EXCESS, HALVES, THRESHOLDS, Ints
from benchmarks.workload.shape import ITEMS, SCALE, WORD, WORDS, Item

SEED = 20260101
BLOCK = 50_000
MOST = 10**6 * SCALE
NATURAL, EQUAL, THRESHOLD, HALF, BESIDE = range(5)
SHARES = (0.40, 0.25, 0.15, 0.15, 0.05)
ZEROS = 0.01
COMPOSITES = 0.15

Columns = dict[str, np.ndarray]
Random = np.random.Generator


class Values(NamedTuple):
    """Actual values and their targets, in ten-thousandths."""

    actual: Ints
    target: Ints


def units(count: int, seed: int = SEED) -> Columns:
    """*count* units: a column of int64 for each name in `NUMBERS`, one of int8 for the word of q9."""
    whole: Columns = {}
    for start, block in blocks(count, seed):
        for name, column in block.items():
            whole.setdefault(name, np.empty(count, column.dtype))[start:start + len(column)] = column
    return whole


def blocks(count: int, seed: int = SEED) -> Iterator[tuple[int, Columns]]:
    """The same units, `BLOCK` at a time, each with the place of its first."""
    for start in range(0, count, BLOCK):
        rng = np.random.default_rng((seed, start // BLOCK))
        yield start, {name: column[:count - start] for name, column in _block(rng).items()}


def _block(rng: Random) -> Columns:
    made: Columns = {}
    for item in ITEMS:
        for pair, values in zip(item.pairs, _item(rng, item), strict=True):
            made |= {pair.actual: values.actual, pair.target: values.target}
    return made | {WORD: rng.integers(0, len(WORDS), BLOCK, dtype=np.int8)}


def _item(rng: Random, item: Item) -> list[Values]:
    if item.id != "c10":
        return [_mixed(rng, item.id) for _ in item.pairs]
    parts = [_mixed(rng, f"c10.{at}") for at in range(3)]
    return _replaced(rng, parts)


def _mixed(rng: Random, rule: str) -> Values:
    """A block of one pair: each kind made for as many rows as it has."""
    actual, target = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64)
    kinds = rng.choice(len(SHARES), BLOCK, p=SHARES)
    for kind, make in enumerate(_KINDS):
        rows = np.flatnonzero(kinds == kind)
        actual[rows], target[rows] = make(rng, rule, len(rows))
    _with_zeros(rng, rule, kinds, actual, target)
    return Values(actual, target)


def _with_zeros(rng: Random, rule: str, kinds: Ints, actual: Ints, target: Ints) -> None:
    """An actual value may be 0 everywhere, a target only where less is better."""
    rows = np.flatnonzero((kinds == NATURAL) & (rng.random(BLOCK) < ZEROS / SHARES[NATURAL]))
    half = len(rows) // 2 if rule in ("d3", "d4", "p8") else 0
    target[rows[:half]] = 0
    actual[rows[half:]] = 0


def _round(rng: Random, count: int) -> tuple[Ints, Ints]:
    """Targets of one or two digits and noughts, and the unit of their last decimal place."""
    last = 10 ** (4 - rng.choice((0, 1, 2, 4), count, p=(0.4, 0.1, 0.3, 0.2)))
    target = rng.integers(1, 100, count) * last * 10 ** rng.integers(0, 5, count)
    return np.minimum(target, MOST), last


def _natural(rng: Random, rule: str, count: int) -> Values:
    target, last = _round(rng, count)
    if rule == "p8":
        target = rng.integers(0, 31, count) * SCALE
        return Values(target + rng.integers(0, 12 * SCALE, count) // last * last, target)
    ratio = rng.uniform(0.3, 1.45, count)
    return Values(np.rint(target * ratio / last).astype(np.int64) * last, target)


def _equal(rng: Random, rule: str, count: int) -> Values:
    target = _natural(rng, rule, count).target
    return Values(target.copy(), target)


def _threshold(rng: Random, rule: str, count: int) -> Values:
    if rule == "p8":
        target = _natural(rng, rule, count).target
        return Values(target + rng.choice((0, FULL_EXCESS), count), target)
    target = np.maximum(_round(rng, count)[0], 100) // 100
    return Values(target * rng.choice(THRESHOLDS, count), target * 100)


def _half(rng: Random, rule: str, count: int) -> Values:
    if rule == "p8":
        target = _natural(rng, rule, count).target
        return Values(target + EXCESS_STEP * (2 * rng.integers(0, FULL_EXCESS // EXCESS_STEP // 2, count) + 1), target)
    if rule not in HALVES:
        return _threshold(rng, rule, count)
    steps, numerators, down = HALVES[rule]
    times = _times(rng, MOST // int(max(steps, numerators.max())), count)
    top, below = rng.choice(numerators, count) * times, steps * times
    return Values(below, top) if down else Values(top, below)


def _times(rng: Random, most: int, count: int) -> Ints:
    """Whole numbers to *most*, small ones as likely as large ones by their length, half of them round."""
    many = np.exp(rng.uniform(0, np.log(most), count)).astype(np.int64)
    return np.where((many >= 200) & (rng.random(count) < 0.5), many // 100 * 100, many)


def _beside(rng: Random, rule: str, count: int) -> Values:
    here, there = _threshold(rng, rule, count), _half(rng, rule, count)
    first = rng.random(count) < 0.5
    actual, target = (np.where(first, one, other) for one, other in zip(here, there, strict=True))
    return Values(np.maximum(actual + rng.choice((-1, 1), count), 0), target)


_KINDS: tuple[Callable[[Random, str, int], Values], ...] = (_natural, _equal, _threshold, _half, _beside)


def _replaced(rng: Random, parts: list[Values]) -> list[Values]:
    """15% of the composites replaced by those that only together are a half cent."""
    rows = np.flatnonzero(rng.random(BLOCK) < COMPOSITES)
    for part, values in zip(parts, endless(rng, len(rows)), strict=True):
        part.actual[rows], part.target[rows] = values
    return parts


def endless(rng: Random, count: int) -> tuple[Values, Values, Values]:
    """Parts that score x ÷ q, y ÷ q and z ÷ 2q cents, q a prime that divides none of them, and a half cent in all.

    x and y leave the same rest at q, which makes 2(x + y) no multiple of it; z = odd × q − 2(x + y) then is none either.
    """
    q = rng.choice((3, 7, 11, 13, 17), count)
    rest = rng.integers(1, q)
    x, y = rng.integers(0, 499, count) * q + rest, rng.integers(0, 399, count) * q + rest
    least = 2 * (x + y) // q + 1  # the least odd × q above 2(x + y)
    least += least % 2 == 0
    z = (least + 2 * rng.integers(0, 298, count)) * q - 2 * (x + y)
    tops, belows = (x, y, z), (500 * q, 400 * q, 600 * q)
    times = [_times(rng, MOST // (600 * 17), count) for _ in range(3)]
    first, second, third = (Values(top * n, below * n) for top, below, n in zip(tops, belows, times, strict=True))
    return first, second, third
