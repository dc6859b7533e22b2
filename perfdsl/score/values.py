"""Exact values in the hands of the interpreter."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.quantity import Quantity, of, score
from perfdsl.units import DAY


def interval_text(node: k.Judgement, low: Fraction, high: Fraction) -> str:
    """`0分（含）至 5分（不含）`."""
    edges = [f"{score(v)}（{'含' if closed else '不含'}）" for v, closed in ((low, node.low_closed), (high, node.high_closed))]
    return " 至 ".join(edges)


def quantity(value: Value) -> Quantity:
    """The quantity that the unit check has promised."""
    assert isinstance(value, Quantity), value
    return value


def ordinal(value: Value) -> int:
    assert not isinstance(value, str | Quantity)
    return value.toordinal()


def days_between(a: Value, b: Value) -> Quantity:
    return of(ordinal(a) - ordinal(b), DAY)


def rounded(value: Quantity, node: k.Rounded) -> Quantity:
    shown = node.rounding.apply(value.shown)
    return of(shown, value.unit)


def round_steps(steps: Fraction, rounding: k.StepRounding) -> Fraction:
    match rounding:
        case k.StepRounding.DROP:
            return steps - steps % 1
        case k.StepRounding.SHARE:
            return steps
        case k.StepRounding.FULL:
            return steps + -steps % 1
