"""The grades that an open unit can still have, where they hang on its total alone."""

from __future__ import annotations

from collections.abc import Sequence
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
    """For one ruleset; says nothing where a grade has conditions of its own, or no error may stand (*gradeable* is false)."""

    def __init__(self, ruleset: Ruleset, gradeable: bool) -> None:
        by_total = not any(grade.joined for grade in ruleset.grades) and all(isinstance(one, TotalGives | TotalLimit) for one in ruleset.effects)
        self._says = gradeable and bool(ruleset.grades) and by_total
        facts = Facts("", ruleset.year, {})
        own, waiting = for_unit(ruleset, facts)
        self._unit = Unit(own, waiting, facts, row, ruleset)
        self._between = lru_cache(_REMEMBERED)(self._found)

    def of(self, grades: Sequence[str]) -> str:
        """As `eval` shows them: the worst and the best."""
        return " 至 ".join(dict.fromkeys((grades[0], grades[-1]))) if self._says and grades else ""

    def between(self, low: Fraction, high: Fraction) -> str:
        """Of every total from *low* to *high*, which are not rounded."""
        return self._between(low, high) if self._says else ""

    def _found(self, low: Fraction, high: Fraction) -> str:
        return self.of(grades_between(self._unit, low, high))
