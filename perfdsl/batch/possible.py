"""The grades that a unit can still have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache

from perfdsl.data.facts import Facts
from perfdsl.model.effects import TotalGives, TotalLimit
from perfdsl.model.ruleset import Ruleset
from perfdsl.score.grading import grades_between
from perfdsl.score.rows import row
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit

_REMEMBERED = 10_000


class Possible:
    """For one ruleset; says nothing where an error stands in it (*gradeable* is false).

    Where grades hang on the total alone, what a range gives is remembered; else the conditions are asked of the data of the unit.
    """

    def __init__(self, ruleset: Ruleset, gradeable: bool) -> None:
        self._ruleset = ruleset
        self._says = gradeable and bool(ruleset.grades)
        self._by_total = not any(grade.joined for grade in ruleset.grades) and all(isinstance(one, TotalGives | TotalLimit) for one in ruleset.effects)
        self._between = lru_cache(_REMEMBERED)(self._of_any)

    def of(self, grades: Sequence[str]) -> str:
        """As `eval` shows them: the worst and the best."""
        return " 至 ".join(dict.fromkeys((grades[0], grades[-1]))) if self._says and grades else ""

    def between(self, low: Fraction, high: Fraction, facts: Callable[[], Facts]) -> str:
        """Of every total from *low* to *high*, which are not rounded; *facts* are those of the unit."""
        if not self._says:
            return ""
        return self._between(low, high) if self._by_total else self._found(low, high, facts())

    def _of_any(self, low: Fraction, high: Fraction) -> str:
        return self._found(low, high, Facts("", self._ruleset.year, {}))

    def _found(self, low: Fraction, high: Fraction, facts: Facts) -> str:
        own, waiting = for_unit(self._ruleset, facts)
        return self.of(grades_between(Unit(own, waiting, facts, row, self._ruleset), low, high))
