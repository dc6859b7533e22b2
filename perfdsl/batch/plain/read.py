"""The rows of a job as values, and what is the matter with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from perfdsl.batch.plain.cells import APART, FINE, ODD, Reader
from perfdsl.batch.plain.file import Rows
from perfdsl.batch.plain.recipe import FINEST_PLACES, Column, Recipe

if TYPE_CHECKING:
    from perfdsl.batch.plain.odd import Odd

Asking = Callable[[], "Odd"]


class Finer(Exception):  # noqa: N818  # asks for another recipe
    """The numbers have more decimals than the recipe keeps."""


class Read(NamedTuple):
    """Of each row the values of a unit; the rows with a fault in a cell, those with a value that has no place, warnings by code."""

    values: list[tuple[Any, ...]]
    bad: set[int]
    apart: set[int]
    warned: Counter[str]


def read(recipe: Recipe, rows: Rows, odd: Asking) -> Read:
    """Raises `Finer`."""
    texts = [*zip(*rows.rows, strict=True)]
    reader = Reader(recipe.absent, recipe.not_words, recipe.places)
    cells: list[Sequence[Any]] = [[None] * len(rows.rows)] * recipe.cells
    made = Read([], set(), set(), Counter())
    for column in recipe.columns:
        values = reader.column(texts[column.at], column)
        if ODD in values or FINE in values:
            _settle(values, texts[column.at], column, recipe, odd, made)
        if column.cell >= 0:
            cells[column.cell] = values
    made.values.extend(zip(*cells, strict=True) if cells else [()] * len(rows.rows))
    return made


def _settle(values: list[Any], texts: Sequence[str], column: Column, recipe: Recipe, odd: Asking, made: Read) -> None:
    """Ask what odd cells mean, each text once."""
    if FINE in values and recipe.places < FINEST_PLACES:
        raise Finer
    for at, value in enumerate(values):
        if value is ODD:
            said = odd().meaning(column, texts[at])
            made.warned.update(said.codes)
            if said.is_fault:
                made.bad.add(at)
            values[at] = value = None if said.is_fault else odd().value(column, said)
        if value is APART or value is FINE:
            made.apart.add(at)
