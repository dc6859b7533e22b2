"""Values that hold in a stretch of days, in the order of these: `至 2024-06-30 止 ≥ 3亿元；自 2024-07-01 起 ≥ 3.3亿元`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from perfdsl.model import kernel as k
from perfdsl.model.references import EVALUATION_DAY
from perfdsl.model.ruleset import TargetCase

NEXT = "；"
_ONE = timedelta(1)
Days = tuple[date, date]
Said = tuple[k.Condition | None, str]
"""When something holds (None: else), and what."""


def targets_text(cases: Sequence[TargetCase]) -> str:
    """Every target as written, each with the days or the condition under which it holds."""
    return by_period([(case.condition, case.target.text) for case in cases])


def by_period(cases: Sequence[Said]) -> str:
    """Every value with the days or the condition under which it holds; where all rest on days alone, the earliest first."""
    known = [_days(condition) if condition else None for condition, _ in cases]
    if len(cases) < 2 or any(days is None for days, (condition, _) in zip(known, cases, strict=True) if condition):
        return NEXT.join(f"{_when(condition)}{text}" for condition, text in cases)
    rest = _rest([days for days in known if days])
    told = [(days or rest, text) for days, (_, text) in zip(known, cases, strict=True)]
    if any(days is None for days, _ in told):
        return NEXT.join(f"{_stretch(days) if days else '其余'} {text}" for days, text in told)
    return NEXT.join(f"{_stretch(days)} {text}" for days, text in sorted(told, key=lambda one: one[0] or (date.min, date.min)) if days)


def _when(condition: k.Condition | None) -> str:
    return f"当 {' '.join(condition.span.text.split())}：" if condition else ""


def _days(condition: k.Condition) -> Days | None:
    """The days that a condition on the day of the evaluation alone lets through."""
    sides = condition.operands if isinstance(condition, k.Logic) and condition.op == "且" else (condition,)
    first, last = date.min, date.max
    for side in sides:
        if not _asks_the_day(side):
            return None
        assert isinstance(side, k.Comparison)  # `_asks_the_day` has looked
        assert isinstance(side.right, k.Day)
        first, last = (side.right.value, last) if side.op is k.Comparator.GE else (first, side.right.value)
    return first, last


def _asks_the_day(side: k.Condition) -> bool:
    return (isinstance(side, k.Comparison) and isinstance(side.left, k.Name) and side.left.name == EVALUATION_DAY
            and isinstance(side.right, k.Day) and side.op in (k.Comparator.GE, k.Comparator.LE))


def _rest(known: Sequence[Days]) -> Days | None:
    """All days that the stretches leave, where they follow one another."""
    left = list(_left(sorted(known)))
    return left[0] if len(left) == 1 else None


def _left(known: Sequence[Days]) -> Iterator[Days]:
    day = date.min
    for first, last in known:
        if first > day:
            yield day, first - _ONE
        if last == date.max:
            return
        day = last + _ONE
    yield day, date.max


def _stretch(days: Days) -> str:
    first, last = days
    if first == date.min:
        return f"至 {last} 止"
    return f"自 {first} 起" if last == date.max else f"自 {first} 至 {last}"
