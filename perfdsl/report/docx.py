"""The official form as a Word document, one a unit, with the reasons of the scores on the page behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from perfdsl.diagnostics import Diagnostic
from perfdsl.report import ranking
from perfdsl.report.docx_boxes import Box, BoxRow, box_row, one_page_height
from perfdsl.report.docx_layout import above, indicators
from perfdsl.report.docx_word import hairline, new_document, paragraph, table
from perfdsl.report.options import Options
from perfdsl.report.totals import grade_text
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard

_SIGNED = "填报人：　　　　　　单位负责人：　　　　　　单位（盖章）：　　　　　　　　　　年　　月　　日"
_RANKING_WIDTHS = (14, 60, 24, 22, 40, 18)


def write(cards: Sequence[Scorecard], options: Options) -> bytes:
    """The document; with `summary` the ranked units and how many have each grade.

    Raises ImportError where python-docx is not installed.
    """
    document = new_document(heading(cards[0]) if cards else "绩效自评表")
    if options.summary:
        _summary(document, cards)
    else:
        for number, card in enumerate(cards):
            _form(document, card, first=number == 0)
            _reasons(document, card)
    _list(document, "发现的问题", [problem(d) for d in options.findings])
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def heading(card: Scorecard) -> str:
    """The ruleset's name as the name of a form: 部门整体支出绩效自评 → 部门整体支出绩效自评表."""
    name = card.ruleset.name
    return f"{name}表" if name.endswith(("自评", "评价")) else name


def _form(document: Any, card: Scorecard, *, first: bool) -> None:
    """The page that is signed: one table where it fits a page, else two, so that the headings can be repeated."""
    paragraph(document, heading(card), title=True, align="center", new_page=not first)
    if card.ruleset.year is not None:
        paragraph(document, f"（{card.ruleset.year}年度）", align="center")
    top, body = above(card), indicators(card)
    if height := one_page_height([*top, *body]):
        table(document, [*top, *(BoxRow(row.boxes) for row in body)], height=height)
    else:
        table(document, top)
        hairline(document)
        table(document, _parted(body))
    paragraph(document, "", size=6)
    paragraph(document, _SIGNED)


def _parted(body: Sequence[BoxRow]) -> list[BoxRow]:
    """The rows with no cell that goes on from the headings: these are repeated on every page."""
    head, first, *others = body
    return [head, BoxRow(tuple(Box() if box.joined else box for box in first.boxes)), *others]


def _reasons(document: Any, card: Scorecard) -> None:
    """Why the scores are what they are; the signed page stands without it."""
    paragraph(document, f"附：计分说明（{card.unit}）" if card.unit else "附：计分说明", size=14, align="center", new_page=True)
    for text in overview.total_line(card):
        paragraph(document, text)
    _list(document, "偏差说明", overview.explanation(card))
    _list(document, "本单位的问题", [problem(d) for d in card.diagnostics])
    paragraph(document, "")
    paragraph(document, overview.identity(card), size=8)


def _list(document: Any, title: str, items: Sequence[str]) -> None:
    if items:
        paragraph(document, "")
        paragraph(document, title, size=12)
        for number, text in enumerate(items, 1):
            paragraph(document, f"{number}. {text}")


def problem(d: Diagnostic) -> str:
    place = f"（{d.place}）" if d.place else ""
    return f"{d.severity.chinese} {d.code}　{d.message}{place}" + (f"　提示：{d.hint}" if d.hint else "")


def _summary(document: Any, cards: Sequence[Scorecard]) -> None:
    paragraph(document, "各单位绩效自评得分表", title=True, align="center")
    paragraph(document, f"共 {len(cards)} 个单位" + "".join(_grades(cards)), align="center")
    rows = [box_row(*one.cells()) for one in ranking.ranked(cards)]
    table(document, [box_row(*ranking.HEADINGS, heading=True), *rows], _RANKING_WIDTHS)
    for text in dict.fromkeys(overview.identity(card) for card in cards):
        paragraph(document, text, size=8)


def _grades(cards: Sequence[Scorecard]) -> Iterator[str]:
    counted = Counter(grade_text(card) or "未评等级" for card in cards)
    yield from (f"，{name} {number} 个" for name, number in counted.most_common())
