"""Targets, weights and what is filled in, in the words of a regulation."""

from __future__ import annotations

from typing import assert_never

from perfdsl.dates import chinese_date
from perfdsl.document.formulas import boxed, condition, points_number
from perfdsl.model import kernel as k
from perfdsl.model.effects import Aggregation
from perfdsl.model.ruleset import Bound, Deadline, Expected, Indicator, Kind, Outcome, Part, Target, TargetCase

_BOUNDS = {"≥": "不低于{}", "≤": "不高于{}", ">": "高于{}", "<": "低于{}", "=": "{}", "≠": "不为{}"}


def target(one: Target) -> str:
    """`不低于3亿元`, `2024年12月31日前（含当日）完成`, `「持续正常运转」`."""
    match one:
        case Bound():
            return _BOUNDS[one.op.value].format(boxed(one.value))
        case Deadline():
            return f"{chinese_date(one.day)}前（含当日）"
        case Outcome():
            return f"「{one.words}」"
        case _:
            assert_never(one)


def targets(cases: tuple[TargetCase, ...]) -> str:
    """Every target with the condition under which it holds; empty where there is none."""
    texts = [f"{condition(case.condition)}的，{target(case.target)}" if case.condition is not None
             else f"{'其余，' if len(cases) > 1 else ''}{target(case.target)}" for case in cases]
    return "；".join(texts)


def short_targets(cases: tuple[TargetCase, ...]) -> str:
    """For a cell of a table: `≥ 3亿元`."""
    if len(cases) == 1 and isinstance(only := cases[0].target, Bound) and isinstance(only.value, k.Number):
        return f"{only.op.value} {boxed(only.value)}"
    return targets(cases)


def weight(indicator: Indicator) -> str:
    """`15分`; with conditions `地区为「西部」的8分；其余10分`; an item beside the total has none."""
    if indicator.outside is not None:
        return ""
    cases = [f"{condition(case.condition)}的，{points_number(case.weight)}" for case in indicator.weights]
    last = points_number(indicator.weight)
    return "；".join([*cases, f"其余，{last}"]) if cases else last


def filled_in(expected: Expected) -> str:
    """`数值（万元）`, `日期`, `从「是」、「否」中选填`."""
    match expected.kind:
        case Kind.QUANTITY:
            symbol = expected.unit.symbol if expected.unit else ""
            return f"数值（{symbol}）" if symbol else "数值"
        case Kind.DATE:
            return "日期"
        case Kind.TEXT:
            return "文字"
        case Kind.CHOICE:
            return "从" + "、".join(f"「{option}」" for option in expected.options) + "中选填"
        case _:
            assert_never(expected.kind)


def aggregation(one: Aggregation | None) -> str:
    """How the values of several units make one; empty where nothing is said."""
    if one is None:
        return ""
    if not one.mean:
        return "几个单位汇总的，各单位的数值相加"
    what = "各单位先分别计分，再以得分" if one.scores else "以各单位的数值"
    return f"几个单位汇总的，{what}" + (f"按「{one.by}」加权平均" if one.by else "简单平均")


def part_weight(part: Part, indicator: Indicator) -> str:
    return points_number(part.weight if part.weight is not None else indicator.weight)
