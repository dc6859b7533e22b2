"""The actual value against the target: the rate, the difference, whether it is reached."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model.kernel import Comparator
from perfdsl.model.ruleset import Bound, Target
from perfdsl.quantity import Quantity
from perfdsl.regions import holds
from perfdsl.score.values import days_between


def rate(actual: Value | None, wanted: Value | None) -> Fraction | None:
    """实际值 ÷ 目标值 of two quantities; None where the target is 0."""
    if isinstance(actual, Quantity) and isinstance(wanted, Quantity) and wanted.amount:
        return actual.amount / wanted.amount
    return None


def gap(actual: Value | None, wanted: Value | None) -> Quantity | None:
    """实际值 − 目标值, where both are quantities or both are days."""
    if isinstance(actual, date) and isinstance(wanted, date):
        return days_between(actual, wanted)
    if isinstance(actual, Quantity) and isinstance(wanted, Quantity):
        return Quantity(actual.amount - wanted.amount, wanted.unit)
    return None


def is_met(target: Target | None, actual: Value | None, wanted: Value | None) -> bool | None:
    """Whether the actual value reaches the target; None where one of them is not there."""
    if target is None or actual is None or wanted is None:
        return None
    if isinstance(target, Bound) and isinstance(actual, Quantity) and isinstance(wanted, Quantity):
        return holds(target.op, actual.amount, wanted.amount)
    if isinstance(actual, date) and isinstance(wanted, date):
        op = target.op if isinstance(target, Bound) else Comparator.LE
        return holds(op, actual.toordinal(), wanted.toordinal())
    return actual == wanted
