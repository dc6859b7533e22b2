"""Reads a picture back: the pixels of its lines as values and points, by the numbers that stand beside its axes."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.record import record

_TEXT = re.compile(r'<text(?: class="\w+")? x="([-\d.]+)" y="([-\d.]+)" text-anchor="(\w+)">([^<]*)</text>')
_POINTS = re.compile(r'<(polyline|polygon) class="(\w+)" points="([^"]*)"')
_DOT = re.compile(r'<circle class="(\w+)" cx="([-\d.]+)" cy="([-\d.]+)"')
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_FLOOR, _BELOW = 226, 242
"""Where the axis stands and where its numbers do, in pixels from the top."""

Point = tuple[Fraction, Fraction]


@record
class Read:
    """What a picture says, in values and points: its lines, ranges and dots; *pixel* is how much one pixel is across and up."""

    lines: tuple[tuple[Point, ...], ...]
    edges: tuple[tuple[Point, ...], ...]
    full: tuple[Point, ...]
    hollow: tuple[Point, ...]
    pixel: Point


def read(svg: str) -> Read:
    """Raises AssertionError where an axis has fewer than two numbers."""
    texts = [(Fraction(x), Fraction(y), anchor, text) for x, y, anchor, text in _TEXT.findall(svg)]
    across = [(x, Fraction(t)) for x, y, a, t in texts if y == _BELOW and a == "middle" and _NUMBER.fullmatch(t)]
    upward = [(y - 4, Fraction(t)) for x, y, a, t in texts if a == "end" and x < 50 and _NUMBER.fullmatch(t)]
    to_value, wide = _axis(across)
    to_points, high = _axis(upward)

    def points(text: str) -> tuple[Point, ...]:
        pairs = (pair.split(",") for pair in text.split())
        return tuple((to_value(Fraction(x)), to_points(Fraction(y))) for x, y in pairs)

    found = [(kind, points(text)) for _, kind, text in _POINTS.findall(svg)]
    dots = [(kind, points(f"{x},{y}")[0]) for kind, x, y in _DOT.findall(svg)]
    return Read(tuple(p for kind, p in found if kind == "line"), tuple(p for kind, p in found if kind == "edge"),
                tuple(p for kind, p in dots if kind == "in"), tuple(p for kind, p in dots if kind == "out"), (wide, high))


def _axis(marks: list[Point]):  # type: ignore[no-untyped-def]
    """The line through the two outermost numbers of an axis, and what one pixel is worth."""
    assert len(marks) > 1, marks
    (first, low), (last, high) = min(marks), max(marks)
    worth = (high - low) / (last - first)
    return (lambda pixel: low + (pixel - first) * worth), abs(worth)
