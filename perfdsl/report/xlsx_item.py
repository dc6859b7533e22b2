"""The cells and formulas of one indicator or one part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdsl.data.facts import Fact
from perfdsl.model import kernel as k
from perfdsl.model.completion import by_completion, by_target
from perfdsl.model.ruleset import Bound, Combiner, Expected, Indicator, Kind, Part
from perfdsl.quantity import of
from perfdsl.report.xlsx_kernel import NOTHING, Formulas
from perfdsl.report.xlsx_piece import Piece, Unsayable, arithmetic
from perfdsl.report.xlsx_piece import compared as compare
from perfdsl.score.scorecard import Outcome, Row, Status
from perfdsl.units import PURE, SCORE

if TYPE_CHECKING:
    from perfdsl.report.xlsx_items import Items

_CHOSEN = "评定得分"


class Item(Formulas):
    """An indicator or a part of one: the names of its rule, each with its cell."""

    def __init__(self, items: Items, row: Row, one: Indicator | Part, outcome: Outcome, fact: Fact, weight: Piece) -> None:
        name = one.name
        super().__init__(self.name, self._chosen, lambda label, piece: items.cells.made(name, label, piece))
        self.items, self.row, self.owner, self.outcome, self.fact, self.weight = items, row, name, outcome, fact, weight
        self.one = one
        use, indicator = row.indicator.method, row.indicator
        met_only = indicator.combiner is Combiner.ALL_MET
        self.rule = use.rule if use else by_target(indicator.span) if met_only else by_completion(indicator.span)
        self.arguments = dict(use.arguments) if use else {}
        self.before = items.outer(name)
        self._known: dict[str, Piece] = {}

    def points(self) -> Piece:
        return self.expr(self.rule.score)

    def met(self) -> Piece:
        """Whether the target is met."""
        target = self.outcome.target
        op = target.op if isinstance(target, Bound) else k.Comparator.EQ
        if not isinstance(target, Bound) and not isinstance(self.outcome.actual, str):
            op = k.Comparator.LE
        return compare(op, self._of("实际值"), self._of("目标值"))

    def name(self, node: k.Name) -> Piece:
        return self._of(node.name)

    def _of(self, name: str) -> Piece:
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Piece:
        parameter = next((p for p in self.rule.parameters if p.name == name), None)
        let = next((one for one in self.rule.lets if one.name == name), None)
        if let is not None:
            return self.aside(name, self.expr(let.value))
        match name:
            case "分值":
                return self.weight
            case "目标值":
                return self._target()
            case "实际值":
                return self._actual()
            case "完成率":
                made = arithmetic("÷", self._of("实际值"), self._of("目标值"))
                return self.aside("完成率", Piece(made.text, made.value, PURE, made.level))
        if parameter is not None:
            value = self.arguments.get(name, parameter.default)
            assert value is not None  # the resolver reports a parameter that is not given
            return self.before.expr(value)
        return self.items.named(name)

    def _target(self) -> Piece:
        target = self.outcome.target
        if target is None and self.one.targets:
            raise Unsayable("年度指标值要看还没有填的数据")
        if isinstance(target, Bound) and not isinstance(target.value, k.Number):
            return self.aside("目标值", self.before.expr(target.value))
        return self.items.cells.given(self.owner, "目标值", self.outcome.target_value, target.text if target else "")

    def _actual(self) -> Piece:
        derived = self.row.indicator.actual
        if derived is not None and not self.row.parts:
            return self.aside("实际值", self.before.expr(derived))
        if self.rule.actual is not None:
            return self.aside("实际值", self.expr(self.rule.actual))
        return self.items.cells.given(self.owner, "实际值", self.outcome.actual, self.fact.text, self.one.expected)

    def _chosen(self) -> Piece:
        """One cell, however often the rule asks for it; none where nobody is to give points."""
        asked = self.outcome.status is Status.MANUAL or (self.outcome.status is Status.MISSING and self.one.expected.kind is not Kind.QUANTITY)
        if self.fact.chosen is None and not asked:
            return NOTHING
        if _CHOSEN not in self._known:
            chosen = None if self.fact.chosen is None else of(self.fact.chosen, SCORE)
            self._known[_CHOSEN] = self.items.cells.given(self.owner, _CHOSEN, chosen, expected=Expected(Kind.QUANTITY, SCORE))
        return self._known[_CHOSEN]
