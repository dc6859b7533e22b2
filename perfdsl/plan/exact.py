"""What a unit comes to as exact numbers: points, the total and deviations without a place dropped that the ruleset does not drop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import Values, Writer
from perfdsl.plan.plan import Pattern, Plan
from perfdsl.plan.quotients import Terms
from perfdsl.plan.shown import is_rounded, shown
from perfdsl.plan.tree import Leaf
from perfdsl.plan.whole import Whole
from perfdsl.plan.world import Unplanned
from perfdsl.quantity import Rounding
from perfdsl.score.scorecard import Status

Ends = tuple[Fraction, Fraction]


class Exact:
    """For units of a plan with cells of so many places; may be asked by several threads.

    `places` tell where the points of every stage stand among the values of a unit.
    """

    def __init__(self, plan: Plan, binding: Binding, cells: Mapping[Cell, int], places: Mapping[tuple[str, bool], tuple[tuple[int, ...], ...]]) -> None:
        self.plan, self.binding, self.cells, self.places = plan, binding, cells, places
        self.stages = [next(one for one in plan.stages if one.path == path and one.part is None) for path in plan.items]
        self._functions: dict[object, Callable[[Values], Any]] = {}

    def points(self, path: str, last_places: int | None, v: Values) -> Fraction | None:
        """The points of an item that are *last_places* where the ruleset rounds; None where it has none."""
        rounding = self.plan.ruleset.item_rounding
        if last_places is None or is_rounded(rounding):
            return None if last_places is None else _of(last_places, rounding)
        top, bottom = (v[at] for at in self.places[path, True][0])
        return Fraction(0) if top is None else Fraction(top, bottom)

    def total(self, statuses: Pattern, ends: tuple[int, int], v: Values) -> Ends:
        """The least and the most of the total, *ends* in last places; what is not rounded is worked out again."""
        rounding = self.plan.ruleset.total_rounding
        if is_rounded(rounding):
            return _of(ends[0], rounding), _of(ends[1], rounding)
        if statuses not in self._functions:
            writer = Writer(self.binding, self.cells)
            self._functions[statuses] = writer.function(self.plan.whole(statuses), lambda whole: self._ends(writer, whole))
        (a, b), (c, d) = self._functions[statuses](v)
        return Fraction(a, b), Fraction(c, d)

    def deviation(self, at: int, v: Values, statuses: Mapping[str, Status]) -> Fraction | None:
        """实际值 ÷ 目标值 − 1 of an item; None where that has no meaning.  Raises `Unplanned` where it may hang on one that is open."""
        stage = self.stages[at]
        tree = self.plan.rate(stage)
        if tree == Leaf(None):
            return None
        if any(statuses.get(path, Status.SCORED) is not Status.SCORED for path in stage.looks_at):
            raise Unplanned("要看的项没有得分")
        if at not in self._functions:
            writer = Writer(self.binding, self.cells)
            self._functions[at] = writer.function(tree, lambda rate: "None" if rate is None else _pair(writer, rate))
        found = self._functions[at](v)
        return None if found is None else Fraction(*found)

    def _ends(self, writer: Writer, whole: Whole) -> str:
        return f"{_pair(writer, whole.low)}, {_pair(writer, whole.high)}"


def _pair(writer: Writer, terms: Terms) -> str:
    made = writer.binding.quotient(terms)
    return f"({writer.polynomial(made.top)}, {writer.polynomial(made.bottom)})"


@lru_cache(20_000)
def _kept(last_places: int, places: int) -> Fraction:
    return Fraction(last_places, 10**places)


def _of(last_places: int, rounding: Rounding | None) -> Fraction:
    return _kept(last_places, shown(rounding).places or 0)
