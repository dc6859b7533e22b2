"""The score table as a workbook with live formulas; no text of a user is ever a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from perfdsl.report import xlsx_pages as pages
from perfdsl.report.options import Options
from perfdsl.report.xlsx_cells import SHEET, Cells
from perfdsl.report.xlsx_foot import Placed
from perfdsl.report.xlsx_form import Form
from perfdsl.report.xlsx_ranking import places
from perfdsl.report.xlsx_style import Styles
from perfdsl.score.scorecard import Scorecard

MOST = 100
"""Units that have a sheet each; more stand in one long list."""
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_OWN = ("自评表", SHEET, "说明", "名次", "得分明细")


def write(cards: Sequence[Scorecard], options: Options) -> bytes:
    """One workbook: 名次 where there are several units, a sheet a unit, 数据, 说明; with `summary` the 名次 alone."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it has no stubs

    out = io.BytesIO()
    with Workbook(out, _PLAIN) as book:
        _sheets(book, cards, options)
    return out.getvalue()


def _sheets(book: Any, cards: Sequence[Scorecard], options: Options) -> None:
    styles = Styles(book)
    ranks = book.add_worksheet("名次") if options.summary or len(cards) != 1 else None
    notes: list[tuple[str, str, str]] = []
    placed: dict[int, Placed] = {}
    if not options.summary:
        placed = _units(book, cards, styles, notes)
        pages.words(book.add_worksheet("说明"), cards, notes, options.findings, styles)
    if ranks is not None:
        places(ranks, cards, placed, styles)


def _units(book: Any, cards: Sequence[Scorecard], styles: Styles, notes: list[tuple[str, str, str]]) -> dict[int, Placed]:
    """A sheet a unit and 数据, or one long list; where each unit's total stands."""
    if len(cards) > MOST:
        pages.long_list(book.add_worksheet("得分明细"), cards, styles)
        return {}
    cells, placed = Cells(), {}
    for card, name in zip(cards, sheet_names([card.unit for card in cards]), strict=True):
        form = Form(book.add_worksheet(name), name, card, cells, styles)
        placed[id(card)] = form.write()
        notes += [(card.unit, what, why) for what, why in form.live.notes]
    pages.data(book.add_worksheet(SHEET), cells, styles)
    return placed


def sheet_names(units: Sequence[str]) -> list[str]:
    """A name for each unit's sheet that a spreadsheet takes: at most 31 characters, none twice."""
    if len(units) == 1:
        return ["自评表"]
    taken = {name.casefold() for name in (*_OWN, "history")}
    names = []
    for at, unit in enumerate(units, 1):
        plain = _FORBIDDEN.sub("_", unit).strip("' ")[:31] or f"单位{at}"
        name = plain if plain.casefold() not in taken else f"{plain[:24]}（{at}）"
        taken.add(name.casefold())
        names.append(name)
    return names
