"""The effective ruleset with the origin of every clause, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perfdsl.model.effective import Effective, Line, Place, laid_out
from perfdsl.source import Span


def with_origins(made: Effective) -> str:
    """The laid-out text; behind each clause, as a comment, where it comes from and what this file changed."""
    lines = [f"{line.text}  # {_origin(line, made.chained)}" for line in made.lines]
    return laid_out([*lines, *_taken(made)])


def _origin(line: Line, chained: bool) -> str:
    said = f"本文件，第{line.place.line}行" if line.own else f"{line.origin}，第{line.place.line}行"
    if line.before:
        return f"{said}，修改；原为：" + "；".join(map(_shown, line.before))
    if line.instead:
        return f"{said}，修改；原文见上一条"
    return f"{said}，新增" if line.own and chained else said


def _shown(place: Place) -> str:
    earlier = "；更早为：" + "；".join(map(_shown, place.before)) if place.before else ""
    return f"{place.text}（{_where(place)}）{earlier}"


def _where(place: Place) -> str:
    return f"{place.origin}，第{place.place.line}行"


def _taken(made: Effective) -> Iterator[str]:
    if made.taken:
        yield ""
        yield "# 删除的："
    for one in made.taken:
        yield f"# {_shown(one.what)}，由{_where(one.by)}删除"


def as_json(made: Effective) -> dict[str, Any]:
    """The whole text, and each clause with its origin."""
    return {
        "text": made.text(),
        "clauses": [_line(line, made.chained) for line in made.lines],
        "removed": [{**_place(one.what), "by": _place(one.by)} for one in made.taken],
    }


def _line(line: Line, chained: bool) -> dict[str, Any]:
    return {
        "text": line.text, "depth": line.depth, "heading": line.heading, "origin": _at(line.origin.name, line.origin.year, line.place),
        "own": line.own, "change": "修改" if line.instead else "新增" if line.own and chained else "",
        "before": [_place(one) for one in line.before],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"text": place.text, "origin": _at(place.origin.name, place.origin.year, place.place),
            "before": [_place(one) for one in place.before]}


def _at(name: str, year: int | None, span: Span) -> dict[str, Any]:
    return {"name": name, "year": year, "file": span.source.name, "line": span.line}
