"""Adversarial units: values to 10⁸ with four places whose scores are as near a half cent as such values allow.

A quotient m ÷ s is a half cent; actual ÷ target comes nearest where s × actual = m × target ± 1, which the inverse of m
modulo s gives.  The sum of three parts comes nearest where it is the half cent ± 1 ÷ the product of the targets.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator

import numpy as np

from benchmarks.workload.halves import EXCESS_STEP, FULL_EXCESS, HALVES, Halves, Ints, coprime
from benchmarks.workload.shape import BY_ID, INPUTS, ITEMS, PART_WEIGHTS, SCALE, WORD, WORDS
from benchmarks.workload.units import Columns, Random, Values

SEED = 4875
MOST = 10**8 * SCALE
_LEAST = 10**5
_EDGES = {"n5": Halves(1, np.array([1])), "s6": Halves(20, np.array([15, 18, 20]))}
"""The rules without half cents come as near to where they jump."""


def units(count: int, seed: int = SEED) -> Columns:
    """*count* units, half of the scores below their half cent and half above."""
    rng = np.random.default_rng(seed)
    made: Columns = {}
    for item in ITEMS:
        if item.id != "c10":
            for pair in item.pairs:
                made[pair.actual], made[pair.target] = _beside(rng, item.id, count)
    made |= _composites(count, seed) | {WORD: rng.integers(0, len(WORDS), count, dtype=np.int8)}
    return {name: made[name] for name in INPUTS}


def _beside(rng: Random, rule: str, count: int) -> Values:
    side = rng.choice((-1, 1), count)
    if rule == "p8":
        target = _large(rng, MOST // 2, count)
        return Values(target + EXCESS_STEP * (2 * rng.integers(0, FULL_EXCESS // EXCESS_STEP // 2, count) + 1) + side, target)
    top, below = _nearest(rng, coprime(HALVES[rule]) if rule in HALVES else _EDGES[rule], side)
    return Values(below, top) if rule in HALVES and HALVES[rule].down else Values(top, below)


def _large(rng: Random, most: int, count: int) -> Ints:
    """To *most*, every magnitude as often as any other."""
    return np.exp(rng.uniform(np.log(_LEAST), np.log(most), count)).astype(np.int64)


def _nearest(rng: Random, halves: Halves, side: Ints) -> tuple[Ints, Ints]:
    """Tops and belows with steps × top = numerator × below + side, where that has a solution, or the nearest to it."""
    steps = halves.steps
    at = rng.integers(0, len(halves.numerators), len(side))
    numerator = halves.numerators[at]
    common = np.gcd(numerator, steps)
    inverse = _inverses(halves)[at]
    below = _large(rng, MOST * steps // int(max(steps, halves.numerators.max())), len(side))
    below += (-side * inverse - below) % (steps // common)
    below = np.where(below > MOST // 4, below - (steps // common), below)
    return (numerator // common * below + side) // (steps // common), below


def _inverses(halves: Halves) -> Ints:
    """Of each numerator modulo steps, both in lowest terms."""
    return np.array([_inverse(int(one), halves.steps) for one in halves.numerators])


def _inverse(numerator: int, steps: int) -> int:
    common = math.gcd(numerator, steps)
    return pow(numerator // common, -1, steps // common) if steps > common else 0


def _composites(count: int, seed: int) -> Columns:
    pairs = BY_ID["c10"].pairs
    columns = [name for pair in pairs for name in pair]
    rows = np.array([row for _, row in zip(range(count), _sums(random.Random(seed)), strict=False)], np.int64)
    return {name: np.ascontiguousarray(rows[:, at]) for at, name in enumerate(columns)}


def _sums(rng: random.Random) -> Iterator[tuple[int, ...]]:
    """Actual and target of three parts whose doubled cents sum up to odd ± 1 ÷ product: the targets are odd."""
    while True:
        targets = _coprimes(rng, 10 ** rng.randint(4, 12))
        side, whole = rng.choice((-1, 1)), math.prod(targets)
        yield tuple(value for weight, target in zip(PART_WEIGHTS, targets, strict=True)
                    for value in (side * pow(200 * weight * (whole // target), -1, target) % target, target))


def _coprimes(rng: random.Random, most: int) -> tuple[int, ...]:
    """Three numbers without a common divisor, to each other and to 2 × 3 × 5."""
    while True:
        made = tuple(rng.randrange(most // 10, most) for _ in PART_WEIGHTS)
        if math.lcm(30, *made) == 30 * math.prod(made):
            return made
