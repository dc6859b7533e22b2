"""The rules of a composite that names none."""

from __future__ import annotations

from perfdsl.model import kernel as k
from perfdsl.quantity import score
from perfdsl.source import Span


def by_completion(span: Span) -> k.Rule:
    """Full where the target is met, else in proportion; not below 0.  `check` warns of it (W303)."""
    weight, actual, target = (k.Name(name, span) for name in ("分值", "实际值", "目标值"))
    met = k.Case(k.Comparison(k.Comparator.GE, actual, target, span), weight, span)
    share = k.Arithmetic("÷", k.Arithmetic("×", weight, actual, span), target, span)
    choice = k.Choice((met,), share, span)
    floor = k.Extreme("max", (choice, k.Number(score(0), span)), span)
    return k.Rule("", (), None, (), floor, (), span)


def by_target(span: Span) -> k.Rule:
    """For 全部达标: only whether the target is met counts; the actual value and the target must be there."""
    weight, actual, target = (k.Name(name, span) for name in ("分值", "实际值", "目标值"))
    met = k.Case(k.Comparison(k.Comparator.EQ, actual, target, span), weight, span)
    return k.Rule("", (), None, (), k.Choice((met,), weight, span), (), span)
