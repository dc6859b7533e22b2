"""Units one by one: the ordinary ones by the functions of the recipe."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Sequence
from typing import Any

from perfdsl.batch.plain.read import Asking
from perfdsl.batch.plain.recipe import Scoring
from perfdsl.batch.plain.told import Cells, Table
from perfdsl.plan.whole_numbers import defined

Function = Callable[[Any], Any]


class Scorer:
    """Writes a line for each unit."""

    def __init__(self, scoring: Scoring | None, table: Table, odd: Asking) -> None:
        self._scoring, self._table, self._odd = scoring, table, odd
        self._ways = None if scoring is None else _function(scoring.ways)
        beside = () if scoring is None else scoring.beside
        self._beside: list[tuple[Function | None, list[Function]]] = [
            (_function(rate) if rate else None, [*map(_function, due)]) for rate, due in beside]

    def line(self, row: int, values: tuple[Any, ...], is_apart: bool, who: Cells) -> str:
        """*is_apart*: a value has no place among *values*."""
        found = None if is_apart or self._ways is None else self._ways(values)
        if found is None or self._scoring is None:
            return self._table.any(who, self._odd().one(row, list(values), is_apart))
        return self._table.ordinary(who, self._scoring, found, self._extras(self._scoring, values, found))

    def _extras(self, scoring: Scoring, values: tuple[Any, ...], found: tuple[int, ...]) -> Sequence[tuple[int | None, bool]]:
        """Of each item its deviation and whether a reason is due."""
        v: Any = values
        if scoring.own:
            v = [*values, *[None] * scoring.room]
            for place, points in zip(scoring.own, found, strict=False):
                v[place] = points
        return [(rate(v) if rate else None, any(tells(v) for tells in due) if due else False) for rate, due in self._beside]


def _function(code: bytes) -> Function:
    return defined(marshal.loads(code))
