"""How much of a change is due to each of several edits, whatever their order: Shapley values, exact or sampled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial, isqrt
from random import Random

from perfdsl.record import record

Worth = Callable[[frozenset[int]], Fraction]
"""What the edits of these numbers give."""

_DIGITS = 10**6


@record
class Shares:
    """The part of each edit; they add up to the whole change exactly.  `errors` are standard errors where it was sampled."""

    parts: dict[int, Fraction]
    errors: dict[int, Fraction]


def exact(players: Sequence[int], worth: Worth) -> dict[int, Fraction]:
    """The mean over all orders of what each player adds; *worth* is asked once for every set."""
    n = len(players)
    known = {frozenset(some): worth(frozenset(some)) for size in range(n + 1) for some in combinations(players, size)}
    weights = [Fraction(factorial(size) * factorial(n - size - 1), factorial(n)) for size in range(n)]
    parts = dict.fromkeys(players, Fraction(0))
    for some, value in known.items():
        for player in players:
            if player not in some:
                parts[player] += weights[len(some)] * (known[some | {player}] - value)
    return parts


def sampled(players: Sequence[int], worth: Worth, orders: int, seed: int) -> Shares:
    """The mean over *orders* random orders, the same in every run; each order adds up, so the mean does."""
    random, seen = Random(seed), dict[int, list[Fraction]]()
    known: dict[frozenset[int], Fraction] = {}
    for _ in range(orders):
        order = list(players)
        random.shuffle(order)
        for at, player in enumerate(order):
            before, after = (_known(known, frozenset(order[:end]), worth) for end in (at, at + 1))
            seen.setdefault(player, []).append(after - before)
    return Shares({p: sum(values, Fraction(0)) / orders for p, values in seen.items()}, {p: _error(values) for p, values in seen.items()})


def _known(known: dict[frozenset[int], Fraction], some: frozenset[int], worth: Worth) -> Fraction:
    if some not in known:
        known[some] = worth(some)
    return known[some]


def _error(values: Sequence[Fraction]) -> Fraction:
    """The standard error of the mean, rounded up at the sixth decimal."""
    n = len(values)
    mean = sum(values, Fraction(0)) / n
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (n * max(n - 1, 1))
    scaled = variance * _DIGITS**2
    return Fraction(isqrt(-(-scaled.numerator // scaled.denominator)) + (variance > 0), _DIGITS)
