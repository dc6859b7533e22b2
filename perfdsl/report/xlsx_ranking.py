"""The sheet 名次: the ranked units, and how many have each grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from perfdsl.report import ranking
from perfdsl.report.totals import grade_text, total_text
from perfdsl.report.xlsx_foot import Placed
from perfdsl.report.xlsx_style import Heights, Styles, head, places_format, printed, put, widths
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard

_WIDTHS = (7, 30, 14, 12, 34, 12)


def places(sheet: Any, cards: Sequence[Scorecard], placed: Mapping[int, Placed], styles: Styles) -> None:
    """名次: the ranked units, live where each has a sheet, and how many have each grade."""
    widths(sheet, _WIDTHS)
    put(sheet, (0, 0, 0, 5), "各单位得分", styles.title())
    sheet.set_row(0, 34)
    head(sheet, 1, ranking.HEADINGS, styles)
    ranked, heights = ranking.ranked(cards), Heights(_WIDTHS)
    last = len(ranked) + 1
    for row, one in enumerate(ranked, 2):
        _unit(sheet, row, last, one, placed.get(id(one.card)), styles)
        heights.row(row, one.cells())
    heights.set(sheet)
    _distribution(sheet, last, cards, styles)
    row = last + 3 + len(ranking.distribution(cards))
    for text in dict.fromkeys(overview.identity(card) for card in cards):
        put(sheet, (row, 0, row, 5), text, styles.plain(font_size=8, font_color="#666666"))
        row += 1
    printed(sheet, 5, (1, 1))
    sheet.freeze_panes(2, 0)


def _unit(sheet: Any, row: int, last: int, one: ranking.Ranked, placed: Placed | None, styles: Styles) -> None:
    card, middle = one.card, styles.number()
    style = styles.number(places_format(card.ruleset.total_rounding))
    _place(sheet, row, last, one, placed, middle)
    if placed:
        sheet.write_formula(row, 2, f"={placed.total}", style, total_text(card) if card.total.score is None else float(card.total.score))
    elif card.total.score is None:
        sheet.write_string(row, 2, total_text(card), middle)
    else:
        sheet.write_number(row, 2, float(card.total.score), style)
    grade = grade_text(card)
    sheet.write_formula(row, 3, f"={placed.grade}", middle, grade) if placed and grade else sheet.write_string(row, 3, grade, middle)
    for column, text in ((1, card.unit), (4, one.cells()[4]), (5, one.cells()[5])):
        sheet.write_string(row, column, text, styles.text() if column != 5 else middle)


def _place(sheet: Any, row: int, last: int, one: ranking.Ranked, placed: Placed | None, style: Any) -> None:
    """The place; live where totals are rounded, as floats that are not may differ though the totals are the same."""
    rounding, shown = one.card.ruleset.total_rounding, "－" if one.place is None else one.place
    if placed and rounding is not None and rounding.places is not None:
        ranked = f"RANK(C{row + 1},$C$3:$C${last + 1})"
        sheet.write_formula(row, 0, f'=IF(ISNUMBER(C{row + 1}),{ranked},"－")', style, shown)
    elif one.place is None:
        sheet.write_string(row, 0, "－", style)
    else:
        sheet.write_number(row, 0, one.place, style)


def _distribution(sheet: Any, last: int, cards: Sequence[Scorecard], styles: Styles) -> None:
    top = last + 2
    for column, heading in ((1, "等级"), (2, "个数"), (3, "占比")):
        sheet.write_string(top, column, heading, styles.head())
    for row, (name, count) in enumerate(ranking.distribution(cards), top + 1):
        sheet.write_string(row, 1, name, styles.text())
        sheet.write_formula(row, 2, f"=COUNTIF($D$3:$D${last + 1},B{row + 1})", styles.number(), count)
        sheet.write_formula(row, 3, f"=C{row + 1}/{len(cards)}", styles.number("0.00%"), count / len(cards))
