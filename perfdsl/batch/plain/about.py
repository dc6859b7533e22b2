"""Which unit each row of a job is about, and which rows are about none."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from perfdsl.batch.plain.file import Rows
from perfdsl.batch.plain.read import Asking
from perfdsl.batch.plain.recipe import Recipe
from perfdsl.data.marks import clean, is_furniture

_YEAR = re.compile(r"[0-9]{4}")


class Who(NamedTuple):
    """Of each row the name, the code and the year; rows of the form's foot, rows with a fault in these cells, and, by row, where a unit that
    is given again was given first."""

    names: list[str]
    codes: list[str]
    years: list[int | None]
    passed: set[int]
    faulty: set[int]
    again: dict[int, int]
    warned: Counter[str]


def who_of(recipe: Recipe, rows: Rows, odd: Asking) -> Who:
    names, codes = _texts(rows, recipe.unit), _texts(rows, recipe.code)
    passed = {at for at, name in enumerate(names) if (is_furniture(name) if name else _is_blank(rows.rows[at]))}
    years, unread, warned = _years(recipe, rows, odd)
    faulty = ({at for at, name in enumerate(names) if not name} | unread) - passed
    made = Who(names, codes, years, passed, faulty, {}, warned)
    _note_twice(made)
    return made


def _texts(rows: Rows, at: int | None) -> list[str]:
    return [""] * len(rows.rows) if at is None else [clean(row[at]) for row in rows.rows]


def _is_blank(row: list[str]) -> bool:
    return not any(map(clean, row))


def _years(recipe: Recipe, rows: Rows, odd: Asking) -> tuple[list[int | None], set[int], Counter[str]]:
    years: list[int | None] = []
    unread: set[int] = set()
    others = 0
    for at, text in enumerate(row[recipe.of_year] if recipe.of_year is not None else "" for row in rows.rows):
        year, is_fault, is_other = _year(text, recipe, odd)
        years.append(year)
        others += is_other
        if is_fault:
            unread.add(at)
    return years, unread, Counter({"W402": others} if others else {})


def _year(text: str, recipe: Recipe, odd: Asking) -> tuple[int | None, bool, bool]:
    if not text:
        return None, False, False
    if not _YEAR.fullmatch(text):
        return odd().year(text)
    year = int(text)
    return year or None, False, recipe.year is not None and year != recipe.year


def _note_twice(made: Who) -> None:
    """A code and a name that read the same are two units, and so is a unit in two years."""
    first: dict[tuple[str, bool, int | None], int] = {}
    for at, (name, code, year) in enumerate(zip(made.names, made.codes, made.years, strict=True)):
        if at in made.passed or at in made.faulty:
            continue
        before = first.setdefault((code or name, bool(code), year), at)
        if before != at:
            made.again[at] = before
