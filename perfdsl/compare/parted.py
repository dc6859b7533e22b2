"""Which mixtures of edits have to be scored for the parts of a change, and the parts as sums of their totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import factorial

from perfdsl.compare import components as c
from perfdsl.compare.game import MOST_EDITS, is_plain
from perfdsl.compare.meaning import ASPECTS
from perfdsl.compare.mixtures import Mixture, Mixtures
from perfdsl.model import effects as e
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record

_OF_ROWS = frozenset((*ASPECTS, c.ADDED, c.REMOVED, "取舍 每项得分", c.LET))
_OF_GRADES = "等级"


@record
class Parting:
    """Edits in classes that do not act on each other: the change is the sum of what each class does by itself.

    `every` is the mixture of all edits, those that do nothing to a total included.
    """

    classes: tuple[tuple[int, ...], ...]
    every: Mixture

    @property
    def mixtures(self) -> tuple[Mixture, ...]:
        """Those that have to be scored: none first, all last."""
        inside = dict.fromkeys(self._named(some) for players in self.classes for some in _subsets(players))
        ends = (frozenset[int](), self.every)
        return ends[0], *(some for some in inside if some not in ends), ends[1]

    def coefficients(self) -> dict[int, tuple[int, dict[Mixture, int]]]:
        """Of each edit: its part is the sum of these multiples of the totals, divided by the number before them."""
        return {player: (factorial(len(players)), self._of(player, players)) for players in self.classes for player in players}

    def _of(self, player: int, players: Sequence[int]) -> dict[Mixture, int]:
        """Shapley's weights: for each mixture the orders in which just its edits come before the player, or up to it."""
        n, found = len(players), dict[Mixture, int]()
        for some in _subsets(players):
            others = len(some) - (player in some)
            orders = factorial(others) * factorial(n - others - 1)
            found[self._named(some)] = orders if player in some else -orders
        return found

    def _named(self, some: Mixture) -> Mixture:
        """The mixture that stands for these edits: all, where only edits that do nothing are not among them."""
        return self.every if len(some) == sum(map(len, self.classes)) else some


def _subsets(players: Sequence[int]) -> Iterable[Mixture]:
    return (frozenset(some) for size in range(len(players) + 1) for some in combinations(players, size))


def together(mixtures: Mixtures) -> Parting | None:
    """All edits that can act on a total in one class; None where they are none, or too many for every mixture of them."""
    players = _acting(mixtures)
    return Parting((tuple(players),), frozenset(mixtures.all)) if 0 < len(players) <= MOST_EDITS else None


def by_rows(mixtures: Mixtures) -> Parting | None:
    """The edits in the smallest classes of which no two touch one row; None where a total is not just the sum of its rows.

    It holds for units of which every row has a score under every mixture of a class.
    """
    parts = mixtures.edits.components
    if _beside(mixtures) or not all(is_plain(r) and _is_sum(r) for r in (parts.old, parts.new)) or not _keeps_places((parts.old, parts.new)):
        return None
    classes = _classes(_acting(mixtures), mixtures.touching.values())
    return Parting(classes, frozenset(mixtures.all)) if classes and max(map(len, classes)) <= MOST_EDITS else None


def _acting(mixtures: Mixtures) -> list[int]:
    """The edits that can make a total another one."""
    return sorted(frozenset[int]().union(*mixtures.touching.values()) | _beside(mixtures))


def _beside(mixtures: Mixtures) -> set[int]:
    """The edits of more than rows and grades."""
    return {n for n, edit in enumerate(mixtures.edits.edits) if any(what not in _OF_ROWS and what != _OF_GRADES for what, _ in edit.keys)}


def _is_sum(ruleset: Ruleset) -> bool:
    return not any(isinstance(effect, e.TotalGives | e.TotalLimit) for effect in ruleset.effects)


def _keeps_places(rulesets: Iterable[Ruleset]) -> bool:
    """Whether no total loses a place that a row has."""
    pairs = [(r.item_rounding.places if r.item_rounding else None, r.total_rounding.places if r.total_rounding else None) for r in rulesets]
    return all(one is not None and all(whole is not None and one <= whole for _, whole in pairs) for one, _ in pairs)


def _classes(players: Sequence[int], rows: Iterable[Mixture]) -> tuple[tuple[int, ...], ...]:
    classes = [{player} for player in players]
    for touching in rows:
        hit = [one for one in classes if one & touching]
        if len(hit) > 1:
            classes = [one for one in classes if not one & touching] + [set[int]().union(*hit)]
    return tuple(sorted(tuple(sorted(one)) for one in classes))
