"""Kernel expressions and values in the words and signs of an officer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from perfdsl.data.facts import Value
from perfdsl.dates import chinese_date
from perfdsl.model import kernel as k
from perfdsl.quantity import GUARD, SLOT, Quantity, decimal_text, fixed_text, percent_text
from perfdsl.score.scorecard import Row, is_boundless
from perfdsl.units import PURE

_WEAK = ("+", "−")


def value_text(value: Value) -> str:
    """`3亿元`, `80%`, `「增加」`, `2023年12月31日`, `98.5`."""
    if isinstance(value, str):
        return f"「{value}」"
    if isinstance(value, date):
        return chinese_date(value)
    return str(value)


def compared_text(seen: Iterable[tuple[Value, Value]]) -> str:
    """`85% ＜ 90%；3个 = 3个`: how compared values really stand to each other."""
    return "；".join(f" {_relation(a, b)} ".join(pair_text(a, b)) for a, b in seen)


def _relation(a: Value, b: Value) -> str:
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return "=" if a.amount == b.amount else "＜" if a.amount < b.amount else "＞"
    if isinstance(a, date) and isinstance(b, date):
        return "=" if a == b else "早于" if a < b else "晚于"
    return "=" if a == b else "≠"


def pair_text(a: Value, b: Value) -> tuple[str, str]:
    """Two compared values, in one manner: beside a percentage a bare rate is one too."""
    texts = [value_text(a), value_text(b)]
    for at, (one, other) in enumerate(((a, b), (b, a))):
        if isinstance(one, Quantity) and isinstance(other, Quantity) and one.unit == PURE and other.unit.symbol == "%":
            texts[at] = percent_text(one.amount)
    return texts[0], texts[1]


def points_text(points: Fraction) -> str:
    """Points with two decimals, or with those that they have where they have more; words for an end that there is not."""
    if (own := getattr(points, "shown_in", None)) is not None:  # points that stand for many show themselves
        found: str = own(points_text, 2)
        return found
    if is_boundless(points):
        return "不封顶" if points > 0 else "不托底"
    return minus(fixed_text(points, 2) if (points * 100).denominator == 1 else decimal_text(points, 6))


def signed_text(value: Fraction, places: int = 4) -> str:
    """As `decimal_text`, with the sign for minus."""
    if (own := getattr(value, "shown_in", None)) is not None:
        found: str = own(signed_text, places)
        return found
    return minus(decimal_text(value, places))


def minus(number: str) -> str:
    """A number with the sign for minus in place of a hyphen."""
    return f"−{number[1:]}" if number.startswith("-") else number


def lost_text(row: Row) -> str:
    """`，失 3.00分` where an item of the form lost points; what one outside it adds or takes is its score."""
    lost = row.lost
    return f"，失 {points_text(lost)}分" if lost is not None and lost > 0 and row.indicator.outside is None else ""


def arithmetic(node: k.Expr, known: Mapping[str, Value]) -> str:
    """The expression with every known name replaced by its value: `15 × 2.4亿元 ÷ 3亿元`."""
    match node:
        case k.Number():
            return _number(node.value)
        case k.Word():
            return f"「{node.text}」"
        case k.Day():
            return chinese_date(node.value)
        case k.Name():
            value = known.get(node.name)
            return node.name if value is None else _number(value) if isinstance(value, Quantity) else value_text(value)
        case k.Arithmetic():
            return _operation(node, known)
        case k.Extreme():
            name = "最小" if node.op == "min" else "最大"
            return f"{name}（{'，'.join(arithmetic(x, known) for x in node.operands)}）"
        case k.Rounded():
            return f"四舍五入（{arithmetic(node.value, known)}，{node.rounding.places}）"
        case k.Choice() | k.Stepped() | k.Interpolation() | k.Judgement() | k.NotCounted():
            return node.span.text
        case _:
            assert_never(node)


def _number(value: Quantity) -> str:
    """A quantity inside a sum: points go without their 分."""
    return signed_text(value.shown) if value.unit.kind == "score" else value_text(value)


def _operands(node: k.Arithmetic, known: Mapping[str, Value]) -> tuple[str, str]:
    """Both sides; beside a percentage a bare rate is one too."""
    a, b = (known.get(side.name) if isinstance(side, k.Name) else side.value if isinstance(side, k.Number) else None
            for side in (node.left, node.right))
    left, right = arithmetic(node.left, known), arithmetic(node.right, known)
    if a is None or b is None or node.op == "×":
        return left, right
    shown = pair_text(a, b)
    return shown[0] if shown[0].endswith("%") else left, shown[1] if shown[1].endswith("%") else right


def _operation(node: k.Arithmetic, known: Mapping[str, Value]) -> str:
    left, right = _operands(node, known)
    if isinstance(node.left, k.Arithmetic) and node.op not in _WEAK and node.left.op in _WEAK:
        left = f"（{left}）"
    if isinstance(node.right, k.Arithmetic) and node.op != "+":
        right = f"（{right}）" if node.op == "÷" or node.right.op in _WEAK else right
    return f"{left} {node.op} {_guarded(right)}"


def _guarded(text: str) -> str:
    """In parentheses where it begins with a minus; what begins with a number of each unit will see to it itself."""
    if text.startswith(SLOT[0]):
        return f"{GUARD[0]}{text}{GUARD[1]}"
    return f"（{text}）" if text.startswith(("-", "−")) else text


def condition_text(node: k.Condition, known: Mapping[str, Value]) -> str:
    """The condition with its thresholds replaced by their values: `实际值 ≥ 3亿元`."""
    if isinstance(node, k.Logic):
        return f" {node.op} ".join(condition_text(part, known) for part in node.operands)
    left = node.left.name if isinstance(node.left, k.Name) else arithmetic(node.left, known)
    return f"{left} {node.op} {arithmetic(node.right, known)}"
