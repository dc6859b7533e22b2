"""What each unit of W must score, straight from the workload's table, in fractions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from benchmarks.workload.shape import GRADE_FROM, ITEMS, PART_WEIGHTS, SCALE, WORD, WORD_CENTS, Item

Rule = Callable[[Fraction, Fraction, int], Fraction]
Unit = Mapping[str, int]


class Scored(NamedTuple):
    """The cents of each indicator in the order of `ITEMS`, of the total, and the place of the grade."""

    cents: tuple[int, ...]
    total: int
    grade: int


def half_up(points: Fraction) -> int:
    """Cents of points that are not negative."""
    return (points * 100 + Fraction(1, 2)).__floor__()


def _up(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    return weight * min(actual / target, Fraction(1))


def _down(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    return weight * min(target / actual, Fraction(1)) if actual else Fraction(weight)


def _all_or_nothing(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    return Fraction(weight if actual >= target else 0)


def _bands(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    rate = actual / target
    for least, share in ((Fraction(1), 10), (Fraction(9, 10), 8), (Fraction(3, 4), 5)):
        if rate >= least:
            return Fraction(weight * share, 10)
    return Fraction(0)


def _line(start: Fraction) -> Rule:
    """0 at or below *start* × target, full at or above the target."""
    def rule(actual: Fraction, target: Fraction, weight: int) -> Fraction:
        return weight * min(max((actual / target - start) / (1 - start), Fraction(0)), Fraction(1))
    return rule


def _over(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    return max(weight - Fraction(3, 4) * max(actual - target, Fraction(0)), Fraction(0))


def _returning(actual: Fraction, target: Fraction, weight: int) -> Fraction:
    rate = actual / target
    if rate <= Fraction(13, 10):
        return weight * min(rate, Fraction(1))
    return max(weight - weight * (rate - Fraction(13, 10)), Fraction(0))


RULES: Mapping[str, Rule] = {
    "b0": _up, "u1": _up, "u2": _up, "d3": _down, "d4": _down, "n5": _all_or_nothing, "s6": _bands,
    "l7": _line(Fraction(3, 5)), "p8": _over, "o11": _returning, "l12": _line(Fraction(1, 2)),
}


def scored(unit: Unit) -> Scored:
    """*unit* has for each column its whole number, see `shape`."""
    cents = tuple(_cents(item, unit) for item in ITEMS)
    return Scored(cents, sum(cents), grade(sum(cents)))


def grade(total: int) -> int:
    return sum(total >= least for least in GRADE_FROM) - 1


def _cents(item: Item, unit: Unit) -> int:
    if item.id == "q9":
        return WORD_CENTS[unit[WORD]]
    values = [(Fraction(unit[pair.actual], SCALE), Fraction(unit[pair.target], SCALE)) for pair in item.pairs]
    return half_up(_points(item, values))


def _points(item: Item, values: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    if item.id == "c10":
        return sum((_up(*value, weight) for value, weight in zip(values, PART_WEIGHTS, strict=True)), Fraction(0))
    return RULES[item.id](*values[0], item.weight)
