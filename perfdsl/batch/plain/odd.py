"""What a job of plain Python does not know by itself: asked of the rooms that know, which are loaded for it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from perfdsl.batch.one import One, interpreted, note_of, of_counted
from perfdsl.batch.plain.cells import APART
from perfdsl.batch.plain.file import Rows
from perfdsl.batch.plain.lay import single_of, table_of
from perfdsl.batch.plain.recipe import Column, Recipe
from perfdsl.batch.possible import Possible
from perfdsl.batch.reading.meaning import Meaning, faults
from perfdsl.batch.reading.plan import Plan as Reading
from perfdsl.batch.reading.plan import wide_plan
from perfdsl.batch.reading.who import faults_of_code, faults_of_name, faults_of_year, met_twice, read_year
from perfdsl.batch.rejects import Reject, cell_of
from perfdsl.batch.told import gathered
from perfdsl.data.facts import Absent, Facts
from perfdsl.data.headings import find_header
from perfdsl.data.many_units import Columns, columns_of, items_of
from perfdsl.data.names import Slots
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Severity
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded
from perfdsl.plan.bounds import Bounds
from perfdsl.plan.single import PATIENCE, Single
from perfdsl.plan.whole_numbers import NA
from perfdsl.plan.world import Unplanned
from perfdsl.record import changed


class Odd:
    """The rooms of perfdsl for one job: its recipe, its rows, the file that they stand in."""

    def __init__(self, recipe: Recipe, rows: Rows, file: str, is_brief: bool) -> None:
        self._recipe, self._rows, self._file, self._is_brief = recipe, rows, file, is_brief
        self.loaded: Loaded = pickle.loads(recipe.loaded)

    @property
    def _ruleset(self) -> Ruleset:
        assert self.loaded.ruleset is not None
        return self.loaded.ruleset

    @cached_property
    def reading(self) -> Reading:
        """What each column means, and what is to be said of the headings."""
        names = Slots(self._ruleset)
        header = find_header([table_of(self._rows.heading, self._file)], names)
        assert header is not None
        return wide_plan(header, names)

    # ---- cells

    def meaning(self, column: Column, text: str) -> Meaning:
        return self.reading.columns[column.number].meanings.of(text)

    def value(self, column: Column, said: Meaning) -> Any:
        """As the values of `plain.cells`; `APART` where it is no whole number of last places."""
        if isinstance(said.said, Absent):
            return NA if said.said is Absent.NOT_APPLICABLE else None
        if isinstance(said.said, date):
            return said.said.toordinal()
        if isinstance(said.said, str):
            return str(said.said)
        assert isinstance(said.said, Fraction)
        whole = said.said * 10**self._recipe.places
        return int(whole) if whole == int(whole) else APART

    def year(self, text: str) -> tuple[int | None, bool, bool]:
        return read_year(text, self._recipe.year)

    # ---- what is wrong

    def rejects(self, row: int, name: str, code: str, year: str, before: int | None) -> list[Reject]:
        """All faults of a unit; *before* is the row in which it was given first."""
        reading, texts = self.reading, self._rows.rows[row]
        place = self._place(row)
        found = faults_of_name(reading, "" if reading.unit is None else texts[reading.unit], place)
        if reading.code is not None:
            found += faults_of_code(reading, texts[reading.code], place)
        if reading.year is not None:
            found += faults_of_year(reading, texts[reading.year], place)
        for column in reading.columns:
            text = texts[column.at]
            found += [(column.heading, text, one) for one in faults(column.place, Entry(text, place(column.at))) if one.severity is Severity.ERROR]
        if before is not None:
            twice = met_twice(name, self._place(before)(None), place(None))
            found.append(("", "", changed(twice, place=place(reading.unit))))
        return [Reject(name, code, year, heading, text, fault, row) for heading, text, fault in found]

    def _place(self, row: int) -> Callable[[int | None], Cell]:
        return lambda at: cell_of(self._file, self._rows.lines[row], at, "" if at is None else self._rows.heading[at])

    # ---- units

    def one(self, row: int, values: list[Any], is_apart: bool) -> One:
        """What a unit comes to: by whole numbers where its values are that, else by the interpreter."""
        found = None if is_apart else self._counted(row, values)
        if found is not None:
            return found
        return interpreted(self._ruleset, self._facts(row), self._recipe.shape.grade_due, self._possible)

    @cached_property
    def _possible(self) -> Possible:
        return Possible(self._ruleset, self._recipe.shape.grade_due)

    @cached_property
    def _single(self) -> Single:
        single = single_of(self.loaded, self._ruleset, self._recipe.places)
        single.patience = PATIENCE
        return single

    def keep(self) -> None:
        """What has been laid out is found again by the next job."""
        if "_single" in self.__dict__:
            self._single.plan.keep()

    @cached_property
    def _bounds(self) -> Bounds:
        return Bounds(self._single.plan)

    def _counted(self, row: int, values: list[Any]) -> One | None:
        try:
            counted = self._single.score(values)
            beside = None if self._is_brief else self._single.beside(counted)
            told = () if self._is_brief else gathered(self._ruleset, self._single.told(counted))
        except Unplanned:
            return None
        if not self._bounds.hold(counted):
            return None
        note = note_of(counted, self._possible, lambda: self._facts(row))
        return of_counted(counted, beside, self._recipe.shape.item_places, note, told)

    def _facts(self, row: int) -> Facts:
        cells = tuple(Entry(text, Cell("", "")) for text in self._rows.rows[row])
        return Facts("", self._ruleset.year, items_of(cells, self._columns, []))

    @cached_property
    def _columns(self) -> Columns:
        return columns_of(table_of(self._rows.heading, self._file).rows[0], Slots(self._ruleset), [])
