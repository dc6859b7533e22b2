"""The total and the grade of one unit where one of its values, or its points, may stand for a whole region."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from perfdsl.data.facts import Fact, Facts
from perfdsl.diagnostics import errors
from perfdsl.model.needs import inputs_of
from perfdsl.model.ruleset import Ruleset
from perfdsl.prove.numberlike import Number
from perfdsl.prove.stair import steps
from perfdsl.record import changed, record
from perfdsl.score.effects import added_up, between, rounding_of
from perfdsl.score.grading import graded, grades_between
from perfdsl.score.item import ends_of
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import Row, Status
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit

MOST_PIECES = 2000
"""Into how many regions the values of one unknown are cut; what is left over is told as undecided."""


@record
class Standing:
    """What the whole comes to: the total from `low` to `high` (rounded, one number where nothing is open) and the grades in that range.

    `barred`: without a grade whatever the total is; None where that is undecided.
    """

    low: Number
    high: Number
    grades: tuple[str, ...]
    barred: bool | None
    effects: tuple[object, ...]
    rows: Mapping[str, Row]


class Whole:
    """One unit under one ruleset; what an unknown does not touch is scored once."""

    def __init__(self, ruleset: Ruleset, facts: Facts) -> None:
        self.ruleset = changed(ruleset, item_rounding=steps(ruleset.item_rounding), total_rounding=steps(ruleset.total_rounding), reasons_due=())
        self.facts = facts

    @cached_property
    def touched(self) -> dict[str, frozenset[str]]:
        """Cell → the indicators whose score hangs on it."""
        found: dict[str, set[str]] = {}
        for indicator, cells in inputs_of(self.ruleset).items():
            for cell in cells:
                found.setdefault(cell, set()).add(indicator)
        return {cell: frozenset(indicators) for cell, indicators in found.items()}

    @cached_property
    def _rows(self) -> dict[str, tuple[Row, Unit]]:
        unit = self._unit({})
        return {row.indicator.path: (row, unit) for row in unit.rows()}

    @cached_property
    def now(self) -> Standing:
        return self.at({})

    def fact(self, path: str) -> Fact:
        return self.facts.of(path)

    def at(self, items: Mapping[str, Fact]) -> Standing:
        """What the whole comes to with these facts in place of the unit's own."""
        unit = self._unit(items)
        moved = {one for path in items for one in self.touched.get(path, ())} | (set(items) & set(unit.indicators))
        for path, (row, owner) in self._rows.items() if items and not self._weighed else ():
            if path not in moved:
                unit.keep(row, owner.beside[path])  # the unknown does not touch it
        return standing(unit, unit.rows())

    @cached_property
    def _weighed(self) -> bool:
        return any(indicator.weights for indicator in self.ruleset.indicators())

    def _unit(self, items: Mapping[str, Fact]) -> Unit:
        facts = Facts(self.facts.unit, self.facts.year, {**self.facts.items, **items}, members=self.facts.members)
        own, waiting = for_unit(self.ruleset, facts)
        return Unit(own, waiting, facts, bare_row, self.ruleset)


def standing(unit: Unit, rows: tuple[Row, ...], chosen: Mapping[str, Number] | None = None) -> Standing:
    """What the rows come to; *chosen* gives the points of some of them in place of their own."""
    points = chosen or {}
    low = added_up(unit, lambda row: points.get(row.indicator.path, row.low))
    high = added_up(unit, lambda row: points.get(row.indicator.path, row.high))
    by_path = {row.indicator.path: row for row in rows}
    if low is None or high is None:
        return Standing(Fraction(0), Fraction(0), (), True, (), by_path)
    least, most = between(unit, low.whole, high.whole)
    rounding = rounding_of(unit.ruleset)
    at_low, at_high = graded(unit, least.value), graded(unit, most.value)
    single = low.whole == high.whole and least.value == most.value
    grades = at_low.grades if single else grades_between(unit, least.value, most.value)
    wrong = bool(errors(unit.found)) or any(_out_of_bounds(row) for row in rows)
    barred = True if wrong else at_low.barred if at_low.barred == at_high.barred else None
    effects = tuple(dict.fromkeys((*least.effects, *most.effects, *at_low.effects, *at_high.effects)))
    return Standing(rounding.apply(least.value), rounding.apply(most.value), grades, barred, effects, by_path)


def _out_of_bounds(row: Row) -> bool:
    """Whether its points are more or less than the item may have, which leaves the total no grade (E455)."""
    if row.score is None or row.status is not Status.SCORED:
        return False
    low, high = ends_of(row.indicator, row.indicator.weight)
    return not low <= row.score <= high


def open_rows(standing_: Standing) -> list[Row]:
    return [row for row in standing_.rows.values() if row.status in (Status.MISSING, Status.MANUAL)]
