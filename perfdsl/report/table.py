"""The score table for the terminal, and below it the total in words and the 偏差说明."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.quantity import decimal_text
from perfdsl.report import ranking
from perfdsl.report.columns import Column
from perfdsl.report.form import Line, Section, sections
from perfdsl.report.grid import GridRow, laid_out
from perfdsl.report.options import Options
from perfdsl.report.totals import grade_text, group_title, subtotal, title, total_sentence, total_text, unit_line
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard
from perfdsl.text import hang, legible, wrap

WIDE, NARROW = 120, 72
"""From WIDE columns on 一级 and 二级 have columns of their own; below NARROW the rate and the note are left out."""
LEAST = 32

_LEVELS = (Column("一级指标", share=3), Column("二级指标", share=3))
_NAME, _TARGET, _ACTUAL = Column("指标", share=5), Column("年度指标值", share=3), Column("实际完成值", share=3)
_RATE, _WEIGHT, _SCORE = Column("完成率", right=True), Column("分值", right=True), Column("得分", right=True)
_NOTE = Column("偏差与说明", share=4)
_SHARES = {"单位": 3, "失分最多的指标": 3, "等级": 2}


def write(cards: Sequence[Scorecard], options: Options) -> str:
    """One table a unit, or with `summary` one ranked table of all."""
    width = max(LEAST, options.width)
    if options.summary:
        return _joined(_summary(cards, width, options.ascii_only))
    return "\n".join(_joined(_card(card, width, options.ascii_only)) for card in cards)


def _joined(lines: Sequence[str]) -> str:
    return "".join(line.rstrip() + "\n" for line in lines)


def _card(card: Scorecard, width: int, ascii_only: bool) -> list[str]:
    rows = [*_rows(card, width), _total_row(card, width)]
    grid = laid_out(_columns(width), rows, width, ascii_only=ascii_only)
    return [*_heading(card, width, ascii_only), *grid, *_below(card, width, ascii_only)]


def _heading(card: Scorecard, width: int, ascii_only: bool) -> Iterator[str]:
    for text in (title(card), unit_line(card)):
        if text:
            yield from wrap(legible(text, ascii_only), width)


def _columns(width: int) -> list[Column]:
    if width >= WIDE:
        return [*_LEVELS, _NAME, _TARGET, _ACTUAL, _RATE, _WEIGHT, _SCORE, _NOTE]
    if width < NARROW:
        return [_NAME, _TARGET, _ACTUAL, _WEIGHT, _SCORE]
    return [_NAME, _TARGET, _ACTUAL, _RATE, _WEIGHT, _SCORE, _NOTE]


def _rows(card: Scorecard, width: int) -> Iterator[GridRow]:
    """Headings and subtotals of the first level, headings of the second (columns where it is wide), the lines."""
    above = None
    for section in sections(card):
        opens = section.first != above
        if opens and section.first:
            yield _group_row(card, section.first, width, ruled=above is not None)
        if width < WIDE and section.second:
            yield GridRow(_blank(width), f" {section.second}")
        yield from _section_rows(section, width, ruled=opens and not section.first and above is not None)
        above = section.first


def _blank(width: int, weight: str = "", score: str = "") -> tuple[str, ...]:
    """A row of which only the two numbers are filled."""
    filled = {_WEIGHT: weight, _SCORE: score}
    return tuple(filled.get(column, "") for column in _columns(width))


def _group_row(card: Scorecard, first: str, width: int, *, ruled: bool) -> GridRow:
    return GridRow(_blank(width, *subtotal(card, first)), f"【{group_title(card, first)}】", ruled)


def _section_rows(section: Section, width: int, *, ruled: bool) -> Iterator[GridRow]:
    for at, line in enumerate(section.lines):
        levels = ("", section.second if at == 0 else "") if width >= WIDE else ()
        yield GridRow((*levels, *_cells(line, width, grouped=bool(section.first))), ruled=ruled and at == 0)


def _cells(line: Line, width: int, *, grouped: bool) -> tuple[str, ...]:
    indent = "" if width >= WIDE or not grouped else "  "
    name = f"{indent}{line.name}" if line.row else f"{indent}  {line.name}"
    whole = (name, line.target, line.actual, line.rate, line.weight, line.score, line.note)
    return (*whole[:3], *whole[4:6]) if width < NARROW else whole


def _total_row(card: Scorecard, width: int) -> GridRow:
    score = total_text(card) if card.total.score is not None else "待定"
    grade = grade_text(card)
    heading = f"总分 {total_sentence(card)}" + (f"　等级 {grade}" if grade else "")
    return GridRow(_blank(width, decimal_text(card.total.weight), score), heading, ruled=True)


def _below(card: Scorecard, width: int, ascii_only: bool) -> Iterator[str]:
    """The total in words, the reasons for lost points, and what was evaluated."""
    for text in overview.total_line(card):
        yield from wrap(legible(text, ascii_only), width)
    yield from _reasons(card, width, ascii_only)
    yield ""
    yield from wrap(legible(overview.identity(card), ascii_only), width)


def _reasons(card: Scorecard, width: int, ascii_only: bool) -> Iterator[str]:
    paragraphs = overview.explanation(card)
    if paragraphs:
        yield from ("", "偏差说明")
    for number, text in enumerate(paragraphs, 1):
        yield from hang(f"{number}. ".rjust(len(str(len(paragraphs))) + 2), legible(text, ascii_only), width)


def _summary(cards: Sequence[Scorecard], width: int, ascii_only: bool) -> list[str]:
    kept = 4 if width < NARROW else len(ranking.HEADINGS)
    columns = [Column(h, right=h in ("名次", "总分", "未填"), share=_SHARES.get(h, 1))
               for h in ranking.HEADINGS[:kept]]
    rows = [GridRow(one.cells()[:kept]) for one in ranking.ranked(cards)]
    seen = dict.fromkeys(overview.identity(card) for card in cards)
    footer = [line for text in seen for line in wrap(legible(text, ascii_only), width)]
    return [*laid_out(columns, rows, width, ascii_only=ascii_only), *footer]


