"""A unit that stands for every unit: its items are scored by the interpreter itself, what is known of others are unknowns."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.data.facts import NOTHING
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.plan.cells import AnyFacts
from perfdsl.plan.quotients import Number
from perfdsl.plan.unknowns import ANY, NOT_NEGATIVE, POSITIVE, Points
from perfdsl.plan.world import World
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.score.groups import OPEN
from perfdsl.score.interpret import Result
from perfdsl.score.item import Item
from perfdsl.score.rows import points_of_nothing, policy_of, unrounded
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Status
from perfdsl.score.unit import Unit, of_row
from perfdsl.score.weights import for_unit

SCORE, LOW, SPREAD = "score", "low", "spread"
"""What is known of the points of an item: its score, or the least that it can still be and how far that is from the most."""

Statuses = Mapping[str, Status]
"""Of items and parts, by full name."""


@record
class Known:
    """What is settled before a tree is made: the statuses of the items and parts that it looks at, and which points are never below 0."""

    statuses: tuple[tuple[str, Status], ...] = ()
    not_negative: frozenset[str] = frozenset()

    def status(self, path: str) -> Status | None:
        return dict(self.statuses).get(path)


class AnyUnit(Unit):
    """`known` items are not scored again: their points are unknowns of the world."""

    def __init__(self, ruleset: Ruleset, facts: AnyFacts, known: Known, world: World) -> None:
        own, waiting = for_unit(ruleset, facts)
        super().__init__(own, waiting, facts, score_row, ruleset)
        self.known, self.world = known, world

    def part(self, item: Item) -> Outcome:
        status = self.known.status(item.item.path)
        if status is None:
            return item.outcome()
        low, high = self.ends(item.item.path, status, None)
        return Outcome(status, low if status is Status.SCORED else None, low, high, None, None, None, (), ())

    def ends(self, path: str, status: Status, rounding: Rounding | None) -> tuple[Number, Number]:
        """The least and the greatest points of an item or part that is known: both its score, where it has one."""
        if status not in OPEN:
            low = self.points(path, SCORE, rounding)
            return low, low
        low = self.points(path, LOW, rounding)
        return low, low + self.points(path, SPREAD, rounding)

    def points(self, path: str, side: str, rounding: Rounding | None) -> Number:
        """One of the numbers that are known of the points of an item or part."""
        signs = NOT_NEGATIVE if path in self.known.not_negative or side == SPREAD else ANY
        if rounding is None or rounding.places is None:
            return self.world.number(Points(path, side), signs) / self.world.number(Points(path, side, None, True), POSITIVE)
        return self.world.number(Points(path, side, rounding.places), signs)

    def reference(self, path: str, field: str) -> Result:
        if field not in _OF_DATA or path not in self.indicators:
            return super().reference(path, field)
        indicator = self.indicators[path]
        outcome, parts, _ = unrounded(self, indicator, self.facts.of(path), [])
        return of_row(row_of(indicator, outcome, tuple(parts)), field)


_OF_DATA = ("实际值", "目标值", "完成率")
"""What is asked of another item and does not hang on its score."""


def row_of(indicator: Indicator, outcome: Outcome, parts: tuple[PartOutcome, ...] = (), score: Fraction | None = None) -> Row:
    """A row with that score."""
    low, high = (outcome.low, outcome.high) if score is None else (score, score)
    return Row(indicator, NOTHING, outcome.status, score, score, low, high, outcome, parts, None)


def score_row(unit: Unit, indicator: Indicator, _: list[Diagnostic]) -> Row:
    """The row of an item of which the status is known."""
    assert isinstance(unit, AnyUnit)
    status, rounding = unit.known.status(indicator.path), unit.ruleset.item_rounding
    assert status is not None, indicator.path
    nothing = Fraction(0)
    if status is Status.NOT_APPLICABLE:
        points = points_of_nothing(indicator, policy_of(unit.ruleset, indicator))
        score = None if points is None else (rounding or Rounding(None)).apply(points)
        low, high = (nothing, nothing) if score is None else (score, score)
    else:
        low, high = unit.ends(indicator.path, status, rounding)
        score = low if status is Status.SCORED else None
    outcome = Outcome(status, score, low, high, None, None, None, (), ())
    return row_of(indicator, outcome, (), score)
