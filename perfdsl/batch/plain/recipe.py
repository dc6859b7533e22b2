"""What a job of plain Python needs to know of a ruleset and a row of headings, as plain data that is kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from sys import version
from typing import NamedTuple

from perfdsl.resources import around, cached

NUMBER, SHARE, SCORE, WORDS, DAY, MARK = range(6)
"""What is read in a column: a number, one that may be a share or a percentage, points, words, a day, or at most 不适用."""
USUAL_PLACES, FINE_PLACES, FINEST_PLACES = 4, 8, 18
"""Decimals with which the numbers of the cells are kept: the first of these that is enough."""


class Column(NamedTuple):
    """A column of cells: where it stands, what is read in it, its place among a unit's values (−1: it is only looked at).

    `words` are those that it can hold (none: any), `units` what a unit behind a number is worth: times and decimals.
    `number` is its number among the columns of the plan of reading.
    """

    at: int
    kind: int
    cell: int
    number: int
    words: frozenset[str]
    units: Mapping[str, tuple[int, int]]


class Scoring(NamedTuple):
    """How an ordinary unit is scored: `ways` is the code of `plan.ordinary`, `kinds` are weight and clause of each way of each item,
    `beside` the codes of deviation and reasons (none where these are not told), `wholes` whether there is a total, the grade,
    the standing and the codes of what is wrong, for each way of the whole, `told` the codes of what is told under each heading.

    `room` values stand behind the cells; of them `own` are the points of the items, where reasons or what is told hang on them.
    """

    ways: bytes
    kinds: tuple[tuple[tuple[int, str], ...], ...]
    beside: tuple[tuple[bytes, tuple[bytes, ...]], ...]
    wholes: tuple[tuple[bool, str, int, tuple[str, ...]], ...]
    told: tuple[tuple[bytes, ...], ...]
    room: int
    own: tuple[int, ...]


class Shape(NamedTuple):
    """What the columns of the output are, as `sinks.table.Shape`; `item_places` and `total_places` are the decimals of points."""

    names: tuple[str, ...]
    item_places: int
    total_places: int
    basis: tuple[tuple[str, str], ...]
    grade_due: bool
    told: tuple[str, ...]


class Recipe(NamedTuple):
    """`loaded` is the ruleset, pickled; `is_quiet`: there is nothing to say of it and of the headings.

    `absent` are the texts of cells in which no value stands (False: empty, True: 不适用), `not_words` what a text begins with that is more
    than words.  `reasons` are the columns in which the reason of each item may stand, `is_single` as `warned.Asked`.  `scoring` None: no
    unit is ordinary.
    """

    loaded: bytes
    is_quiet: bool
    year: int | None
    unit: int | None
    code: int | None
    of_year: int | None
    columns: tuple[Column, ...]
    cells: int
    places: int
    absent: Mapping[str, bool]
    not_words: str
    reasons: tuple[tuple[int, ...], ...]
    is_single: tuple[bool, ...]
    scoring: Scoring | None
    shape: Shape


def kept(ruleset: str, heading: tuple[str, ...], brief: bool, places: int) -> Recipe | None:
    """The recipe for the ruleset in that file, made where it is not there yet; None where the ruleset or the headings want more than this."""
    found = _content(ruleset)
    if found is None:
        return None

    def make() -> Recipe | None:
        from perfdsl.batch.plain.lay import laid

        return laid(ruleset, heading, brief, places)

    return cached("plain", "\0".join((found, repr(heading), repr(brief), str(places), version)), make)


def _content(ruleset: str) -> str | None:
    """The ruleset and all that it can depend on, as they stand."""
    path = Path(ruleset)
    try:
        return "\0".join(f"{file}\0{file.read_bytes().decode('latin-1')}" for file in (path, *around(path.parent)))
    except (OSError, ValueError):
        return None
