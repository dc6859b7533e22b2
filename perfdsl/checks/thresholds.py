"""What the conditions of a case list compare: one subject, and thresholds that are multiples of one base."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model import kernel as k

Threshold = tuple[Fraction, k.Expr | None]
"""A multiple of a base: 3亿元 of nothing, 目标值 × 80% of 目标值."""


def threshold(node: k.Expr) -> Threshold:
    """What a subject is compared with, as a multiple of a base."""
    match node:
        case k.Number():
            return node.value.amount, None
        case k.Day():
            return Fraction(node.value.toordinal()), None
        case k.Arithmetic(op="×"):
            (a, base), (b, other) = threshold(node.left), threshold(node.right)
            if base is None or other is None:
                return a * b, base or other
        case k.Arithmetic(op="÷", right=k.Number(value=by)) if by.amount:
            share, base = threshold(node.left)
            return share / by.amount, base
    return Fraction(1), node


def turned(node: k.Condition) -> k.Condition:
    """*node* with what is asked about on the left: of 目标值 × 80% ≤ 实际值 < 目标值, both times 实际值."""
    if isinstance(node, k.Comparison):
        return _flipped(node) if _is_asked(node.right) and not _is_asked(node.left) else node
    parts = [turned(part) for part in node.operands]
    for at, (a, b) in enumerate(zip(parts, parts[1:], strict=False)):
        if isinstance(a, k.Comparison) and isinstance(b, k.Comparison) and a.right is not a.left and a.right == b.left:
            parts[at] = _flipped(a)
    return node if all(a is b for a, b in zip(parts, node.operands, strict=True)) else k.Logic(node.op, tuple(parts), node.span)


def _is_asked(node: k.Expr) -> bool:
    return isinstance(node, k.Name) and node.name in ("实际值", "完成率")


def _flipped(c: k.Comparison) -> k.Comparison:
    return k.Comparison(c.op.flipped, c.right, c.left, c.span)


def comparisons(condition: k.Condition) -> list[k.Comparison]:
    """The comparisons of a condition, in the order of the text."""
    if isinstance(condition, k.Comparison):
        return [condition]
    return [c for part in condition.operands for c in comparisons(part)]


def is_distance(subject: k.Expr) -> bool:
    """Whether *subject* is an absolute value, which 绝对值 makes of max（甲，0 − 甲）, or a max with 0."""
    if not (isinstance(subject, k.Extreme) and subject.op == "max" and len(subject.operands) == 2):
        return False
    first, second = subject.operands
    if _is_zero(first) or _is_zero(second):
        return True
    return isinstance(second, k.Arithmetic) and second.op == "−" and _is_zero(second.left) and second.right == first


def _is_zero(node: k.Expr) -> bool:
    return isinstance(node, k.Number) and node.value.amount == 0
