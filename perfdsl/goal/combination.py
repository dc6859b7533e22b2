"""What a combination is made of: indicators that can have more points, each with a value that it is to reach."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.goal.cells import Asked
from perfdsl.goal.effort import effort
from perfdsl.goal.need import Value
from perfdsl.goal.whole import Whole
from perfdsl.model.ruleset import Indicator
from perfdsl.record import changed, record


class Lever:
    """An indicator that can have more points: the unknown that brings them, its best value nearest to now, and the points won by it."""

    def __init__(self, indicator: Indicator, asked: Asked, best: Value, won: Fraction) -> None:
        self.indicator, self.asked, self.best, self.won = indicator, asked, best, won


@record
class Move:
    """A value that one of the indicators of a combination must reach, and its points then."""

    lever: Lever
    value: Value
    points: Fraction


@record
class Combination:
    """Values that together reach the aim; `effort` by the measure of `effort.MEASURE`."""

    moves: tuple[Move, ...]
    effort: Fraction
    total: Fraction
    grades: tuple[str, ...]


def given(values: Mapping[Lever, Value]) -> dict[str, Fact]:
    """The facts of all these values."""
    return {path: fact for lever, value in values.items() for path, fact in lever.asked.given(value).items()}


def moved(whole: Whole, items: Mapping[str, Fact]) -> Whole:
    """The same unit with these facts."""
    return Whole(whole.ruleset, changed(whole.facts, items={**whole.facts.items, **items}))


def combination(whole: Whole, values: dict[Lever, Value], order: tuple[Lever, ...]) -> Combination:
    standing = whole.at(given(values))
    moves = tuple(Move(lever, values[lever], standing.rows[lever.indicator.path].low) for lever in order)
    grades = () if standing.barred is True else standing.grades
    return Combination(moves, sum((effort(lever.asked, values[lever]) for lever in order), Fraction(0)), standing.low, grades)
