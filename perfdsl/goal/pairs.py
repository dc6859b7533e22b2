"""Two indicators: every division of the effort between them, by branch and bound.

Where more points of one item never ask for more of another, the least change of the one at the low end of a stretch, and of the other at
its high end, is less than any change in between: a stretch that cannot beat what has been found is given up.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import count

from perfdsl.goal.aim import Aim
from perfdsl.goal.combination import Combination, Lever, combination, given, moved
from perfdsl.goal.effort import effort
from perfdsl.goal.need import Value, need
from perfdsl.goal.whole import Whole
from perfdsl.model.references import LOWEST_RATE
from perfdsl.model.ruleset import Group
from perfdsl.model.walk import names
from perfdsl.record import record

MOST_LOOKS = 240
CLOSE = Fraction(1, 1000)
"""How much of the effort (0.1%) a stretch must be able to save to be looked into."""


def is_plain(whole: Whole) -> bool:
    """Whether more points of one item never ask for more of another: no item and no clause weighs items against each other."""
    ruleset = whole.ruleset
    said = [x.condition for x in (*ruleset.effects, *ruleset.grades) if x.condition is not None]
    grouped = any(isinstance(node, Group) and node.combiner for node in ruleset.nodes())
    return not ruleset.refers and not grouped and not any(LOWEST_RATE in names(condition) for condition in said)


@record
class _Stretch:
    """Values of the first lever from `start` to `end`, and what the second must be at the end (None: nothing is enough)."""

    first: Lever
    second: Lever
    start: Fraction
    end: Fraction
    at_end: Value | None


def divided(whole: Whole, aim: Aim, sets: Sequence[tuple[Lever, ...]], found: list[Combination], shown: int) -> tuple[list[Combination], bool]:
    """*found* with what dividing the effort makes cheaper, and whether nothing cheaper can have been missed."""
    search = _Search(whole, aim, found, shown)
    for levers in sets:
        search.begin(levers)
    whole_search = search.run()
    return [*found, *(search.polished(one) for one in search.made)], whole_search


class _Search:
    def __init__(self, whole: Whole, aim: Aim, found: Iterable[Combination], shown: int) -> None:
        self.whole, self.aim, self.shown = whole, aim, shown
        self.best: dict[frozenset[Lever], Fraction] = {}
        for one in found:
            self._note(frozenset(m.lever for m in one.moves), one.effort)
        self.made: list[Combination] = []
        self.waiting: list[tuple[Fraction, int, _Stretch]] = []
        self.looks, self.order = 0, count()

    def _note(self, levers: frozenset[Lever], cost: Fraction) -> None:
        self.best[levers] = min(cost, self.best.get(levers, cost))

    def _worth(self, levers: frozenset[Lever]) -> Fraction:
        """The effort that a division of these levers must stay below: their own best, and the last that is shown."""
        shown = sorted(self.best.values())[: self.shown]
        return min(self.best[levers], shown[-1]) * (1 - CLOSE)

    def begin(self, levers: tuple[Lever, ...]) -> None:
        first = next((x for x in levers if isinstance(x.asked.now, Fraction) and isinstance(x.best, Fraction)), None)
        if first is None or not isinstance(first.asked.now, Fraction) or not isinstance(first.best, Fraction):
            return
        second = next(x for x in levers if x is not first)
        self._push(_Stretch(first, second, first.asked.now, first.best, self._wanted(first, second, first.best)))

    def _push(self, stretch: _Stretch) -> None:
        if stretch.at_end is None:
            return
        bound = effort(stretch.first.asked, stretch.start) + effort(stretch.second.asked, stretch.at_end)
        heapq.heappush(self.waiting, (bound, next(self.order), stretch))

    def run(self) -> bool:
        """Look into stretches, the most promising first; False where the looks ran out."""
        while self.waiting:
            bound, _, stretch = heapq.heappop(self.waiting)
            if bound >= self._worth(frozenset((stretch.first, stretch.second))):
                continue
            if self.looks >= MOST_LOOKS:
                return False
            self._look(stretch)
        return True

    def _look(self, stretch: _Stretch) -> None:
        middle = _middle(stretch)
        if middle is None:
            return
        first, second = stretch.first, stretch.second
        wanted = self._wanted(first, second, middle)
        if wanted is not None and effort(first.asked, middle) + effort(second.asked, wanted) < self._worth(frozenset((first, second))):
            one = combination(self.whole, {first: middle, second: wanted}, (first, second))
            self.made.append(one)
            self._note(frozenset((first, second)), one.effort)
        self._push(_Stretch(first, second, stretch.start, middle, wanted))
        self._push(_Stretch(first, second, middle, stretch.end, stretch.at_end))

    def _wanted(self, first: Lever, second: Lever, value: Value) -> Value | None:
        """What the second must be where the first is *value*."""
        self.looks += 1
        found = need(moved(self.whole, given({first: value})), self.aim, second.asked, (second.indicator,))
        return found.nearest.value if found.possible and found.nearest is not None else None

    def polished(self, one: Combination) -> Combination:
        """The same with each value as near to now as the other allows."""
        values = {m.lever: m.value for m in one.moves}
        for lever, other in (tuple(values), tuple(reversed(values))):
            wanted = self._wanted(other, lever, values[other])
            values[lever] = values[lever] if wanted is None else wanted
        return combination(self.whole, values, tuple(values))


def _middle(stretch: _Stretch) -> Fraction | None:
    """A value between the ends; None where there is none that counts."""
    domain = stretch.first.asked.domain
    middle = (stretch.start + stretch.end) / 2
    if domain is None or not domain.whole:
        return middle
    whole = Fraction(middle // 1)
    return None if whole in (stretch.start, stretch.end) else whole
