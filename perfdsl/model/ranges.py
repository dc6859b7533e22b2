"""Between what an expression surely lies, told from its form alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import assert_never

from perfdsl.model import kernel as k

End = Fraction | None
Range = tuple[End, End]
"""The least and the greatest that an expression can give; None where its form sets no such limit."""

_OPEN: Range = (None, None)


def span_of(node: k.Expr, names: Mapping[str, Range]) -> Range:
    """The range of *node*, where those of some names are known."""
    match node:
        case k.Number():
            return node.value.amount, node.value.amount
        case k.Name():
            return names.get(node.name, _OPEN)
        case k.Arithmetic():
            return _arithmetic(node.op, span_of(node.left, names), span_of(node.right, names))
        case k.Choice():
            return _hull([span_of(x, names) for x in (*(c.value for c in node.cases), *((node.otherwise,) if node.otherwise else ()))
                          if not isinstance(x, k.NotCounted)])
        case k.Extreme():
            return _extreme(node.op, [span_of(x, names) for x in node.operands])
        case k.Stepped():
            return _sum([span_of(node.start, names), *(_added(total, names) for total in node.totals)])
        case k.Interpolation():
            return _hull([span_of(given, names) for _, given in node.anchors])
        case k.Judgement():
            return span_of(node.low, names)[0], span_of(node.high, names)[1]
        case k.Word() | k.Day() | k.Rounded() | k.NotCounted():
            return _OPEN
        case _:
            assert_never(node)


def _both(a: End, b: End, put: Callable[[Fraction, Fraction], Fraction]) -> End:
    return None if a is None or b is None else put(a, b)


def _sum(ranges: list[Range]) -> Range:
    low, high = ranges[0]
    for one in ranges[1:]:
        low, high = _both(low, one[0], Fraction.__add__), _both(high, one[1], Fraction.__add__)
    return low, high


def _arithmetic(op: str, a: Range, b: Range) -> Range:
    match op:
        case "+":
            return _sum([a, b])
        case "−":
            return _both(a[0], b[1], Fraction.__sub__), _both(a[1], b[0], Fraction.__sub__)
        case "×":
            return _product(a, b)
    return _product(a, (1 / b[0], 1 / b[0])) if b[0] is not None and b[0] == b[1] and b[0] else _OPEN


def _product(a: Range, b: Range) -> Range:
    """The product where all four ends are known."""
    ends = [x * y for x in a for y in b if x is not None and y is not None]
    return (min(ends), max(ends)) if len(ends) == 4 else _OPEN


def _hull(ranges: list[Range]) -> Range:
    lows, highs = [low for low, _ in ranges if low is not None], [high for _, high in ranges if high is not None]
    return (min(lows) if len(lows) == len(ranges) > 0 else None), (max(highs) if len(highs) == len(ranges) > 0 else None)


def _extreme(op: str, ranges: list[Range]) -> Range:
    """The least of several is below each of them; it is above what all are above."""
    low, high = _hull(ranges)
    if op == "min":
        return low, min((end for _, end in ranges if end is not None), default=None)
    return max((end for end, _ in ranges if end is not None), default=None), high


def _added(total: k.StepTotal | k.Adjustment, names: Mapping[str, Range]) -> Range:
    """What one clause adds, where it is written as no less than nothing."""
    if isinstance(total, k.Adjustment):
        low, high = span_of(total.points, names)
    else:
        low = span_of(total.each, names)[0]
        high = span_of(total.limit, names)[1] if total.limit else None
    if low is None or low < 0:
        return _OPEN
    zero = Fraction(0)
    return (zero, high) if total.sign > 0 else (None if high is None else -high, zero)
