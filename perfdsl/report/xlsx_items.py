"""The cells and formulas of one unit's items: what each rule reads, and what it gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from fractions import Fraction

from perfdsl.model import kernel as k
from perfdsl.model.references import split
from perfdsl.model.ruleset import PRIOR, Combiner, NotApplicable
from perfdsl.model.walk import names
from perfdsl.report.known import data_values
from perfdsl.report.xlsx_cells import Cells
from perfdsl.report.xlsx_groups import Groups
from perfdsl.report.xlsx_item import Item
from perfdsl.report.xlsx_kernel import NOTHING, Formulas
from perfdsl.report.xlsx_piece import Piece, Unsayable, arithmetic, either, extreme, joined, number
from perfdsl.report.xlsx_piece import compared as compare
from perfdsl.score.scorecard import PartOutcome, Row, Scorecard, Status, VetoStep
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
        self.which = ""
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
        expected = next((datum.expected for datum in self.card.ruleset.data if name in (datum.name, datum.name + PRIOR)), None)
        return self.cells.given("", name, self.values.get(name), expected=expected)

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
        made = score if points is not None else f"IF(ISNUMBER({score}),{score},NA())"
        return Piece(weight, float(row.indicator.weight), SCORE, plain=True), Piece(made, points, SCORE)

    def item(self, row: Row) -> Item:
        path = row.indicator.path
        if path not in self._scored:
            self._scored[path] = Item(self, row, row.indicator, row.outcome, row.fact, self.score_cells(row)[0])
        return self._scored[path]

    def supposing(self, which: str, scores: Mapping[str, Piece]) -> Items:
        """The same cells, with *scores* for the items that are open; *which* names the sums made of them."""
        other = copy(self)
        other.which = which
        other.groups = Groups(self.card, self.places, scores)
        return other

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
        item = Item(self, row, part.part, part.outcome, part.fact, weight)
        met = item.met() if row.indicator.combiner is Combiner.ALL_MET else NOTHING
        points = self.cells.made(part.part.name, "得分", item.points())
        return points, row.indicator.weight if own is None else own, met


def _sum(pieces: list[Piece]) -> Piece:
    made = pieces[0]
    for piece in pieces[1:]:
        made = arithmetic("+", made, piece)
    return made
