"""A diff as Markdown, to stand in a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.compare.result import Diff
from perfdsl.report import diff_lines as lines
from perfdsl.report.markdown import plain


def write(diff: Diff) -> str:
    """A heading, the verdict, a table of indicators, lists of the rest."""
    return "\n\n".join(_blocks(diff)) + "\n"


def _blocks(diff: Diff) -> Iterator[str]:
    yield f"## {plain(lines.heading(diff))}"
    yield plain(lines.verdict(diff))
    if diff.indicators:
        rows = [(lines.about(one), lines.changes(one), "<br>".join(map(plain, lines.consequences(one)))) for one in diff.indicators]
        yield table(("指标", "改动", "得分"), [(plain(a), plain(b), c) for a, b, c in rows])
    yield from _list("总体规定", [lines.change(told) for told in diff.whole])
    yield from _list("等级不同的总分", [lines.regraded(diff, one) for one in diff.grades])


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = ()) -> str:
    """A table of cells that are Markdown already."""
    sides = ["---:" if heading in numbers else "---" for heading in headings]
    return "\n".join("| " + " | ".join(row) + " |" for row in [headings, sides, *rows])


def _list(heading: str, texts: list[str]) -> Iterator[str]:
    if texts:
        yield f"### {heading}"
        yield "\n".join(f"- {plain(text)}" for text in texts)
