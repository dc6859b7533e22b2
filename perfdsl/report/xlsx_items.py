"""The cells and formulas of one unit's items: what each rule reads, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.model import kernel as k
from perfdsl.model.completion import by_completion, by_target
from perfdsl.model.references import split
from perfdsl.model.ruleset import Bound, Combiner, NotApplicable
from perfdsl.model.walk import names
from perfdsl.quantity import of
from perfdsl.report.known import data_values
from perfdsl.report.xlsx_cells import Cells
from perfdsl.report.xlsx_groups import Groups
from perfdsl.report.xlsx_kernel import NOTHING, Formulas
from perfdsl.report.xlsx_piece import Piece, Unsayable, arithmetic, either, extreme, joined, number
from perfdsl.report.xlsx_piece import compared as compare
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Scorecard, Status, VetoStep
from perfdsl.units import PURE, SCORE

Places = Mapping[str, tuple[str, str]]
"""Path of an item → the cells of its weight and of its score on the form."""


class Items:
    """The items of one card.  `places` are their cells on the form."""

    def __init__(self, card: Scorecard, cells: Cells, places: Places) -> None:
        self.card, self.cells, self.places = card, cells, places
        self.rows = {row.indicator.path: row for row in card.rows}
        self.values = data_values(card)
        self.groups = Groups(card, places)
        self._shared: dict[str, Piece] = {}
        self._scored: dict[str, Item] = {}

    def outer(self, owner: str, beside: Mapping[str, Callable[[], Piece]] | None = None) -> Formulas:
        """What knows the unit's data, the ruleset's 令, other items, and the names *beside*."""
        own = beside or {}

        def named(node: k.Name) -> Piece:
            return own[node.name]() if node.name in own else self.named(node.name)

        return Formulas(named, lambda: NOTHING, lambda label, piece: self.cells.made(owner, label, piece))

    def named(self, name: str) -> Piece:
        if name not in self._shared:
            path, field = split(name)
            self._shared[name] = self.reference(path, field) if field else self._datum_or_let(name)
        return self._shared[name]

    def _datum_or_let(self, name: str) -> Piece:
        let = next((one for one in self.card.ruleset.lets if one.name == name), None)
        if let is not None:
            return self.cells.made("", name, self.outer(name).expr(let.value))
        return self.cells.given("", name, self.values.get(name))

    def reference(self, path: str, field: str) -> Piece:
        """Another item's or group's 得分, 实际值 …"""
        row = self.rows.get(path)
        if row is None:
            return self.groups.field(path, field)
        weight, score = self.score_cells(row)
        match field:
            case "分值":
                return weight
            case "得分":
                return score
            case "得分率":
                made = arithmetic("÷", score, weight)
                return Piece(made.text, made.value, PURE, made.level)
        return self.item(row).named(k.Name(field, row.indicator.span))

    def score_cells(self, row: Row) -> tuple[Piece, Piece]:
        """The cells of weight and score on the form."""
        weight, score = self.places[row.indicator.path]
        points = None if row.score is None else float(row.score)
        return Piece(weight, float(row.indicator.weight), SCORE, plain=True), Piece(score, points, SCORE)

    def item(self, row: Row) -> Item:
        path = row.indicator.path
        if path not in self._scored:
            self._scored[path] = Item(self, row, row.indicator.name, row.outcome, row.fact, self.score_cells(row)[0])
        return self._scored[path]

    # ---- a row

    def points(self, row: Row) -> Piece:
        """The score of a row before it is rounded.  Raises `Unsayable`."""
        if row.indicator.aggregation is not None and row.indicator.aggregation.scores and row.outcome.steps:
            raise Unsayable("各单位的得分加权平均，单位的数据不在这张表里")
        item = self.item(row)
        made = self._combined(row) if row.parts and row.indicator.combiner else item.points()
        for veto in row.indicator.vetoes:
            held = any(isinstance(step, VetoStep) and step.veto == veto for step in row.outcome.steps)
            made = either(self.settled(item, veto.condition, held, row.indicator.name), number(Fraction(0)), made)
        return made

    def settled(self, item: Formulas, condition: k.Condition, held: bool, owner: str) -> Piece:
        """A condition; where data that it asks for are not at hand, a cell that says whether it took effect."""
        data = {datum.name for datum in self.card.ruleset.data}
        if not names(condition) & data - self.values.keys():
            return item.condition(condition)
        cell = self.cells.given(owner, f"「{condition.span.text}」", "起作用" if held else "不起作用")
        return compare(k.Comparator.EQ, cell, Piece('"起作用"', "起作用", plain=True))

    def _combined(self, row: Row) -> Piece:
        counted = [part for part in row.parts if self._part_counts(row, part)]
        parts = [self._part(row, part) for part in counted]
        points = [piece for piece, _, _ in parts]
        match row.indicator.combiner:
            case Combiner.ALL_MET:
                all_met = joined("且", [met for _, _, met in parts])
                return either(all_met, self.score_cells(row)[0], number(Fraction(0)))
            case Combiner.BEST | Combiner.WORST as which:
                return extreme("max" if which is Combiner.BEST else "min", points)
        whole = _sum(points)
        if row.indicator.combiner is Combiner.MEAN:
            return arithmetic("÷", whole, number(Fraction(len(points))))
        shares = sum((full for _, full, _ in parts), Fraction(0))
        if shares == row.indicator.weight:
            return whole
        return arithmetic("÷", arithmetic("×", whole, self.score_cells(row)[0]), number(shares))

    def _part_counts(self, row: Row, part: PartOutcome) -> bool:
        if part.outcome.status is not Status.NOT_APPLICABLE:
            return True
        policy = row.indicator.not_applicable or self.card.ruleset.not_applicable
        if policy in (NotApplicable.FULL_SCORE, NotApplicable.ZERO_SCORE):
            raise Unsayable("分项不适用，按规定得分")
        return False

    def _part(self, row: Row, part: PartOutcome) -> tuple[Piece, Fraction, Piece]:
        """Points of a part in a cell of its own, its weight, whether its target is met."""
        own = part.part.weight
        weight = self.score_cells(row)[0] if own is None else number(own)
        item = Item(self, row, part.part.name, part.outcome, part.fact, weight)
        met = item.met() if row.indicator.combiner is Combiner.ALL_MET else NOTHING
        points = self.cells.made(part.part.name, "得分", item.points())
        return points, row.indicator.weight if own is None else own, met


class Item(Formulas):
    """An indicator or a part of one: the names of its rule, each with its cell."""

    def __init__(self, items: Items, row: Row, name: str, outcome: Outcome, fact: Fact, weight: Piece) -> None:
        super().__init__(self.name, self._chosen, lambda label, piece: items.cells.made(name, label, piece))
        self.items, self.row, self.owner, self.outcome, self.fact, self.weight = items, row, name, outcome, fact, weight
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
        if isinstance(target, Bound) and not isinstance(target.value, k.Number):
            return self.aside("目标值", self.before.expr(target.value))
        return self.items.cells.given(self.owner, "目标值", self.outcome.target_value, target.text if target else "")

    def _actual(self) -> Piece:
        derived = self.row.indicator.actual
        if derived is not None and not self.row.parts:
            return self.aside("实际值", self.before.expr(derived))
        if self.rule.actual is not None:
            return self.aside("实际值", self.expr(self.rule.actual))
        return self.items.cells.given(self.owner, "实际值", self.outcome.actual, self.fact.text)

    def _chosen(self) -> Piece:
        chosen = self.fact.chosen
        return NOTHING if chosen is None else self.items.cells.given(self.owner, "评定得分", of(chosen, SCORE))


def _sum(pieces: list[Piece]) -> Piece:
    made = pieces[0]
    for piece in pieces[1:]:
        made = arithmetic("+", made, piece)
    return made
