"""Forms nobody has seen: made from the twelve with other headings, columns, merges and units; how much of them is read right."""

from __future__ import annotations

import io
from types import ModuleType

import openpyxl
import pytest

from perfdsl.forms import xlsx_grid
from perfdsl.forms.finder import find_forms
from perfdsl.forms.grid import Grid

from . import synonyms, unseen
from .shuffle import facts, share_right, shuffled
from .twelve import all_forms

MADE = 240


def measured(words: ModuleType, seed: int) -> float:
    """The share of cells read right among all that stand in the forms or were read from them."""
    right = whole = 0
    for grid, expected in shuffled(all_forms(), MADE, seed, words):
        found = find_forms([grid])
        part, of = share_right(expected, facts(found[0]) if len(found) == 1 else {})
        right, whole = right + part, whole + of
    return right / whole


@pytest.mark.parametrize("seed", [1, 2])
def test_headings_of_known_wording(seed: int) -> None:
    assert measured(synonyms, seed) > 0.995


@pytest.mark.parametrize("seed", [1, 2])
def test_headings_of_wording_that_the_finder_was_not_made_with(seed: int) -> None:
    assert measured(unseen, seed) > 0.97


def test_a_new_form_reads_the_same_from_a_workbook() -> None:
    for grid, _ in shuffled(all_forms(), 24, 7):
        read = xlsx_grid.grids(_workbook(grid), "f")[0]
        assert [facts(form) for form in find_forms(read)] == [facts(form) for form in find_forms([grid])]


def _workbook(grid: Grid) -> bytes:
    book = openpyxl.Workbook()
    for cell in grid.cells:
        place = book.active.cell(cell.row + 1, cell.column + 1, cell.text)
        place.data_type = "s"
        if cell.rows * cell.columns > 1:
            book.active.merge_cells(start_row=cell.row + 1, start_column=cell.column + 1, end_row=cell.row + cell.rows,
                                    end_column=cell.column + cell.columns)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
