"""Where things stand on the picture, and which values are written beside the axes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from perfdsl.graph.shape import Curve
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.width import width_of

WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 50, 462, 54, 226
MANY = 16
"""Of more breaks than these only some are marked."""

_COLUMN = 6
_ROW = 13


@record
class Tick:
    """A marked value, where it stands, and its text (empty where there is no room for one)."""

    at: Fraction
    pixel: Fraction
    text: str


@record
class Scale:
    """Values from *low* to *high* laid out between two pixels."""

    low: Fraction
    high: Fraction
    first: int
    last: int

    def pixel(self, value: Fraction) -> Fraction:
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)


def across(curve: Curve) -> Scale:
    """The scale of the value filled in."""
    return Scale(curve.low, curve.high, LEFT, RIGHT)


def upward(curve: Curve) -> Scale:
    """The scale of the score: from 0, or the least score, to a little above the weight, or the greatest one."""
    scores = [y for piece in curve.pieces for _, low, high in piece.points for y in (low, high)]
    top, bottom = max([*scores, curve.weight]), min([*scores, Fraction(0)])
    return Scale(bottom, top + (top - bottom) / 16, BOTTOM, TOP)


def ticks_across(curve: Curve, scale: Scale) -> list[Tick]:
    """Every break; the target and the outermost first get their text, then those between that have room."""
    marks = [p.at for p in curve.points if curve.low <= p.at <= curve.high]
    target = [] if curve.target is None else [curve.target]
    first = [*target, *marks[:1], *marks[-1:], *([Fraction(0)] if curve.low <= 0 <= curve.high else [])]
    room = 30 if len(marks) > MANY else 6
    return _ticks([*first, *marks], scale, lambda text: width_of(text) * _COLUMN + room)


def ticks_upward(curve: Curve, scale: Scale) -> list[Tick]:
    """0, the weight and the scores at the breaks; parts of the weight where these are all, or too many."""
    marks = [y for p in curve.points for y in (p.low, p.high) if y is not None and scale.low <= y <= scale.high]
    ends = [Fraction(0), curve.weight]
    parts = 4 if len(curve.points) > MANY else 2 if {*ends, *marks} == {*ends} else 0
    between = [curve.weight * i / parts for i in range(1, parts)] if parts else marks
    return _ticks([*ends, *between], scale, lambda _: _ROW)


def _ticks(values: Iterable[Fraction], scale: Scale, room: Callable[[str], int]) -> list[Tick]:
    """One tick a value, in the order of the values; those that come first take the room for their text."""
    taken: list[tuple[Fraction, Fraction]] = []
    found: list[Tick] = []
    for value in dict.fromkeys(values):
        at, text = scale.pixel(value), decimal_text(value, 2)
        half = Fraction(room(text), 2)
        free = all(at + half <= low or high <= at - half for low, high in taken)
        if free:
            taken.append((at - half, at + half))
        found.append(Tick(value, at, text if free else ""))
    return sorted(found, key=lambda tick: tick.at)
