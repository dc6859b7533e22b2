"""The other sheets: 数据, 说明, and one long list where there are too many units for a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfdsl.diagnostics import Diagnostic
from perfdsl.report.form import Line, sections
from perfdsl.report.totals import title
from perfdsl.report.xlsx_cells import FIRST, Cells
from perfdsl.report.xlsx_style import LONGEST_CELL, Heights, Styles, head, printed, put, widths
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard

_DATA_WIDTHS = (24, 24, 22, 18, 10, 34)
_ON_DATA = "黄底的是填报的数值，已换算成「计量单位」一栏的单位；改动以后，自评表的得分随之变化。其余是公式。"
_WORD_WIDTHS = (6, 90)
_LIST = ("单位", "一级指标", "二级指标", "指标", "年度指标值", "实际完成值", "分值", "得分", "偏差与说明")
_LIST_WIDTHS = (24, 14, 16, 24, 16, 16, 8, 9, 40)


def data(sheet: Any, cells: Cells, styles: Styles) -> None:
    """Every number that the formulas read; those with a ground of yellow are to be changed by hand."""
    widths(sheet, _DATA_WIDTHS)
    put(sheet, (0, 0, 0, 5), "数据与测算", styles.title())
    sheet.set_row(0, 34)
    heights = Heights(_DATA_WIDTHS)
    put(sheet, (1, 0, 1, 5), _ON_DATA, styles.plain())
    heights.need((1, 0, 1, 5), _ON_DATA)
    head(sheet, 2, ("单位", "指标", "名称", "数值", "计量单位", "原文"), styles)
    for row, entry in enumerate(cells.entries, FIRST):
        for column, text in ((0, entry.member), (1, entry.owner), (2, entry.label), (4, entry.unit), (5, entry.said)):
            sheet.write_string(row, column, text[:LONGEST_CELL], styles.text())
        shown = entry.content if isinstance(entry.content, str) else ""
        heights.row(row, (entry.member, entry.owner, entry.label, shown, entry.unit, entry.said))
        _content(sheet, row, entry.content, entry.formula, styles.number(entry.format, **({} if entry.formula else {"bg_color": "#FFF9E0"})))
    heights.set(sheet)
    printed(sheet, 5, (2, 2))
    sheet.freeze_panes(FIRST, 0)


def _content(sheet: Any, row: int, content: float | str | None, formula: str, style: Any) -> None:
    if formula:
        sheet.write_formula(row, 3, f"={formula}", style, "" if content is None else content)
    elif isinstance(content, str):
        sheet.write_string(row, 3, content[:LONGEST_CELL], style)
    elif content is None:
        sheet.write_blank(row, 3, None, style)
    else:
        sheet.write_number(row, 3, content, style)


def words(sheet: Any, cards: Sequence[Scorecard], notes: Sequence[tuple[str, str, str]], findings: Sequence[Diagnostic],
          styles: Styles) -> None:
    """The explanations of every unit, what is no formula and why, what was found wrong."""
    widths(sheet, _WORD_WIDTHS)
    put(sheet, (0, 0, 0, 1), "说明", styles.title())
    sheet.set_row(0, 34)
    row = 1
    for card in cards:
        heading = "　".join(filter(None, [title(card), card.unit]))
        texts = [*overview.total_line(card), *overview.explanation(card), *map(_problem, card.diagnostics), overview.identity(card)]
        row = _numbered(sheet, row, heading, texts, styles)
    if notes:
        texts = ["".join((f"{unit}　" if len(cards) > 1 else "", f"{name}：{why}。")) for unit, name, why in notes]
        row = _numbered(sheet, row, "以下各处是数值，不是公式", texts, styles)
    if findings:
        _numbered(sheet, row, "发现的问题", [_problem(d) for d in findings], styles)
    printed(sheet, 1)


def _problem(found: Diagnostic) -> str:
    return f"{found.severity.chinese} {found.code} {found.message}" + (f"（{found.place}）" if found.place else "")


def _numbered(sheet: Any, row: int, heading: str, texts: Sequence[str], styles: Styles) -> int:
    heights = Heights(_WORD_WIDTHS)
    put(sheet, (row, 0, row, 1), heading, styles.head())
    for at, text in enumerate(texts, 1):
        sheet.write_number(row + at, 0, at, styles.number())
        sheet.write_string(row + at, 1, text[:LONGEST_CELL], styles.text())
        heights.need((row + at, 1, row + at, 1), text)
    heights.set(sheet)
    return row + len(texts) + 1


def long_list(sheet: Any, cards: Sequence[Scorecard], styles: Styles) -> None:
    """得分明细: a line for each indicator of each unit, as values."""
    widths(sheet, _LIST_WIDTHS)
    head(sheet, 0, _LIST, styles)
    row, heights = 1, Heights(_LIST_WIDTHS)
    for card in cards:
        for section in sections(card):
            for line in section.lines:
                texts = (card.unit, section.first, section.second, line.name, line.target, line.actual, line.weight, line.score, line.note)
                _listed(sheet, row, card, line, texts, styles)
                heights.row(row, texts)
                row += 1
    heights.set(sheet)
    printed(sheet, len(_LIST) - 1, (0, 0), landscape=True)
    sheet.freeze_panes(1, 1)


def _listed(sheet: Any, row: int, card: Scorecard, line: Line, texts: Sequence[str], styles: Styles) -> None:
    """A line of text; the weight and the score of an indicator are numbers."""
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text[:LONGEST_CELL], styles.text())
    if line.row is not None and line.row.indicator.outside is None:
        sheet.write_number(row, 6, float(line.row.indicator.weight), styles.number())
    if line.row is not None and line.row.score is not None:
        sheet.write_number(row, 7, float(line.row.score), styles.points(card.ruleset.item_rounding))
