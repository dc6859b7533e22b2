"""The types of expressions: what is compared, added and given as points is of one kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from perfdsl.checks.kinds import Type, shown
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.walk import names
from perfdsl.source import Span
from perfdsl.units import SCORE, Dimension, times

Found = dict[tuple[str, Span | None], Diagnostic]


class Typing:
    """The types of expressions in one scope.  Faults in a library method are told where it is used."""

    def __init__(self, scope: Mapping[str, Type], found: Found, use: Span | None = None) -> None:
        self.scope = scope
        self.found = found
        self.use = use

    def points(self, node: k.Expr, wanted: Dimension = SCORE.dimension) -> None:
        """*node* must be points (or of the dimension that is *wanted*), in each of its branches."""
        match node:
            case k.Choice():
                for case in node.cases:
                    self.condition(case.condition)
                    self.points(case.value, wanted)
                if node.otherwise is not None:
                    self.points(node.otherwise, wanted)
            case k.Stepped():
                self._stepped(node, wanted)
            case k.Extreme():
                for operand in node.operands:
                    self.points(operand, wanted)
            case _:
                kind = self.of(node)
                if kind not in (None, wanted) and wanted != SCORE.dimension:
                    self._fault("E104", f"这里要的是{shown(wanted)}，「{node.span.text}」是{shown(kind)}", node.span, "换成同一种单位")
                elif kind not in (None, wanted):
                    self._fault("E104", f"得分要用分，这里的「{node.span.text}」是{shown(kind)}", node.span,
                                f"写成「分值 × {node.span.text}」，或一个分数，如 5分")

    def of(self, node: k.Expr) -> Type:
        match node:
            case k.Number():
                return None if node.value.amount == 0 and not node.value.unit.symbol else node.value.unit.dimension
            case k.Word():
                return "text"
            case k.Day():
                return "date"
            case k.Name():
                return self._name(node)
            case k.Arithmetic():
                return self._arithmetic(node)
            case k.Choice():
                return self._choice(node)
            case k.Extreme():
                return self._same(self._numbers(node.operands), node.operands, node.span, "比大小")
            case k.Stepped():
                return self._stepped(node)
            case k.Interpolation():
                self._same([self.of(node.at), *(self.of(a) for a, _ in node.anchors)], [], node.span, "插值")
                return self._same([self.of(b) for _, b in node.anchors], [], node.span, "插值")
            case k.Rounded():
                return self._numbers((node.value,))[0]
            case k.Judgement():
                self.points(node.low)
                self.points(node.high)
                return SCORE.dimension
            case k.NotCounted():
                return None
            case _:
                assert_never(node)

    def _numbers(self, nodes: tuple[k.Expr, ...]) -> list[Type]:
        """The types of *nodes*, all of which must be numbers."""
        kinds = [self.of(node) for node in nodes]
        self._numbers_only(kinds, nodes)
        return kinds

    def _numbers_only(self, kinds: list[Type], nodes: tuple[k.Expr, ...]) -> None:
        """E105 for each of the *nodes* whose type is no number's.  The types are given: what asks again at every level doubles with each."""
        for kind, node in zip(kinds, nodes, strict=True):
            if isinstance(kind, str):
                self._fault("E105", f"「{node.span.text}」是{shown(kind)}，这里要用数", node.span, "换成一个数，或一项数据")

    def _name(self, node: k.Name) -> Type:
        try:
            return self.scope[node.name]
        except KeyError:
            return None

    def _arithmetic(self, node: k.Arithmetic) -> Type:
        left, right = self.of(node.left), self.of(node.right)
        if node.op in "+−":
            if left == right == "date" and node.op == "−":
                return (("day", 1),)
            self._numbers_only([left, right], (node.left, node.right))
            return self._same([left, right], [node.left, node.right], node.span, "相加减")
        for kind, side in ((left, node.left), (right, node.right)):
            if isinstance(kind, str):
                self._fault("E105", f"「{side.span.text}」是{shown(kind)}，不能乘除", side.span, "这里要用一个数")
                return None
        if left is None or right is None or isinstance(left, str) or isinstance(right, str):
            return None
        return times(left, right, 1 if node.op == "×" else -1)

    def condition(self, node: k.Condition) -> None:
        if isinstance(node, k.Logic):
            for part in node.operands:
                self.condition(part)
            return
        kinds = [self.of(node.left), self.of(node.right)]
        kind = self._same(kinds, [node.left, node.right], node.span, "比较")
        if kind == "text" and node.op not in (k.Comparator.EQ, k.Comparator.NE):
            self._fault("E105", f"「{node.span.text}」比较的是文字，文字没有大小", node.span, "文字只能用 = 或 ≠ 比较")

    def _choice(self, node: k.Choice) -> Type:
        for case in node.cases:
            self.condition(case.condition)
        values = [case.value for case in node.cases] + ([node.otherwise] if node.otherwise else [])
        return self._same([self.of(v) for v in values], values, node.span, "并列")

    def _stepped(self, node: k.Stepped, wanted: Dimension = SCORE.dimension) -> Type:
        for total in node.totals:
            if isinstance(total, k.Adjustment):
                self._adjustment(total, wanted)
                continue
            amount, size = self.of(total.steps.amount), total.steps.size.unit
            if isinstance(amount, str) or (size.kind == "ratio" and amount and "目标值" not in names(total.steps.amount)):
                self._fault("E104", f"「{total.span.text}」数的是{shown(amount)}，一步不能是 {total.steps.size}", total.span,
                            "让每步的单位与数的东西一致")
            elif size.kind != "ratio" and amount is not None and amount != size.dimension:
                self._fault("E104", f"「{total.span.text}」每步是 {total.steps.size}，而数的是{shown(amount)}", total.span,
                            "让每步的单位与实际值的单位一致")
            self.points(total.each, wanted)
            if total.limit:
                self.points(total.limit, wanted)
        self.points(node.start, wanted)
        return wanted

    def _adjustment(self, node: k.Adjustment, wanted: Dimension) -> None:
        if node.condition is not None:
            self.condition(node.condition)
        self.points(node.points, wanted)

    def _same(self, kinds: list[Type], nodes: list[k.Expr] | tuple[k.Expr, ...], span: Span, what: str) -> Type:
        """The one type of all; E104 where two differ."""
        known = [(kind, at) for at, kind in enumerate(kinds) if kind is not None]
        for kind, at in known[1:]:
            if kind != known[0][0]:
                first, second = known[0][1], at
                sides = "，".join(f"「{_named(nodes[i])}」是{shown(kinds[i])}" for i in (first, second)) if nodes else ""
                self._fault("E104", f"不能{what}：{sides or span.text}", span, "换成同一种单位")
                return None
        return known[0][0] if known else None

    def _fault(self, code: str, message: str, span: Span, hint: str) -> None:
        place, notes = (self.use, (Note("规则在这里", span),)) if self.use else (span, ())
        key = (code, place) if self.use else (code + message, place)
        self.found.setdefault(key, Diagnostic(code, message, place, hint, notes))


def _named(node: k.Expr) -> str:
    """An expression as it is written; a name that the text leaves unsaid (a band compares 实际值) by itself."""
    return node.name if isinstance(node, k.Name) and node.name not in node.span.text else node.span.text
