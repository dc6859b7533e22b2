"""The digits of many units, fast enough for 10⁶ and as exact as `exact`: Python's whole numbers, in processes.

Every rule is a numerator and a denominator in whole numbers, and the cents are ⌊(2 × numerator + denominator) ÷ (2 ×
denominator)⌋.  A test holds it to the fractions of `exact`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import numpy as np

from benchmarks.workload.exact import grade
from benchmarks.workload.halves import Ints
from benchmarks.workload.shape import ITEMS, PART_WEIGHTS, SCALE, WORD, WORD_CENTS, Item
from benchmarks.workload.units import Columns

_PIECE = 20_000

Quotient = tuple[int, int]
Rule = Callable[[int, int, int], Quotient]


class Digits(NamedTuple):
    """Rows of 13 cents in the order of `ITEMS`, the totals in cents, the places of the grades."""

    cents: Ints
    total: Ints
    grade: Ints


def digits(columns: Columns, processes: int = 1) -> Digits:
    """What each unit of *columns* must score."""
    pieces = list(_pieces(columns))
    if processes == 1:
        made = [_cents(piece) for piece in pieces]
    else:
        with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
            made = list(pool.map(_cents, pieces))
    return totalled(np.concatenate(made))


def totalled(cents: Ints) -> Digits:
    total = cents.sum(axis=1)
    grades = np.array([grade(one) for one in range(10_001)], np.int8)
    return Digits(cents, total, grades[total])


def stacked(scores: Sequence[Ints], total: Ints, grade: Ints) -> Digits:
    """From a column of cents for each indicator."""
    return Digits(np.stack(scores, axis=1), total, grade.astype(np.int8))


def wrong_units(found: Digits, right: Digits) -> int:
    """How many units have a cell, a total or a grade that differs."""
    differs = (found.cents != right.cents).any(axis=1) | (found.total != right.total) | (found.grade != right.grade)
    return int(differs.sum())


def _pieces(columns: Columns) -> Iterator[Columns]:
    for start in range(0, len(columns[WORD]), _PIECE):
        yield {name: column[start:start + _PIECE] for name, column in columns.items()}


def _cents(columns: Columns) -> Ints:
    lists = {name: column.tolist() for name, column in columns.items()}
    return np.array([_item(item, lists) for item in ITEMS], np.int64).T


def _item(item: Item, columns: Mapping[str, Sequence[int]]) -> list[int]:
    """One indicator of all units."""
    if item.id == "q9":
        return [WORD_CENTS[word] for word in columns[WORD]]
    values = [columns[name] for pair in item.pairs for name in pair]
    if item.id == "c10":
        return [_half_up(_sum(*unit)) for unit in zip(*values, strict=True)]
    rule, weight = _RULES[item.id], 100 * item.weight
    return [_half_up(rule(a, t, weight)) for a, t in zip(*values, strict=True)]


def _half_up(quotient: Quotient) -> int:
    top, below = quotient
    return (2 * top + below) // (2 * below)


def _up(a: int, t: int, w: int) -> Quotient:
    return w * min(a, t), t


def _down(a: int, t: int, w: int) -> Quotient:
    return (w * min(a, t), a) if a else (w, 1)


def _bands(a: int, t: int, w: int) -> Quotient:
    return w * (10 if a >= t else 8 if 10 * a >= 9 * t else 5 if 4 * a >= 3 * t else 0), 10


def _line(start: int) -> Rule:
    """From *start* tenths of the target."""
    return lambda a, t, w: (w * min(max(10 * a - start * t, 0), (10 - start) * t), (10 - start) * t)


def _over(a: int, t: int, w: int) -> Quotient:
    return max(4 * SCALE * w - 300 * max(a - t, 0), 0), 4 * SCALE


def _returning(a: int, t: int, w: int) -> Quotient:
    return (w * min(a, t), t) if 10 * a <= 13 * t else (max(w * (23 * t - 10 * a), 0), 10 * t)


def _sum(a: int, t: int, b: int, u: int, c: int, v: int) -> Quotient:
    x, y, z = (100 * weight for weight in PART_WEIGHTS)
    return x * min(a, t) * u * v + y * min(b, u) * t * v + z * min(c, v) * t * u, t * u * v


_RULES: Mapping[str, Rule] = {
    "b0": _up, "u1": _up, "u2": _up, "d3": _down, "d4": _down, "n5": lambda a, t, w: (w if a >= t else 0, 1),
    "s6": _bands, "l7": _line(6), "p8": _over, "o11": _returning, "l12": _line(5),
}
