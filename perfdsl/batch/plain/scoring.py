"""Units are scored: the ordinary ones by the functions of the recipe, many at a time, the others one by one."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from perfdsl.batch.plain.about import Who
from perfdsl.batch.plain.file import Rows
from perfdsl.batch.plain.read import Asking, Read
from perfdsl.batch.plain.recipe import Recipe, Scoring
from perfdsl.batch.plain.told import Table
from perfdsl.batch.words import BETWEEN, LEAST, MOST, WHOLE
from perfdsl.data.marks import clean
from perfdsl.plan.whole_numbers import defined

if TYPE_CHECKING:
    from perfdsl.batch.one import One

Function = Callable[[Any], Any]
Found = tuple[int, ...]


class Scored(NamedTuple):
    """A line for each unit, and what eval would warn of, by code."""

    lines: list[str]
    warned: Counter[str]


class Scorer:
    """Scores the units of one job."""

    def __init__(self, recipe: Recipe, table: Table, rows: Rows, read: Read, who: Who, odd: Asking) -> None:
        self._recipe, self._table, self._rows, self._read, self._who, self._odd = recipe, table, rows, read, who, odd
        self._warned: Counter[str] = Counter()

    def scored(self, rows: Sequence[int]) -> Scored:
        """The units of *rows*, in their order."""
        found = _found(self._recipe.scoring, self._read, rows)
        known = {row: one for row, one in zip(rows, found, strict=True) if one is not None}
        made = dict(zip(known, self._ordinary(self._recipe.scoring, known), strict=True)) if known and self._recipe.scoring else {}
        others = [row for row in rows if row not in made]
        for row, *texts in zip(others, *self._about(others), strict=True):
            one = self._odd().one(row, list(self._read.values[row]), row in self._read.apart)
            self._note(row, one)
            made[row] = self._table.any(texts, one)
        return Scored([made[row] for row in rows], +self._warned)

    def _ordinary(self, scoring: Scoring, known: Mapping[int, Found]) -> Iterable[str]:
        rows, found = [*known], [*known.values()]
        units = [_with_points(scoring, self._read.values[row], one) if scoring.own else self._read.values[row] for row, one in known.items()]
        beside = [_beside(rate, tells, units) for rate, tells in scoring.beside] or [(None, None)] * len(scoring.kinds)
        for at, (deviations, owed) in enumerate(beside):
            self._count(at, rows, deviations or (), owed or ())
        way = len(scoring.kinds) + 1
        for faults in (scoring.wholes[one[way]][-1] for one in found) if any(whole[-1] for whole in scoring.wholes) else ():
            self._warned.update(faults)
        away, due = zip(*beside, strict=True)
        told = [_told(group, units) for group in scoring.told]
        return self._table.ordinary(scoring, self._about(rows), found, away, due, told)

    def _count(self, at: int, rows: Sequence[int], away: Sequence[int | None], due: Sequence[bool]) -> None:
        """W452 and W455 of one item, as `warned` counts them."""
        columns = self._recipe.reasons[at]
        self._warned["W452"] += sum(owed and not any(clean(self._rows.rows[row][column]) for column in columns)
                                    for row, owed in zip(rows, due, strict=False))
        if self._recipe.is_single[at]:
            sizes = (abs(one + WHOLE) for one in away if one is not None)
            self._warned["W455"] += sum(0 < size <= LEAST or size >= MOST for size in sizes)

    def _note(self, row: int, one: One) -> None:
        self._warned.update(one.note.codes)
        for at, item in enumerate(one.items) if not self._table.is_brief else ():
            self._count(at, [row], [item.deviation], [item.due])

    def _about(self, rows: Sequence[int]) -> list[list[str]]:
        who = self._who
        return self._table.who([who.names[row] for row in rows], [who.codes[row] for row in rows], [who.years[row] for row in rows])


def _found(scoring: Scoring | None, read: Read, rows: Sequence[int]) -> list[Found | None]:
    """What the function of the ordinary unit gives, None where a unit is none."""
    if scoring is None:
        return [None] * len(rows)
    ways, values, apart = _function(scoring.ways), read.values, read.apart
    return [None if row in apart else ways(values[row]) for row in rows] if apart else [ways(values[row]) for row in rows]


def _with_points(scoring: Scoring, values: tuple[Any, ...], found: Found) -> Any:
    v = [*values, *[None] * scoring.room]
    for place, points in zip(scoring.own, found, strict=False):
        v[place] = points
    return v


def _beside(rate: bytes, due: Sequence[bytes], units: Sequence[Any]) -> tuple[list[int | None] | None, list[bool] | None]:
    """The deviations of an item, and whether reasons are due; None: in no unit."""
    tells = [*map(_function, due)]
    return ([*map(_function(rate), units)] if rate else None,
            None if not tells else [*map(tells[0], units)] if len(tells) == 1 else [any(tell(v) for tell in tells) for v in units])


def _told(several: Sequence[bytes], units: Sequence[Any]) -> list[str]:
    """What is told under one heading."""
    texts = zip(*(map(_function(one), units) for one in several), strict=True)
    return [BETWEEN.join(filter(None, of_unit)) for of_unit in texts]


def _function(code: bytes) -> Function:
    return defined(marshal.loads(code))
