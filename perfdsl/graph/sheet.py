"""What all marks of a picture need: the curve with its scales, pixels as text, the elements of SVG."""

from __future__ import annotations

from fractions import Fraction
from xml.sax.saxutils import escape

from perfdsl.graph.axes import across, upward
from perfdsl.graph.shape import Curve
from perfdsl.quantity import fixed_text

Place = tuple[str, str]
"""Pixels across and down."""


class Sheet:
    """A curve and its two scales."""

    def __init__(self, curve: Curve) -> None:
        self.curve = curve
        self.x, self.y = across(curve), upward(curve)

    def at(self, value: Fraction, points: Fraction) -> Place:
        return px(self.x.pixel(value)), px(self.y.pixel(points))


def px(pixel: Fraction) -> str:
    """A pixel to a hundredth."""
    return fixed_text(pixel, 2).rstrip("0").rstrip(".")


def path(points: list[Place]) -> str:
    """The places as the `points` of a line."""
    return " ".join(f"{x},{y}" for x, y in points)


def stroke(kind: str, start: Place, end: Place) -> str:
    return f'<line class="{kind}" x1="{start[0]}" y1="{start[1]}" x2="{end[0]}" y2="{end[1]}"/>'


def dot(kind: str, at: Place) -> str:
    return f'<circle class="{kind}" cx="{at[0]}" cy="{at[1]}" r="3"/>'


def text(x: Fraction | int, y: Fraction | int, words: str, anchor: str, kind: str = "") -> str:
    """Words that start, end or are centred (`anchor`) at a place."""
    classes = f' class="{kind}"' if kind else ""
    return f'<text{classes} x="{px(Fraction(x))}" y="{px(Fraction(y))}" text-anchor="{anchor}">{escape(words)}</text>'
