"""绝对值 as kernel nodes: the greater of a value and its opposite."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.quantity import of
from perfdsl.syntax import tree as t

NAMES = ("绝对值", "abs")
MOST = 4
"""How many may stand in one another: the value is written out twice, so that each level doubles what is inside."""


def absolute(node: t.Call, value: k.Expr, found: list[Diagnostic]) -> k.Expr:
    """The absolute of *value*, which is the argument of *node*; E109 where it stands too deep."""
    levels = _levels(node)
    if levels > MOST:
        found += [_too_many(node)] if levels == MOST + 1 else []
        return value
    negative = k.Arithmetic("−", k.Number(of(0), node.span), value, node.span)
    return k.Extreme("max", (value, negative), node.span)


def _levels(node: t.Expr) -> int:
    """How many stand in one another in *node*, itself included."""
    match node:
        case t.Binary():
            return max(_levels(node.left), _levels(node.right))
        case t.Call():
            inside = max((_levels(argument.value) for argument in node.arguments), default=0)
            return inside + (node.function.text in NAMES)
    return 0


def _too_many(node: t.Call) -> Diagnostic:
    return Diagnostic("E109", f"绝对值里套绝对值，最多 {MOST} 层", node.span, "用「令 名称 = 绝对值（…）」给里面的数取名")
