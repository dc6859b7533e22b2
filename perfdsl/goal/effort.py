"""How far a change of one value goes: the measure by which combinations are compared."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.goal.cells import Asked
from perfdsl.model.ruleset import Kind

MEASURE = "各项变动幅度之和：数值按变动占现值的比例，现值为 0 或未填的算 100%，日期每 365 天算 100%，换一种选择算 100%"
_WHOLE = Fraction(1)


def effort(asked: Asked, value: Fraction | str) -> Fraction:
    """The change from what stands there now to *value*, as a share of it."""
    now = asked.now
    if value == now:
        return Fraction(0)
    if not isinstance(now, Fraction) or not isinstance(value, Fraction):
        return _WHOLE
    if asked.unknown.expected.kind is Kind.DATE and not asked.chosen:
        return abs(value - now) / 365
    return abs(value - now) / abs(now) if now else _WHOLE
