"""The columns of 预警 and 结果应用 of one block: by the ways that the program tells, and one by one where their texts hold numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import product
from typing import Any

import numpy as np

from perfdsl.batch.columns.inputs import Inputs
from perfdsl.batch.columns.run import Outputs
from perfdsl.batch.columns.shape import Layout
from perfdsl.batch.scores import Told
from perfdsl.batch.told import grouped
from perfdsl.batch.words import BETWEEN
from perfdsl.plan.behind import Said
from perfdsl.plan.single import Single
from perfdsl.plan.world import Unplanned

Indices = np.ndarray[Any, Any]


class Column:
    """The text of every unit, by number; `codes` pick from *texts*, of which several may be alike."""

    def __init__(self, codes: np.ndarray[Any, Any], texts: Iterable[str] = ("",)) -> None:
        self.numbers: dict[str, int] = {}
        self.codes = self.numbered(texts)[codes]

    def numbered(self, texts: Iterable[str]) -> np.ndarray[Any, Any]:
        """The numbers of these texts."""
        return np.array([self.numbers.setdefault(text, len(self.numbers)) for text in texts], np.int32)

    def put(self, at: int, text: str) -> None:
        """What is told of one unit."""
        self.codes[at] = self.numbered([text])[0]

    def made(self) -> Told:
        return Told(self.codes, tuple(self.numbers))


def untold(headings: int, size: int) -> list[Column]:
    """Columns in which nothing is told yet."""
    return [Column(np.zeros(size, np.int8)) for _ in range(headings)]


class Teller:
    """What is told of the units of one block that are no suspects."""

    def __init__(self, layout: Layout, inputs: Inputs, into: Outputs, single: Single) -> None:
        self._layout, self._inputs, self._into, self._single = layout, inputs, into, single

    def columns(self) -> list[Column]:
        """One for all 预警, where there can be any, and one for each 结果应用; raises `Unplanned`."""
        told = [self._column(at, ways) for at, ways in enumerate(self._layout.said)]
        return [reduce(_both, group) for group in grouped(self._single.plan.ruleset, told)]

    def _column(self, at: int, ways: tuple[Said, ...] | None) -> Column:
        """What one of `Plan.told` tells; *ways* None: the program does not know."""
        if ways is None:
            made, rows = Column(np.zeros(self._inputs.size, np.int8)), ~self._into.suspects
        else:
            codes = self._into.said[at]
            made = Column(codes, [one.words if one.is_fixed else "" for one in ways])
            rows = np.isin(codes, [code for code, one in enumerate(ways) if not one.is_fixed]) & ~self._into.suspects
        if rows.any():
            chosen = np.flatnonzero(rows)
            made.codes[chosen] = made.numbered(self._texts(at, chosen))
        return made

    def _texts(self, at: int, rows: Indices) -> Iterator[str]:
        """The texts of these units; those of like values are made once."""
        telling, known = self._single.tellings.of_scored()[at], dict[tuple[Any, ...], str]()
        v: list[Any] = [None] * (len(self._single.cells) + self._single.room)
        for values in self._values(telling.reads, rows):
            if values not in known:
                for place, value in zip(telling.reads, values, strict=True):
                    v[place] = value
                known[values] = telling.text(v)
            yield known[values]

    def _values(self, places: tuple[int, ...], rows: Indices) -> Iterator[tuple[Any, ...]]:
        """What stands at these places of the values of each unit."""
        columns = [self._points(at, rows) if at in self._single.own else self._cells(at, rows) for at in places]
        return zip(*columns, strict=True) if columns else iter([()] * len(rows))

    def _points(self, at: int, rows: Indices) -> list[Any]:
        found: list[Any] = self._into.points[self._single.own.index(at)][rows].tolist()
        return found

    def _cells(self, at: int, rows: Indices) -> list[Any]:
        if at >= len(self._single.cells):
            raise Unplanned("要看的数不在列里")
        return self._inputs.column([*self._single.cells][at], rows)


def _both(one: Column, other: Column) -> Column:
    """The texts of a unit one behind the other."""
    pairs = one.codes.astype(np.int64) * len(other.numbers) + other.codes
    there = np.flatnonzero(np.bincount(pairs))
    places = np.zeros(len(one.numbers) * len(other.numbers), np.int32)
    places[there] = np.arange(len(there))
    texts = [BETWEEN.join(filter(None, pair)) for pair in product(one.numbers, other.numbers)]
    return Column(places[pairs], [texts[pair] for pair in there.tolist()])
