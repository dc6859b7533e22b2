"""A curve as SVG text: axes, guides, line, dots.  Equal curves give equal text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from xml.sax.saxutils import escape

from perfdsl.graph.axes import BOTTOM, HEIGHT, LEFT, MANY, RIGHT, TOP, WIDTH, ticks_across, ticks_upward
from perfdsl.graph.line import dots, lines, ranges
from perfdsl.graph.shape import Curve
from perfdsl.graph.sheet import Sheet, px, stroke, text
from perfdsl.quantity import decimal_text
from perfdsl.width import width_of

_COLUMN = Fraction(28, 5)
_STYLE = """
text { font: 11px "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "SimSun", sans-serif; fill: #333 }
.title { font-size: 13px; font-weight: bold; fill: #111 }
.axis { stroke: #333; stroke-width: 1 }
.guide { stroke: #ddd; stroke-width: 1 }
.mark { stroke: #999; stroke-width: 1; stroke-dasharray: 2 3 }
.line { fill: none; stroke: #1f4e79; stroke-width: 1.6; stroke-linejoin: round }
.edge { fill: none; stroke: #1f4e79; stroke-width: 1; stroke-dasharray: 4 3 }
.range { fill: #dbe5f0 }
.in { fill: #1f4e79; stroke: #1f4e79; stroke-width: 1.2 }
.out { fill: #fff; stroke: #1f4e79; stroke-width: 1.2 }
"""


def draw(curve: Curve, title: str, label: str, note: str = "") -> str:
    """The picture, 480 by 280: *title* and *note* above, *label* (what is filled in) under the axis, 得分 beside the other."""
    sheet = Sheet(curve)
    unit = f"（{curve.unit.symbol}）" if curve.unit.symbol else ""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f"<title>{escape(f'{title}（{note}）' if note else title)}</title>",
        f"<desc>{escape(_told(curve))}</desc>", f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        text(LEFT, 15, title, "start", "title"), text(LEFT, 29, _fitting(note), "start"),
        text(LEFT, TOP - 8, "得分（分）", "middle"),
        text((LEFT + RIGHT) // 2, HEIGHT - 8, label + unit, "middle"),
        *_frame(sheet), *ranges(sheet), *lines(sheet), *dots(sheet), "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _fitting(note: str) -> str:
    """The clauses of *note* for which there is room."""
    clauses = note.split("，")
    while width_of("，".join(clauses)) * _COLUMN > RIGHT - LEFT and len(clauses) > 1:
        clauses = [*clauses[:-2], "…"] if clauses[-1] == "…" else [*clauses[:-1], "…"]
    return "，".join(clauses)


def _told(curve: Curve) -> str:
    """The exact scores at the breaks, for those who do not see the picture."""
    scored = [p for p in curve.points if p.low is not None and p.low == p.high]
    return "；".join(f"{decimal_text(p.at)}{curve.unit.symbol} 得 {decimal_text(p.low or Fraction(0))}分" for p in scored)


def _frame(sheet: Sheet) -> Iterator[str]:
    for tick in ticks_upward(sheet.curve, sheet.y):
        if tick.text:
            yield stroke("guide", (px(Fraction(LEFT)), px(tick.pixel)), (px(Fraction(RIGHT)), px(tick.pixel)))
            yield text(LEFT - 7, tick.pixel + 4, tick.text, "end")
    many = len(sheet.curve.points) > MANY
    for tick in (tick for tick in ticks_across(sheet.curve, sheet.x) if tick.text or not many):
        yield stroke("mark", (px(tick.pixel), str(BOTTOM)), (px(tick.pixel), px(_height(sheet, tick.at))))
        yield stroke("axis", (px(tick.pixel), str(BOTTOM)), (px(tick.pixel), str(BOTTOM + 4)))
        if tick.text:
            yield text(tick.pixel, BOTTOM + 16, tick.text, "middle")
        if tick.at == sheet.curve.target:
            yield text(tick.pixel, BOTTOM + 29, "目标", "middle")
    yield stroke("axis", (str(LEFT), str(TOP)), (str(LEFT), str(BOTTOM)))
    floor = px(sheet.y.pixel(Fraction(0)))
    yield stroke("axis", (str(LEFT), floor), (str(RIGHT), floor))


def _height(sheet: Sheet, at: Fraction) -> Fraction:
    """How far up the mark of a value goes: to the highest score there."""
    ends = [y for piece in sheet.curve.pieces for x, _, y in (piece.points[0], piece.points[-1]) if x == at]
    points = [p.high for p in sheet.curve.points if p.at == at and p.high is not None]
    return sheet.y.pixel(max([*ends, *points, Fraction(0)]))
