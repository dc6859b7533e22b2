"""Whether a changed ruleset means the same: proved for every value, refuted at one, or not known."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import prod

from perfdsl.data.facts import Fact
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.ruleset import Kind as Cell
from perfdsl.model.walk import every, expressions
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.testing.answer import SAME, Found, Kind
from perfdsl.testing.few import days
from perfdsl.testing.free import freed
from perfdsl.testing.mutants import Mutant
from perfdsl.testing.pair import Pair
from perfdsl.testing.same_total import total

MOST_CHOICES = 400
"""How many combinations of words and of values that are only compared are gone through."""


def compared(ruleset: Ruleset, mutant: Mutant, reached: frozenset[str]) -> Found:
    """Whether *mutant* gives every indicator that it reaches, and every total its grade, as *ruleset* does."""
    if mutant.judged:
        return Found(Kind.DIFFERENT, "评审人可以给的分不同")
    of_rows = [_indicator(ruleset, mutant.ruleset, path) for path in sorted(reached)]
    found = [*of_rows, *((total(ruleset, mutant.ruleset),) if mutant.whole else ())]
    return next((one for kind in (Kind.DIFFERENT, Kind.UNKNOWN) for one in found if one.kind is kind), SAME)


# ---- one indicator


def _indicator(old: Ruleset, new: Ruleset, path: str) -> Found:
    freed_pair = None if old.refers else freed(old, new, path)
    one, other = (next(i for i in r.indicators() if i.path == path) for r in (old, new))
    if one.alerts != other.alerts:
        return Found(Kind.DIFFERENT, "预警不同")
    if freed_pair is not None and _pair(*freed_pair, one).kind is Kind.SAME:
        return SAME
    return _pair(old, new, one)


def _pair(old: Ruleset, new: Ruleset, derived: Indicator) -> Found:
    one = next(i for i in old.indicators() if i.path == derived.path)
    pair = Pair(old, new, one, derived, Unknowns(old))
    numbers, tables = pair.unknowns()
    if len(numbers) > 1:
        return _sampled(pair, numbers, tables)
    for items in _products(tables):
        found = pair.everywhere(numbers[0], items) if numbers else pair.at(items)
        if found.kind is not Kind.SAME:
            return found
    many = prod(len(values) for _, values in tables) > MOST_CHOICES
    return Found(Kind.UNKNOWN, f"情形太多，试过 {MOST_CHOICES} 组，没有差别") if many else SAME


def _products(tables: list[tuple[str, list[Fact]]]) -> Iterator[dict[str, Fact]]:
    names = [name for name, _ in tables]
    for at, chosen in enumerate(product(*(values for _, values in tables))):
        if at < MOST_CHOICES:
            yield dict(zip(names, chosen, strict=True))


# ---- several numbers: one at a time, the others at values near what is written


def _sampled(pair: Pair, numbers: list[Unknown], tables: list[tuple[str, list[Fact]]]) -> Found:
    """A difference where one of the numbers goes through all its values; nothing is proved where none is found."""
    asked = 0
    for free in numbers:
        others = [(one.path, [Fact(one.value(x)) for x in _values(pair.old, one)]) for one in numbers if one is not free]
        for items in _products([*tables, *others]):
            asked += 1
            found = pair.everywhere(free, items)
            if found.kind is Kind.DIFFERENT:
                return found
            if asked >= MOST_CHOICES:
                break
    return Found(Kind.UNKNOWN, f"取决于 {len(numbers)} 个数；试过 {asked} 组，没有差别")


def _values(ruleset: Ruleset, unknown: Unknown) -> list[Fraction]:
    """A few values of a number that is given while another goes through all of its own."""
    if unknown.expected.kind is Cell.DATE:
        return days(ruleset)
    unit = unknown.expected.unit
    near = {Fraction(0), Fraction(1), Fraction(100)}
    for one in expressions(ruleset):
        near |= {n.value.shown for n in every(one) if isinstance(n, k.Number) and unit and n.value.unit.kind == unit.kind}
    return sorted(near)[:8]
