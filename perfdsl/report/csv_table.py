"""The score table as CSV that Excel and WPS open: with a BOM, and no text that they would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.harmless import harmless
from perfdsl.quantity import decimal_text
from perfdsl.report import ranking
from perfdsl.report.form import Line, Section, points, sections
from perfdsl.report.options import Options
from perfdsl.report.totals import grade_text, mismatch, total_text
from perfdsl.score.scorecard import Scorecard
from perfdsl.version import __version__

HEADINGS = ("单位", "一级指标", "二级指标", "指标", "分项", "年度指标值", "实际完成值", "完成率", "分值", "得分",
            "自评得分", "评定得分", "复核得分", "失分", "偏差与说明", "偏差原因")
BASIS = ("单位代码", "年度", "规则集", "版本和摘要", "程序")
"""In every line, so that sorting, filtering and cutting leave each with its unit and the rules that gave its score."""


def write(cards: Sequence[Scorecard], options: Options) -> str:
    """A line for each indicator, part and total, or with `summary` the ranked units."""
    lines = _summary(cards) if options.summary else _whole(cards)
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in line] for line in lines)
    return "\ufeff" + out.getvalue()


def _summary(cards: Sequence[Scorecard]) -> Iterator[Sequence[str]]:
    yield *ranking.HEADINGS, *BASIS
    for one in ranking.ranked(cards):
        yield "" if one.place is None else str(one.place), *one.cells()[1:], *_basis(one.card)


def _whole(cards: Sequence[Scorecard]) -> Iterator[Sequence[str]]:
    yield *HEADINGS, *BASIS
    for card in cards:
        basis = _basis(card)
        for line in (line for section in sections(card) for line in _section(card, section)):
            yield *line, *basis
        note = "；".join(filter(None, [f"等级 {grade_text(card)}" if grade_text(card) else "", mismatch(card)]))
        yield card.unit, "总分", *[""] * 6, decimal_text(card.total.weight), total_text(card), *[""] * 4, note, "", *basis


def _basis(card: Scorecard) -> tuple[str, ...]:
    """The unit's code, and what says which rules gave the score; as words, so that no spreadsheet takes a digest or a version for a number or a date."""
    r = card.ruleset
    version = f"版本 {r.version} " if r.version else ""
    return card.code, "" if r.year is None else str(r.year), r.name, f"{version}摘要 {card.digest}", f"perfdsl {__version__}"


def _section(card: Scorecard, section: Section) -> Iterator[Sequence[str]]:
    name = ""
    for line in section.lines:
        name = line.name if line.row else name
        part = "" if line.row else line.name
        measured = (line.target, line.actual, line.rate, line.weight, line.score)
        others = _others(card, line)
        yield card.unit, section.first, section.second, name, part, *measured, *others[:4], line.note, others[4]


def _others(card: Scorecard, line: Line) -> tuple[str, str, str, str, str]:
    """The scores that stand beside the computed one, the points lost, the officer's reason."""
    if line.row is None:
        return "", "", "", "", ""
    fact, lost = line.row.fact, line.row.lost
    return (_shown(fact.claimed), _shown(fact.chosen), _shown(fact.audited),
            "" if lost is None else points(card, lost), fact.reason)


def _shown(value: Fraction | None) -> str:
    return "" if value is None else decimal_text(value)
