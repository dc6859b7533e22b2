"""The ranked units on the page, with how many have each grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.report import ranking
from perfdsl.report.html_parts import bar
from perfdsl.report.html_parts import tag as _tag
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard


def summary(cards: Sequence[Scorecard]) -> Iterator[str]:
    head = "".join(_tag("th", heading) for heading in ranking.HEADINGS)
    yield _tag("h1", "各单位得分")
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    for one in ranking.ranked(cards):
        yield "<tr>" + "".join(_tag("td", cell, _side(at)) for at, cell in enumerate(one.cells())) + "</tr>"
    yield "</tbody>\n</table>"
    yield from _distribution(cards)
    yield from dict.fromkeys(_tag("p", overview.identity(card), "id") for card in cards)


def _distribution(cards: Sequence[Scorecard]) -> Iterator[str]:
    """How many units have each grade."""
    found = ranking.distribution(cards)
    if found:
        lines = (_tag("span", name) + bar(name, Fraction(len(cards)), (Fraction(n), "#2f6f9f")) + _tag("span", f"{n} 个", "n") for name, n in found)
        yield f'{_tag("h2", "等级分布")}<div class="bars">{"".join(lines)}</div>'


def _side(at: int) -> str:
    return "n" if ranking.HEADINGS[at] in ("名次", "总分", "未填") else ""
