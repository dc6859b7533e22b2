"""Values for people: a plain number of a region, and a counterexample as a 测试."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Ruleset
from perfdsl.prove.region import inside
from perfdsl.quantity import Quantity, exact_text, terminates
from perfdsl.regions import Region

_BARE = re.compile(r"[^\W\d]\w*")


def plain(region: Region, whole: bool = False) -> Fraction:
    """A number of the region that can be written in full: an end that belongs to it, else the one with the fewest decimals."""
    low, high = region.low, region.high
    if whole or (low is None and high is None):
        return inside(region, whole)
    for end, closed in ((low, region.low_closed), (high, region.high_closed)):
        if end is not None and closed and (low == high or terminates(end)):
            return end
    return next(found for places in range(64) if (found := _of_places(low, high, places)) is not None)


def _of_places(low: Fraction | None, high: Fraction | None, places: int) -> Fraction | None:
    """A number between open ends with so many decimals."""
    scale = 10**places
    found = Fraction(low * scale // 1 + 1, scale) if low is not None else Fraction(-(-(high or 0) * scale // 1) - 1, scale)
    return found if high is None or found < high else None


def as_test(ruleset: Ruleset, title: str, items: Mapping[str, Fact], wanted: str, score: Fraction) -> str:
    """A 测试 that supposes *items* and expects the score that they now give; empty where one of the numbers has no end of decimals."""
    numbers = [score, *(fact.value.shown for fact in items.values() if isinstance(fact.value, Quantity))]
    if not all(map(terminates, numbers)):
        return ""
    called = _short(ruleset)
    supposed = [f"给定 {called(path)} = {value_text(fact.value)}" for path, fact in items.items()]
    return "，".join([f"测试 「{title}」", *supposed, f"期望 {called(wanted)} 得 {_number(score)}分"])


def _short(ruleset: Ruleset) -> Callable[[str], str]:
    """How a ruleset writes a full name: the last part of it where that is enough."""
    last = Counter(path.rpartition("/")[2] for path in {*ruleset.inputs(), *(i.path for i in ruleset.indicators())})

    def called(path: str) -> str:
        name = path.rpartition("/")[2]
        name = name if last[name] == 1 else path
        return name if _BARE.fullmatch(name) else f"「{name}」"

    return called


def value_text(value: object) -> str:
    """A value as a ruleset writes it, every digit of it."""
    if isinstance(value, Quantity):
        return f"{_number(value.shown)}{value.unit.symbol}"
    return f"「{value}」" if isinstance(value, str) else str(value)


def _number(value: Fraction) -> str:
    return exact_text(value).replace("-", "−")
