"""A diff for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.compare.result import Diff, Indicated
from perfdsl.report import diff_lines as lines
from perfdsl.text import hang, legible, wrap


def write(diff: Diff, width: int, ascii_only: bool) -> str:
    """The text; each line is at most *width* columns wide."""
    return "".join(line.rstrip() + "\n" for line in _lines(diff, width, ascii_only))


def _lines(diff: Diff, width: int, ascii_only: bool) -> Iterator[str]:
    for text in (lines.heading(diff), lines.verdict(diff)):
        yield from wrap(legible(text, ascii_only), width)
    for one in diff.indicators:
        yield ""
        yield from _indicator(one, width, ascii_only)
    yield from _section("总体规定", [lines.change(told) for told in diff.whole], width, ascii_only)
    yield from _section("等级不同的总分", [lines.regraded(diff, one) for one in diff.grades], width, ascii_only)


def _indicator(one: Indicated, width: int, ascii_only: bool) -> Iterator[str]:
    yield from wrap(legible(lines.about(one), ascii_only), width)
    for text in lines.changed(one):
        yield from hang("  ", legible(text, ascii_only), width)
    for text in lines.consequences(one):
        yield from hang("    ", legible(text, ascii_only), width)


def _section(heading: str, texts: list[str], width: int, ascii_only: bool) -> Iterator[str]:
    if texts:
        yield from ("", heading)
    for text in texts:
        yield from hang("  ", legible(text, ascii_only), width)
