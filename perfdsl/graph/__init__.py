"""The score of an indicator drawn against one value that the officer fills in, as SVG text.

    line = curve(ruleset, "产出指标/税收", {})
    picture = draw(line, "税收", "实际值")

Every point is what the interpreter gives for that very value; only pixels are rounded.
"""

from __future__ import annotations

from perfdsl.graph.curves import curve, short_curve
from perfdsl.graph.shape import Curve
from perfdsl.graph.svg import draw

__all__ = ["Curve", "curve", "draw", "short_curve"]
