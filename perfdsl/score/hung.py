"""The deciding expression as written, with the value of each name hung under it."""

from __future__ import annotations

from perfdsl.model import kernel as k
from perfdsl.model.walk import every
from perfdsl.quantity import score
from perfdsl.score.deciding import decided
from perfdsl.score.scorecard import Row
from perfdsl.score.wording import value_text
from perfdsl.width import width_of


def hung(row: Row) -> str:
    """Several lines: the text of the expression, then its values, each under its name; empty where there is none."""
    use = row.indicator.method
    node = decided(row, use.rule if use else None)
    if node is None:
        return ""
    known = {**dict(row.outcome.known), "分值": score(row.indicator.weight)}
    start = node.span.start
    hooks = sorted(
        (width_of(node.span.text[: name.span.start - start]), value_text(known[name.name]))
        for name in every(node)
        if isinstance(name, k.Name) and name.name in known and start <= name.span.start < node.span.end
    )
    return "\n".join([node.span.text, *_lines(hooks)]) if hooks else ""


def _lines(hooks: list[tuple[int, str]]) -> list[str]:
    """From the right: a value goes on the first line on which it fits, under bars that lead to the names."""
    lines: list[list[tuple[int, str]]] = []
    for at, text in reversed(hooks):
        place = next((line for line in lines if line[0][0] > at + width_of(text)), None)
        if place is None:
            lines.append(place := [])
        place.insert(0, (at, text))
    bars = _line([(at, "|") for at in sorted({at for at, _ in hooks})])
    return [bars, *(_line(line) for line in lines)]


def _line(placed: list[tuple[int, str]]) -> str:
    text = ""
    for at, word in placed:
        text += " " * (at - width_of(text)) + word
    return text
