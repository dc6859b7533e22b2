"""The score table and its explanations in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfdsl.diagnostics import Diagnostic
from perfdsl.quantity import decimal_text
from perfdsl.report import ranking
from perfdsl.report.form import Section, sections
from perfdsl.report.options import Options
from perfdsl.report.totals import grade_text, group_title, title, total_sentence, total_text, unit_code
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard

_HEADINGS = ("一级指标", "二级指标", "指标", "年度指标值", "实际完成值", "完成率", "分值", "得分", "偏差与说明")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#])")


def write(cards: Sequence[Scorecard], options: Options) -> str:
    """One section a unit, or with `summary` one ranked table; then what was found wrong for all."""
    blocks = _summary(cards) if options.summary else [block for card in cards for block in _card(card)]
    return "\n\n".join([*blocks, *_problems("发现的问题", options.findings)]) + "\n"


def plain(text: str) -> str:
    """*text* so that Markdown shows it as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> str:
    sides = ["---:" if heading in numbers else "---" for heading in headings]
    body = [[plain(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [headings, sides, *body])


def _card(card: Scorecard) -> Iterator[str]:
    yield f"## {plain(f'{title(card)}　{card.unit}{unit_code(card)}'.strip())}"
    rows = [*(cells for section in sections(card) for cells in _rows(card, section)), _total(card)]
    yield _table(_HEADINGS, rows, ("完成率", "分值", "得分"))
    yield from (plain(text) for text in overview.total_line(card))
    reasons = overview.explanation(card)
    if reasons:
        yield "### 偏差说明"
        yield "\n".join(f"{number}. {plain(text)}" for number, text in enumerate(reasons, 1))
    yield from _problems("本单位的问题", card.diagnostics)
    yield plain(overview.identity(card))


def _rows(card: Scorecard, section: Section) -> Iterator[Sequence[str]]:
    for line in section.lines:
        name = line.name if line.row else f"　· {line.name}"
        yield (group_title(card, section.first), section.second, name, line.target, line.actual, line.rate, line.weight, line.score,
               line.note)


def _total(card: Scorecard) -> Sequence[str]:
    score = total_text(card) if card.total.score is not None else "待定"
    grade = grade_text(card)
    note = total_sentence(card) + (f"，等级 {grade}" if grade else "")
    return "总分", "", "", "", "", "", decimal_text(card.total.weight), score, note


def _problems(heading: str, found: Sequence[Diagnostic]) -> Iterator[str]:
    if found:
        yield f"### {heading}"
        yield "\n".join(f"- {plain(f'{d.severity.chinese} {d.code} {d.message}')}{_where(d)}" for d in found)


def _where(d: Diagnostic) -> str:
    place = f"（{plain(str(d.place))}）" if d.place else ""
    return place + (f" 提示：{plain(d.hint)}" if d.hint else "")


def _summary(cards: Sequence[Scorecard]) -> Iterator[str]:
    yield _table(ranking.HEADINGS, [one.cells() for one in ranking.ranked(cards)], ("名次", "总分", "未填"))
    yield from dict.fromkeys(plain(overview.identity(card)) for card in cards)
