"""Numbers, names, sums and conditions of the kernel as a regulation words them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from perfdsl.dates import chinese_date
from perfdsl.model import kernel as k
from perfdsl.model.references import TOTAL_NAMES, split
from perfdsl.model.ruleset import PRIOR
from perfdsl.quantity import Quantity, exact_text, terminates
from perfdsl.score.wording import minus

_NUMBERS = {"≥": "不低于", "≤": "不高于", ">": "高于", "<": "低于", "=": "为", "≠": "不为"}
_DATES = {"≥": "不早于", "≤": "不晚于", ">": "晚于", "<": "早于", "=": "为", "≠": "不为"}
_LOW, _HIGH = (k.Comparator.GE, k.Comparator.GT), (k.Comparator.LE, k.Comparator.LT)
_WEAK = ("+", "−")
_CLOSED = (k.Comparator.GE, k.Comparator.LE)


def plain_number(value: Fraction) -> str:
    """Every digit; of a number without an end the fraction and about what it is."""
    text = minus(exact_text(value))
    return text if terminates(value) else f"{text}（约{minus(exact_text(Fraction(round(value * 10000), 10000)))}）"


def points_number(value: Fraction) -> str:
    return f"{plain_number(value)}分"


def quantity(value: Quantity) -> str:
    """`3亿元`, `80%`, `2个百分点`."""
    return f"{plain_number(value.shown)}{value.unit.symbol}"


def name(text: str) -> str:
    """`税收的得分` for 产出指标/税收.得分, `上年三公经费` for 三公经费.上年."""
    path, field = split(text)
    if field:
        return f"{path.rpartition('/')[2]}的{field}"
    return f"上年{text.removesuffix(PRIOR)}" if text.endswith(PRIOR) and text not in TOTAL_NAMES else text


def formula(node: k.Expr) -> str:
    """`分值 × 实际值 ÷ 目标值`; what is no sum is told in words."""
    match node:
        case k.Number():
            return quantity(node.value)
        case k.Word():
            return f"「{node.text}」"
        case k.Day():
            return chinese_date(node.value)
        case k.Name():
            return name(node.name)
        case k.Arithmetic():
            return _arithmetic(node)
        case k.Extreme():
            return _extreme(node)
        case k.Rounded():
            return f"（{formula(node.value)}四舍五入保留{node.rounding.places}位小数）"
        case k.NotCounted():
            return "不适用"
        case k.Choice() | k.Stepped() | k.Interpolation() | k.Judgement():
            from perfdsl.document.sentences import lines
            from perfdsl.document.steps import Manner

            return f"（{'；'.join(lines(node, Manner(plain=True)))}）"
        case _:
            assert_never(node)


def _extreme(node: k.Extreme) -> str:
    if (size := absolute(node)) is not None:
        return f"{boxed(size)}的绝对值"
    return f"（{'、'.join(map(formula, node.operands))}中的{'较小值' if node.op == 'min' else '较大值'}）"


def absolute(node: k.Extreme) -> k.Expr | None:
    """What the absolute value is taken of, where that is what the greater of a value and its opposite is."""
    first, *rest = node.operands
    other = rest[0] if len(rest) == 1 and node.op == "max" else None
    opposite = isinstance(other, k.Arithmetic) and other.op == "−" and is_zero(other.left) and other.right == first
    return first if opposite else None


def is_zero(node: k.Expr) -> bool:
    return isinstance(node, k.Number) and node.value.amount == 0


def _arithmetic(node: k.Arithmetic) -> str:
    left, right = formula(node.left), formula(node.right)
    if isinstance(node.left, k.Arithmetic) and node.op not in _WEAK and node.left.op in _WEAK:
        left = f"（{left}）"
    if isinstance(node.right, k.Arithmetic) and node.op != "+" and (node.op == "÷" or node.right.op in _WEAK):
        right = f"（{right}）"
    return f"{left} {node.op} {f'（{right}）' if right.startswith('−') else right}"


def whole(node: k.Expr) -> str:
    """The formula where it stands alone."""
    text = formula(node)
    return text[1:-1] if isinstance(node, k.Extreme) and absolute(node) is None else text


def boxed(node: k.Expr) -> str:
    """A sum in marks, so that a sentence can hold it."""
    return f"「{formula(node)}」" if isinstance(node, k.Arithmetic) else formula(node)


def marked(node: k.Expr) -> str:
    """As `boxed`; a name stands in marks too, so that it is not read as a verb's object."""
    return f"「{name(node.name)}」" if isinstance(node, k.Name) and node.name != "分值" else boxed(node)


# ---- conditions


def condition(node: k.Condition, dated: bool = False) -> str:
    """`实际值不低于目标值`; *dated*: the actual value and the target are days."""
    if isinstance(node, k.Comparison):
        return _comparison(node, dated)
    between = _between(node)
    if between is not None:
        return between
    texts = [condition(x, dated) if isinstance(x, k.Comparison) or _between(x) else f"（{condition(x, dated)}）" for x in node.operands]
    if node.op == "非":
        return f"并非{texts[0]}"
    return ("，且" if node.op == "且" else "，或者").join(texts)


def _comparison(node: k.Comparison, dated: bool) -> str:
    words = _DATES if dated or isinstance(node.right, k.Day) else _NUMBERS
    if isinstance(node.right, k.Name | k.Arithmetic | k.Extreme):
        words = {**words, "=": "等于", "≠": "不等于"}
    return f"{boxed(node.left)}{words[node.op.value]}{boxed(node.right)}"


def _between(node: k.Logic) -> str | None:
    """`完成率在60%（含）至80%（不含）之间`, where the two sides enclose one value."""
    sides = [x for x in node.operands if isinstance(x, k.Comparison)]
    if node.op != "且" or len(node.operands) != 2 or len(sides) != 2 or sides[0].left != sides[1].left:
        return None
    low, high = sides if sides[0].op in _LOW else reversed(sides)
    if low.op not in _LOW or high.op not in _HIGH:
        return None
    return f"{boxed(low.left)}在{range_text(boxed(low.right), low.op in _CLOSED, boxed(high.right), high.op in _CLOSED)}之间"


def range_text(low: str, low_closed: bool, high: str, high_closed: bool) -> str:
    """`60%（含）至80%（不含）`."""
    end: Callable[[bool], str] = lambda closed: "（含）" if closed else "（不含）"  # noqa: E731  # one word
    return f"{low}{end(low_closed)}至{high}{end(high_closed)}"
