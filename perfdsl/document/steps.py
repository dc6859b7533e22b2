"""Steps and adjustments as sentences, and what their words depend on."""

from __future__ import annotations

from typing import assert_never

from perfdsl.document.formulas import absolute, boxed, condition, marked, quantity
from perfdsl.model import kernel as k
from perfdsl.record import record
from perfdsl.units import is_indivisible


@record
class Manner:
    """What the words of a rule depend on beside it.

    `dated`: actual value and target are days; `relative`: a step in % is that share of the target; `plain`: what is
    given is no score but a value (结果应用); `outside`: the item stands beside the total.
    """

    dated: bool = False
    relative: bool = False
    plain: bool = False
    outside: bool = False


def total_words(total: k.StepTotal | k.Adjustment, manner: Manner) -> str:
    """What one clause takes off or adds: `实际值每高于目标值1个百分点，扣2分`."""
    verb = "扣" if total.sign < 0 else "加"
    if isinstance(total, k.Adjustment):
        held = f"{condition(total.condition, manner.dated)}的，" if total.condition else ""
        return f"{held}{verb}{marked(total.points)}"
    steps = total.steps
    size = quantity(steps.size)
    at_most = f"，此项最多{verb}{marked(total.limit)}" if total.limit else ""
    return f"{_counted(steps, manner)}{verb}{marked(total.each)}{_part_step(steps, size)}{at_most}"


def _counted(steps: k.Steps, manner: Manner) -> str:
    """`实际值每高于目标值1个百分点`, `不符合要求每有1例`."""
    size, amount = quantity(steps.size), steps.amount
    if manner.relative and steps.size.unit.kind == "ratio":
        size = f"的{size}"
    match amount:
        case k.Arithmetic(op="−") if _named(amount.right, "目标值"):
            return f"实际值每{'晚于' if manner.dated else '高于'}目标值{size}，"
        case k.Arithmetic(op="−") if _named(amount.left, "目标值"):
            return f"实际值每{'早于' if manner.dated else '低于'}目标值{size}，"
        case k.Extreme() if all(isinstance(x, k.Arithmetic) for x in amount.operands) and absolute(amount) is None:
            return f"实际值与目标值每相差{size}，"
    return f"{boxed(amount)}每达{size}，"


def _named(node: k.Expr, wanted: str) -> bool:
    return isinstance(node, k.Name) and node.name == wanted


def _part_step(steps: k.Steps, size: str) -> str:
    """What a step that is not full counts; nothing where there is none such."""
    whole = steps.size.shown == 1 and is_indivisible(steps.size.unit)
    match steps.rounding:
        case k.StepRounding.SHARE:
            return "" if whole else f"，不足{size}的按比例计算"
        case k.StepRounding.DROP:
            return f"，不足{size}的部分不计"
        case k.StepRounding.FULL:
            return f"，不足{size}的按{size}计算"
        case _:
            assert_never(steps.rounding)
