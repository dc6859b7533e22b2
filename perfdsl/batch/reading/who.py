"""Which unit and which year a row names, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Callable

from perfdsl.batch.reading.plan import Plan
from perfdsl.data.entries import given_twice, year_of
from perfdsl.data.table import Entry, clean
from perfdsl.diagnostics import Cell, Diagnostic

Place = Callable[[int | None], Cell]
"""The cell of a row in a column; None: the row."""
Fault = tuple[str, str, Diagnostic]
"""Heading, text, fault."""


def read_year(text: str, wanted: int | None) -> tuple[int | None, bool, bool]:
    """The year, whether it cannot be read, and whether it is not that of the ruleset."""
    found: list[Diagnostic] = []
    year = year_of(Entry(text, Cell("", "")), found)
    return year, bool(found), None not in (wanted, year) and wanted != year


def faults_of_name(plan: Plan, text: str, place: Place) -> list[Fault]:
    if clean(text):
        return []
    heading = "" if plan.unit is None else plan.headings[plan.unit]
    return [(heading, "", Diagnostic("E402", "这一行没有单位名称", place(plan.unit), "在「单位」一列写上名称"))]


def faults_of_year(plan: Plan, text: str, place: Place) -> list[Fault]:
    assert plan.year is not None
    wrong: list[Diagnostic] = []
    year_of(Entry(text, place(plan.year)), wrong)
    return [(plan.headings[plan.year], text, one) for one in wrong]


def met_twice(name: str, first: Cell, second: Cell) -> Diagnostic:
    """A unit that has been given before."""
    return given_twice(f"单位「{name}」", Entry(name, first), Entry(name, second))
