"""Rules as sentences of a regulation: one a case, a step, a bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from perfdsl.document.formulas import boxed, condition, formula, is_zero, marked, name, quantity, range_text, whole
from perfdsl.document.steps import Manner, total_words
from perfdsl.model import kernel as k

_STRUCTURED = (k.Choice, k.Stepped, k.Interpolation, k.Judgement)


def rule_lines(rule: k.Rule, manner: Manner) -> list[str]:
    """The whole rule: how the actual value is derived, the intermediate values, then the score."""
    derived = [f"实际值 = {whole(rule.actual)}"] if rule.actual else []
    return [*derived, *(f"{name(let.name)} = {whole(let.value)}" for let in rule.lets), *lines(rule.score, manner)]


def lines(node: k.Expr, manner: Manner) -> list[str]:
    """The sentences of what gives a score, without their full stops."""
    match node:
        case k.Choice():
            return list(_choice(node, manner))
        case k.Stepped():
            return [*_start(node.start, manner), *(total_words(total, manner) for total in node.totals)]
        case k.Interpolation():
            return [_interpolation(node, manner)]
        case k.Extreme() if _bounds(node):
            return [*lines(node.operands[0], manner), _bound(node, manner)]
        case _:
            return [given(node, manner)]


def given(node: k.Expr, manner: Manner) -> str:
    """`得满分`, `得5分`, `按「分值 × 完成率」计算得分`, `由评审人在…之间评定`."""
    match node:
        case k.Judgement():
            return _judgement(node)
        case k.NotCounted():
            return "按不适用处理"
        case k.Number():
            return _number(node, manner)
        case k.Name():
            return _named(node, manner)
        case k.Word() | k.Day():
            return f"为{formula(node)}"
        case k.Arithmetic() | k.Extreme() | k.Rounded():
            return f"按「{whole(node)}」{'计算' if manner.plain else '计算得分'}"
        case k.Choice() | k.Stepped() | k.Interpolation():
            return "；".join(lines(node, manner))
        case _:
            assert_never(node)


def _named(node: k.Name, manner: Manner) -> str:
    if manner.plain:
        return f"为「{name(node.name)}」"
    return "得满分" if node.name == "分值" else f"得分按「{name(node.name)}」计"


def _number(node: k.Number, manner: Manner) -> str:
    if manner.plain:
        return f"为{quantity(node.value)}"
    return "不得分" if node.value.amount == 0 else f"得{quantity(node.value)}"


def _judgement(node: k.Judgement) -> str:
    between = range_text(_end(node.low), node.low_closed, _end(node.high), node.high_closed)
    return f"由评审人在{between}之间评定" + ("，并说明理由" if node.reason_due else "")


def _end(node: k.Expr) -> str:
    """`分值的80%` for 80% of the weight, 满分 for all of it."""
    if isinstance(node, k.Name) and node.name == "分值":
        return "满分"
    if isinstance(node, k.Arithmetic) and node.op == "×" and isinstance(node.left, k.Number) and isinstance(node.right, k.Name):
        if node.left.value.amount in (0, 1):
            return "满分" if node.left.value.amount else "0分"
        return f"{name(node.right.name)}的{quantity(node.left.value)}"
    return boxed(node)


# ---- cases


def _choice(node: k.Choice, manner: Manner) -> Iterator[str]:
    """Cases before a rule with steps settle the score; else they only say where it stands."""
    settles = isinstance(node.otherwise, k.Stepped | k.Choice | k.Interpolation)
    for case in node.cases:
        said = given(case.value, manner)
        yield f"{condition(case.condition, manner.dated)}的，{f'直接{said}，不再加减' if settles else said}"
    if settles and node.otherwise is not None:
        yield from lines(node.otherwise, manner)
    elif node.otherwise is not None:
        yield f"其余情形，{given(node.otherwise, manner)}"


# ---- steps


def _start(node: k.Expr, manner: Manner) -> list[str]:
    if isinstance(node, _STRUCTURED):
        return [*lines(node, manner), "在上述结果的基础上，按下列规定加减"]
    if is_zero(node):
        return ["从0起，符合下列规定的累计加减"]
    from_full = isinstance(node, k.Name) and node.name == "分值"
    return ["从满分起，按下列规定加减"] if from_full else [f"从{marked(node)}起，按下列规定加减"]


# ---- lines and bounds


def _interpolation(node: k.Interpolation, manner: Manner) -> str:
    anchors = "，".join(f"{boxed(at)}{given(points, manner)}" for at, points in node.anchors)
    return f"{boxed(node.at)}在下列各点之间的，按直线插值：{anchors}；在两端以外的，按最近一点计"


def _bounds(node: k.Extreme) -> bool:
    """Whether the node bounds what stands before it, and is no function in a sum."""
    first = node.operands[0]
    return len(node.operands) == 2 and (isinstance(first, _STRUCTURED) or (isinstance(first, k.Extreme) and _bounds(first)))


def _bound(node: k.Extreme, manner: Manner) -> str:
    bound = node.operands[1]
    if manner.outside and node.op == "min":
        return f"本项最多加{marked(bound)}"
    if manner.outside and isinstance(bound, k.Arithmetic) and bound.op == "−" and is_zero(bound.left):
        return f"本项最多扣{marked(bound.right)}"
    least = "最低" if node.op == "max" else "最高"
    full = isinstance(bound, k.Name) and bound.name == "分值"
    return f"{least}{'' if manner.plain else '得'}{'满分' if full else marked(bound)}"
