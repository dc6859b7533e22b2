"""Sums of the form in formulas: what the groups reach, as `score.groups` computes it, from the score cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from perfdsl.model.ruleset import Combiner, Group, Indicator, NotApplicable, weight_of, weight_of_children
from perfdsl.record import record
from perfdsl.report.xlsx_piece import Piece, Unsayable, arithmetic, extreme, number
from perfdsl.score.groups import OPEN, dropped, leaves
from perfdsl.score.scorecard import Scorecard
from perfdsl.units import PURE, SCORE

_CELL = re.compile(r"\$([A-Z]+)\$(\d+)")


@record
class Reached:
    """As `score.groups.Reached`, with the points as cells to add up and a formula made of others."""

    cells: tuple[Piece, ...]
    others: tuple[Piece, ...]
    applicable: Fraction
    carried_here: Fraction = Fraction(0)

    @property
    def points(self) -> Piece:
        pieces = [*([summed(self.cells)] if self.cells else []), *self.others]
        made = pieces[0] if pieces else number(Fraction(0))
        for piece in pieces[1:]:
            made = arithmetic("+", made, piece)
        return made


class Groups:
    """The groups of one card; `places` are the cells of weight and score of each item, `instead` what counts for that of an open one."""

    def __init__(self, card: Scorecard, places: Mapping[str, tuple[str, str]], instead: Mapping[str, Piece] | None = None) -> None:
        self.card, self.places, self.instead = card, places, instead or {}
        self.rows = {row.indicator.path: row for row in card.rows}

    @cached_property
    def by_path(self) -> dict[str, Group]:
        return {node.path: node for node in self.card.ruleset.nodes() if isinstance(node, Group)}

    def score(self, indicator: Indicator) -> Piece:
        if indicator.path in self.instead:
            return self.instead[indicator.path]
        row = self.rows[indicator.path]
        return Piece(self.places[indicator.path][1], None if row.score is None else float(row.score), SCORE)

    def total(self) -> Piece:
        """What all of the form reaches."""
        ruleset = self.card.ruleset
        tops = [self.level1(node) for node in ruleset.groups]
        whole = Reached(_every(tops, lambda r: r.cells), _every(tops, lambda r: r.others), sum((t.applicable for t in tops), Fraction(0)))
        if whole.applicable == 0:
            raise Unsayable("没有适用的指标")
        return scaled(whole.points, ruleset.weight, whole.applicable)

    def level1(self, node: Group | Indicator) -> Reached:
        made = self.reached(node)
        if made.carried_here == 0:
            return made
        if made.applicable == 0:
            raise Unsayable("这一类没有适用的指标")
        whole = made.applicable + made.carried_here
        return Reached((), (scaled(made.points, whole, made.applicable),), whole)

    def reached(self, node: Group | Indicator) -> Reached:
        if isinstance(node, Indicator):
            return self._leaf(node)
        under = [self.reached(child) for child in node.children]
        made = _picked(under, node) if node.combiner else _added(under)
        if not node.scale:
            return made
        factor = weight_of(node) / node.scale
        points = scaled(made.points, weight_of(node), node.scale)
        return Reached((), (points,), made.applicable * factor, made.carried_here * factor)

    def _leaf(self, node: Indicator) -> Reached:
        match dropped(self.card.ruleset, self.rows[node.path]):
            case None:
                return Reached((self.score(node),), (), node.weight)
            case NotApplicable.SCALE_GROUP:
                return Reached((), (), Fraction(0), node.weight)
        return Reached((), (), Fraction(0))

    def field(self, path: str, name: str) -> Piece:
        """得分, 得分率 or 分值 of a group, in its own scale."""
        return self._field(self.by_path[path], name)

    def _field(self, node: Group | Indicator, name: str) -> Piece:
        waiting = [self.places[i.path][1] for i in leaves(node) if self.rows[i.path].status in OPEN]
        if waiting and not self.instead:
            return Piece(f"IF({counted(waiting)},{self._reached(node, name).text},NA())", None, PURE if name == "得分率" else SCORE)
        return self._reached(node, name)

    def _reached(self, node: Group | Indicator, name: str) -> Piece:
        made = self.level1(node)
        factor = node.scale / weight_of(node) if isinstance(node, Group) and node.scale and weight_of(node) else Fraction(1)
        weight = number(made.applicable * factor, SCORE)
        points = scaled(made.points, factor.numerator, factor.denominator)
        if name == "得分率" and made.applicable:
            rate = arithmetic("÷", points, weight)
            return Piece(rate.text, rate.value, PURE, rate.level)
        return {"分值": weight, "得分": points}.get(name) or Piece("NA()", None)

    def lowest_rate(self) -> Piece:
        """一级指标最低得分率."""
        nodes = [node for node in self.card.ruleset.groups if self.level1(node).applicable]
        return extreme("min", [self._field(node, "得分率") for node in nodes])


def scaled(points: Piece, over: Fraction | int, under: Fraction | int) -> Piece:
    """points × over ÷ under."""
    if over == under:
        return points
    times = arithmetic("×", points, number(Fraction(over))) if over != 1 else points
    made = arithmetic("÷", times, number(Fraction(under))) if under != 1 else times
    return Piece(made.text, made.value, points.unit, made.level)


def summed(cells: Sequence[Piece]) -> Piece:
    """SUM over cells, neighbours as ranges; one cell is itself."""
    values = [float(c.value) for c in cells if isinstance(c.value, float)]
    value = sum(values) if len(values) == len(cells) else None
    if len(cells) == 1:
        return cells[0]
    return Piece(f"SUM({','.join(ranges([cell.text for cell in cells]))})", value, SCORE)


def counted(cells: Sequence[str]) -> str:
    """Whether all of the cells hold numbers."""
    return f"COUNT({','.join(ranges(cells))})={len(cells)}"


def ranges(cells: Sequence[str]) -> list[str]:
    """`G7 G8 G9 H4` → `G7:G9 H4`; a sheet's name stands before each."""
    sheets = dict.fromkeys(cell.rpartition("!")[0] for cell in cells)
    return [f"{sheet}!{run}" if sheet else run for sheet in sheets for run in _runs([c for c in cells if c.rpartition("!")[0] == sheet])]


def _runs(cells: Sequence[str]) -> list[str]:
    places = sorted({(m[1], int(m[2])) for cell in cells if (m := _CELL.search(cell))})
    runs: list[list[tuple[str, int]]] = []
    for column, row in places:
        if runs and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    return [":".join(f"${column}${row}" for column, row in dict.fromkeys((run[0], run[-1]))) for run in runs]


def _every(reached: Sequence[Reached], part: Callable[[Reached], tuple[Piece, ...]]) -> tuple[Piece, ...]:
    return tuple(piece for one in reached for piece in part(one))


def _added(under: Sequence[Reached]) -> Reached:
    sums = (sum((getattr(r, name) for r in under), Fraction(0)) for name in ("applicable", "carried_here"))
    return Reached(_every(under, lambda r: r.cells), _every(under, lambda r: r.others), *sums)


def _picked(under: Sequence[Reached], group: Group) -> Reached:
    weight = weight_of_children(group)
    counted = [scaled(r.points, weight, r.applicable) for r in under if r.applicable]
    if not counted:
        return _added(under)
    best = extreme("max" if group.combiner is Combiner.BEST else "min", counted)
    return Reached((), (best,), weight)
