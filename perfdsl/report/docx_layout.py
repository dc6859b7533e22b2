"""The official 自评表 as rows of boxes: unit, budget, goals, indicators with their levels, total."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.quantity import decimal_text
from perfdsl.report.docx_boxes import JOINED, Box, BoxRow, box_row
from perfdsl.report.docx_budget import budget, execution_row, goals
from perfdsl.report.form import Line, Section, sections
from perfdsl.report.totals import grade_text, group_title, subtotal, total_text
from perfdsl.score.scorecard import Row, Scorecard

HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")


def above(card: Scorecard) -> list[BoxRow]:
    """What stands over the indicators: the unit, the money, the goals, as far as the data say."""
    code = [Box("单位代码", 2), Box(card.code, 2)] if card.code else []
    return [box_row(Box("单位名称", 2), Box(card.unit, 3 if code else 7), *code), *budget(card), *goals(card)]


def indicators(card: Scorecard) -> list[BoxRow]:
    """The indicators under their headings, the total and the grade."""
    rows = [box_row("绩效\n指标", *HEADINGS, heading=True), *_body(card)]
    return [*rows, box_row(Box("总分", 6), decimal_text(card.total.weight), _total(card), ""), *_grade(card)]


def _total(card: Scorecard) -> str:
    return "待定" if card.total.score is None else total_text(card)


def _grade(card: Scorecard) -> list[BoxRow]:
    grade = grade_text(card)
    return [box_row(Box("等级", 6), Box(grade, 3))] if grade else []


def _body(card: Scorecard) -> Iterator[BoxRow]:
    lifted, before = execution_row(card), ("", "")
    for section in sections(card):
        levels = (_first(card, section), section.second)
        for at, line in enumerate(_shown(section, lifted)):
            first = JOINED if (at or levels[0] == before[0]) and before != ("", "") else Box(levels[0])
            second = JOINED if at else Box(levels[1])
            yield BoxRow((JOINED, first, second, *_line(line)))
            before = levels


def _shown(section: Section, lifted: Row | None) -> list[Line]:
    """The lines of a section but for the one that stands in the budget block."""
    return [line for line in section.lines if line.row is None or line.row is not lifted]


def _first(card: Scorecard, section: Section) -> str:
    """`产出指标（50分）`; an item beside the total stands under what it is."""
    outside = section.rows[0].indicator.outside
    if outside is not None:
        return outside.value
    weight = subtotal(card, section.first)[0]
    title = group_title(card, section.first)
    return f"{title}\n（{weight}分）" if weight and title == section.first else title


def _line(line: Line) -> tuple[Box, ...]:
    """A part has its target and its value; its points and its reason are those of the whole."""
    left = (Box(line.name if line.row else f"· {line.name}", left=True), Box(line.target), Box(line.actual))
    if line.row is None:
        points = (Box(line.weight), Box(line.score)) if line.weight else (JOINED, JOINED)
        return (*left, *points, JOINED)
    return (*left, Box(line.weight), Box(line.score), Box(_reason(line.row), left=True))


def _reason(row: Row) -> str:
    """What the officer wrote, or that something must be written."""
    return row.fact.reason or ("（待填：须说明原因）" if row.reason_due else "")

