"""Several indicators at once: the fewest that are enough, and of these the least change.

For every set of indicators each of them in turn is the one that need not go all the way: the others stand at their best value
nearest to now, and its own values follow exactly from the interpreter.  Of two indicators every division of the points is then searched (`pairs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from perfdsl.goal.aim import Aim
from perfdsl.goal.cells import Asked
from perfdsl.goal.combination import Combination, Lever, combination, given, moved
from perfdsl.goal.effort import effort
from perfdsl.goal.need import Value, need
from perfdsl.goal.pairs import divided, is_plain
from perfdsl.goal.spread import limits, places
from perfdsl.goal.whole import MOST_PIECES, Whole
from perfdsl.model.ruleset import Indicator
from perfdsl.prove.line import explore
from perfdsl.record import record

MOST_LEVERS, MOST_TRIED, MOST_SETS, SHOWN = 16, 600, 120, 3


@record
class Together:
    """The cheapest combinations, and whether some were not looked at; `size` indicators are needed, None where all together are not enough."""

    found: tuple[Combination, ...]
    size: int | None
    cut: bool
    best: Fraction


def together(whole: Whole, aim: Aim, asked: Sequence[tuple[Indicator, Asked]]) -> Together:
    """The cheapest combinations of at least two indicators."""
    every = _levers(whole, asked)
    levers = every[:MOST_LEVERS]
    every_at_best = whole.at(given({lever: lever.best for lever in levers}))
    if not aim.surely(every_at_best):
        return Together((), None, len(levers) < len(every), every_at_best.low)
    size = next(n for n in range(2, len(levers) + 1) if n == len(levers) or _reach(whole, aim, levers[:n]))
    tried = sorted(combinations(levers, size), key=_at_best)
    sets = [chosen for chosen in tried[:MOST_TRIED] if _reach(whole, aim, chosen)] or [tuple(levers[:size])]
    most = MOST_SETS // size ** 2 * 4
    cut = len(levers) < len(every) or len(tried) > MOST_TRIED or len(sets) > most
    return _cheapest(whole, aim, sets[:most], size, cut, every_at_best.low)


def _cheapest(whole: Whole, aim: Aim, sets: list[tuple[Lever, ...]], size: int, cut: bool, best: Fraction) -> Together:
    found = [made for levers in sets for made in _vertices(whole, aim, levers)]
    plain = size == 2 and is_plain(whole)
    if plain:
        found, plain = divided(whole, aim, sets, found, SHOWN)
    found.sort(key=lambda c: (c.effort, [m.lever.indicator.path for m in c.moves]))
    return Together(tuple(_first_of_each(found))[:SHOWN], size, cut or not plain, best)


def _first_of_each(found: list[Combination]) -> Iterator[Combination]:
    """The cheapest of every set of indicators."""
    seen: set[frozenset[str]] = set()
    for one in found:
        key = frozenset(m.lever.indicator.path for m in one.moves)
        if key not in seen:
            seen.add(key)
            yield one


# ---- what can be moved


def _levers(whole: Whole, asked: Sequence[tuple[Indicator, Asked]]) -> list[Lever]:
    """One lever an indicator: the unknown that wins it most points; the one that wins most first."""
    best: dict[str, Lever] = {}
    for indicator, one in asked:
        lever = _lever(whole, indicator, one)
        if lever is not None and (indicator.path not in best or lever.won > best[indicator.path].won):
            best[indicator.path] = lever
    taken: dict[str, Lever] = {}
    for lever in sorted(best.values(), key=lambda x: -x.won):
        taken.setdefault(lever.asked.path, lever)
    return list(taken.values())


def _lever(whole: Whole, indicator: Indicator, asked: Asked) -> Lever | None:
    """The value nearest to now of those that bring the highest total; None where that is no more than there is."""
    tried = [(v, whole.at(asked.given(v)).low) for v in _candidates(whole, asked)]
    most = max((total for _, total in tried), default=whole.now.low)
    if most <= whole.now.low:
        return None
    value = min((v for v, total in tried if total == most), key=lambda v: effort(asked, v))
    return Lever(indicator, asked, value, most - whole.now.low)


def _candidates(whole: Whole, asked: Asked) -> list[Value]:
    """Ends of the regions in which nothing about the items changes but along one line."""
    if asked.domain is None:
        return list(asked.words)
    pieces = explore(lambda x: limits(whole.at(asked.given(x)).low), asked.domain, MOST_PIECES)
    return [place for piece in pieces if piece.value is not None for place in places(piece.region, asked.domain)]


# ---- combinations


def _reach(whole: Whole, aim: Aim, levers: Sequence[Lever]) -> bool:
    return aim.surely(whole.at(given({lever: lever.best for lever in levers})))


def _at_best(levers: Sequence[Lever]) -> Fraction:
    return sum((effort(lever.asked, lever.best) for lever in levers), Fraction(0))


def _vertices(whole: Whole, aim: Aim, levers: tuple[Lever, ...]) -> Iterator[Combination]:
    """All but one at their best; that one no further than it must."""
    for partial in levers:
        fixed = {lever: lever.best for lever in levers if lever is not partial}
        found = need(moved(whole, given(fixed)), aim, partial.asked, (partial.indicator,))
        if found.nearest is not None and found.possible:
            yield combination(whole, {**fixed, partial: found.nearest.value}, levers)
