"""Many units under old, new and the mixtures between them, by columns: the totals, the grades, the part of each edit."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.batch.one import STATUSES
from perfdsl.batch.scores import Scores
from perfdsl.compare.mixtures import Mixture, Mixtures
from perfdsl.compare.parted import Parting, by_rows, together
from perfdsl.compare.sides import Sides, sides_of
from perfdsl.compare.units import Known
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record
from perfdsl.score.scorecard import Status

PREPARING, ALONE, MIXED = 0.8, 0.015, 0.0006
"""Seconds: to prepare the columns of one mixture; for a unit one by one; for each mixture of it that is scored one by one."""
CELLS = 2**23
"""Totals that are held at once."""
_MOST = 2**62


@record
class Found:
    """One unit: both totals and grades, and the part of each edit; these add up to the change."""

    old: Fraction
    new: Fraction
    old_grade: str | None
    new_grade: str | None
    parts: dict[int, Fraction]


class InColumns:
    """The engines of all mixtures.  *gradeable*: no error stands in the rulesets.

    Totals that the rulesets do not round have no columns: then nothing is found.
    """

    def __init__(self, mixtures: Mixtures, new: Ruleset, gradeable: bool) -> None:
        parts = mixtures.edits.components
        self.mixtures, self.new, self.gradeable = mixtures, new, gradeable
        self.ends = {frozenset[int](): parts.old, frozenset(mixtures.all): new}
        self.places = max((r.total_rounding.places or 0 if r.total_rounding else 0) for r in self.ends.values())
        is_rounded = all(r.total_rounding is not None and r.total_rounding.places is not None for r in self.ends.values())
        self.by_rows, self.together = (by_rows(mixtures), together(mixtures)) if is_rounded else (None, None)
        self._scorers: dict[Mixture, Scorer] = {}

    def of_known(self, units: Sequence[Known]) -> dict[int, Found]:
        """As `found`, for units that were read one by one."""
        if not any(parting and self._pays(len(units), parting) for parting in (self.by_rows, self.together)):
            return {}
        return self.found(sides_of(units, (self.mixtures.edits.components.old, self.new)))

    def found(self, sides: Sides) -> dict[int, Found]:
        """What can be told of units by columns, by their place; nothing where scoring them one by one is quicker."""
        made: dict[int, Found] = {}
        rows = np.arange(sides.size)
        for parting in (self.by_rows, self.together):
            if parting is not None and len(rows) and self._pays(len(rows), parting):
                made |= self._parted(sides, rows, parting)
                rows = np.array([row for row in rows.tolist() if row not in made], np.int64)
        return made

    def _pays(self, units: int, parting: Parting) -> bool:
        """Whether the columns that are still to be prepared cost less than the units one by one."""
        names = parting.mixtures
        left = sum(name not in self._scorers for name in names)
        return units * (ALONE + (len(names) * MIXED if parting is self.together else 0)) > left * PREPARING

    def _parted(self, sides: Sides, rows: Integers, parting: Parting) -> dict[int, Found]:
        """Some units after the others, so that the totals of all mixtures have room."""
        most, made = max(1, CELLS // len(parting.mixtures)), dict[int, Found]()
        for start in range(0, len(rows), most):
            made |= self._some(sides, rows[start:start + most], parting)
        return made

    def _some(self, sides: Sides, rows: Integers, parting: Parting) -> dict[int, Found]:
        names, scores = parting.mixtures, []
        sound = np.ones(len(rows), bool)
        totals: Integers = np.zeros((len(names), len(rows)), np.int64)
        for at, name in enumerate(names):
            scored = self._scores(sides, rows, name)
            sound &= scored.complete if parting is self.together else scored.complete & _all_scored(scored)
            totals[at] = scored.total * 10 ** (self.places - scored.places)
            scores += [scored] if at in (0, len(names) - 1) else []
        return self._told(rows, sound & ~sides.apart[rows], totals, parting, scores)

    def _scores(self, sides: Sides, rows: Integers, name: Mixture) -> Scores:
        if name not in self._scorers:
            self._scorers[name] = Scorer(self._ruleset(name), self.gradeable and name in self.ends, False, os.cpu_count() or 1)
        return self._scorers[name].score(sides.block(self._ruleset(name), rows))

    def _ruleset(self, name: Mixture) -> Ruleset:
        return self.ends[name] if name in self.ends else self.mixtures.ruleset(name)

    def _told(self, rows: Integers, sound: Flags, totals: Integers, parting: Parting, scores: Sequence[Scores]) -> dict[int, Found]:
        worth = 10**self.places
        parts = {n: (_summed(of, parting.mixtures, totals), by * worth) for n, (by, of) in parting.coefficients().items()}
        grades = [_grades(one) for one in scores]
        made: dict[int, Found] = {}
        for at in np.flatnonzero(sound):
            own = {n: Fraction(int(tops[at]), bottom) for n, (tops, bottom) in parts.items()}
            old, new = (Fraction(int(totals[end, at]), worth) for end in (0, -1))
            if sum(own.values(), Fraction(0)) == new - old:
                made[int(rows[at])] = Found(old, new, grades[0][at], grades[1][at], {n: part for n, part in own.items() if part})
        return made


def _all_scored(scores: Scores) -> Flags:
    made: Flags = np.logical_and.reduce([item.status == STATUSES.index(Status.SCORED) for item in scores.items])
    return made


def _summed(of: dict[Mixture, int], names: Sequence[Mixture], totals: Integers) -> npt.NDArray[np.int64] | npt.NDArray[np.object_]:
    """The sum of these multiples of the totals, exact."""
    most = int(abs(totals).max(initial=0)) * sum(map(abs, of.values()))
    numbers = totals if most < _MOST else totals.astype(object)
    return sum((numbers[at] * of[name] for at, name in enumerate(names) if name in of), np.zeros(totals.shape[1], numbers.dtype))


def _grades(scores: Scores) -> list[str | None]:
    return [scores.grades[number] if number >= 0 else None for number in scores.grade.tolist()]
