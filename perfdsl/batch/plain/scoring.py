"""Units are scored: the ordinary ones by the functions of the recipe, many at a time, the others one by one."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Sequence
from typing import Any

from perfdsl.batch.plain.about import Who
from perfdsl.batch.plain.read import Asking, Read
from perfdsl.batch.plain.recipe import Scoring
from perfdsl.batch.plain.told import Table
from perfdsl.plan.whole_numbers import defined

Function = Callable[[Any], Any]
Found = tuple[int, ...]


def lines(scoring: Scoring | None, table: Table, read: Read, who: Who, rows: Sequence[int], odd: Asking) -> list[str]:
    """A line for each of *rows*, in their order."""
    found = _found(scoring, read, rows)
    ordinary = [row for row, one in zip(rows, found, strict=True) if one is not None]
    made = dict(zip(ordinary, _ordinary(scoring, table, read, who, ordinary, [one for one in found if one is not None]), strict=True)) if scoring else {}
    others = [row for row, one in zip(rows, found, strict=True) if one is None]
    for row, *texts in zip(others, *_who(table, who, others), strict=True):
        made[row] = table.any(texts, odd().one(row, list(read.values[row]), row in read.apart))
    return [made[row] for row in rows]


def _found(scoring: Scoring | None, read: Read, rows: Sequence[int]) -> list[Found | None]:
    """What the function of the ordinary unit gives, None where a unit is none."""
    if scoring is None:
        return [None] * len(rows)
    ways, values, apart = _function(scoring.ways), read.values, read.apart
    return [None if row in apart else ways(values[row]) for row in rows] if apart else [ways(values[row]) for row in rows]


def _ordinary(scoring: Scoring, table: Table, read: Read, who: Who, rows: Sequence[int], found: Sequence[Found]) -> Sequence[str]:
    if not rows:
        return []
    units = [_with_points(scoring, read.values[row], one) if scoring.own else read.values[row] for row, one in zip(rows, found, strict=True)]
    away, due = zip(*(_beside(rate, tells, units) for rate, tells in scoring.beside), strict=True) if scoring.beside else ([None] * len(scoring.kinds),) * 2
    return [*table.ordinary(scoring, _who(table, who, rows), found, away, due)]


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


def _who(table: Table, who: Who, rows: Sequence[int]) -> list[list[str]]:
    return table.who([who.names[row] for row in rows], [who.codes[row] for row in rows], [who.years[row] for row in rows])


def _function(code: bytes) -> Function:
    return defined(marshal.loads(code))
