"""The paragraphs of 偏差说明 of one unit, filled into templates: those of `score.overview.explanation`, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from perfdsl.data.facts import Absent, Fact, Facts, Value
from perfdsl.model.ruleset import Kind, Part
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import Values, Writer
from perfdsl.plan.filling import Fill, Filler
from perfdsl.plan.items import Reached, cut_parts
from perfdsl.plan.ordinary import settled
from perfdsl.plan.plan import Plan, Stage
from perfdsl.plan.shown import is_rounded, shown
from perfdsl.plan.telling import PartTold
from perfdsl.plan.tree import Leaf, Tree, pruned
from perfdsl.plan.whole_numbers import NA
from perfdsl.plan.world import Unplanned
from perfdsl.quantity import of
from perfdsl.record import record
from perfdsl.score import scorecard
from perfdsl.score.groups import OPEN
from perfdsl.score.overview import UNEXPLAINED, paragraph
from perfdsl.score.scorecard import Row, Status
from perfdsl.units import PURE

Items = Sequence[tuple[Reached, int | None]]
Texts = Mapping[str, str]
T = TypeVar("T")
Due = Callable[[Values], bool]


@record
class Told:
    """An item whose words are laid out: what is said of its parts, and of itself."""

    parts: tuple[Fill, ...]
    because: Fill


class Teller:
    """What is said of the units of a plan with cells of so many places; may be asked by several threads.

    `places` tell where the points of every stage stand among the values of a unit.
    """

    def __init__(self, plan: Plan, binding: Binding, cells: Mapping[Cell, int], places: Mapping[tuple[str, bool], tuple[tuple[int, ...], ...]]) -> None:
        self.plan, self.binding, self.cells, self.places = plan, binding, cells, places
        self.stages = [next(one for one in plan.stages if one.path == path and one.part is None) for path in plan.items]
        self.rounded = is_rounded(plan.ruleset.item_rounding)
        self._told: dict[object, Told | None] = {}
        self._dues: dict[bool, list[tuple[int, Due]]] = {}
        fixed = self.rounded and not any(stage.indicator.weights for stage in self.stages)
        self._fulls = [self._in_places(stage.indicator.weight) for stage in self.stages] if fixed else None

    def paragraphs(self, items: Items, v: Values, statuses: Mapping[str, Status], texts: Texts | None) -> list[str]:
        """Of a unit: its values with all that was worked out, the statuses of what stages look at (none: the unit is ordinary)."""
        due = self._reasons_due(items, v, bool(statuses))
        rows: list[Row] = []
        said = []
        for at in self._chosen(items, v, due) if statuses or self._fulls is None else _of_ordinary(items, self._fulls, due):
            told = self._of(at, statuses, texts is not None)
            if told is None:
                rows = rows or self._interpreted(v, texts or {})
                said.append(paragraph(rows[at]))
            else:
                parts = [part(v, texts, ()) for part in told.parts] if told.parts else ()
                text = told.because(v, texts, parts)
                said.append(text + UNEXPLAINED if at in due else text)
        return said

    def _reasons_due(self, items: Items, v: Values, special: bool) -> set[int]:
        """The numbers of the items of which a reason is due; *special*: not all are scored."""
        if special not in self._dues:
            self._dues[special] = [(at, ask) for at, stage in enumerate(self.stages) for ask in self._due(stage, special)]
        return {at for at, ask in self._dues[special] if items[at][0].status is Status.SCORED and ask(v)}

    def _chosen(self, items: Items, v: Values, due: set[int]) -> list[int]:
        """The numbers of the items that are told of, in the order of `explanation`."""
        lost: list[tuple[Any, int]] = []
        waiting: list[int] = []
        rest: list[int] = []
        for at, (reached, points) in enumerate(items):
            if reached.status is Status.SCORED:
                full = self._fulls[at] if self._fulls else self._in_places(reached.weight)
                short = (points or 0) - full if self.rounded else self._exact(at, v) - reached.weight
                if short < 0:
                    lost.append((short, at))
                elif at in due:
                    rest.append(at)
            elif reached.status in OPEN:
                waiting.append(at)
            else:
                rest.append(at)
        lost.sort()
        return [*[at for _, at in lost], *waiting, *rest]

    def _exact(self, at: int, v: Values) -> Fraction:
        """The points of an item that is not rounded."""
        return Fraction(*(v[one] for one in self.places[self.stages[at].path, True][0]))

    def _in_places(self, weight: Fraction) -> Fraction | int:
        full: Fraction = weight * 10 ** (shown(self.plan.ruleset.item_rounding).places or 0)
        return full.numerator if full.denominator == 1 else full

    # ---- what is made once

    def _due(self, stage: Stage, special: bool) -> tuple[Due, ...]:
        """Of which one tells that a reason is due of a scored item."""
        trees = [self._cut(tree, special) for tree in self.plan.due(stage) if tree != Leaf(False)]
        return tuple(Writer(self.binding, self.cells).function(tree, str) for tree in trees)

    def _of(self, at: int, statuses: Mapping[str, Status], texted: bool) -> Told | None:
        """How to speak of an item; None where its words cannot be laid out."""
        stage = self.stages[at]
        key = (at, texted) if not statuses else (at, texted, True, *[statuses[path] for path in stage.looks_at])
        try:
            return self._told[key]
        except KeyError:
            self._told[key] = self._laid(stage, statuses, texted)
        return self._told[key]

    def _laid(self, stage: Stage, statuses: Mapping[str, Status], texted: bool) -> Told | None:
        try:
            return self._made(stage, statuses, texted)
        except Unplanned:
            return None

    def _made(self, stage: Stage, statuses: Mapping[str, Status], texted: bool) -> Told:
        special, plan = bool(statuses), self.plan
        pattern = tuple(statuses.get(path, Status.SCORED) for path in stage.looks_at)
        because = self._cut(plan.because(stage, pattern, texted), special)
        parts = tuple(self._part(stage, part, self._cut(plan.part_told(stage, part, texted), special)) for part in stage.indicator.parts)
        return Told(parts, Filler(self.binding, self.cells).filled(because, f"{stage.indicator.name}："))

    def _part(self, stage: Stage, part: Part, tree: Tree[PartTold]) -> Fill:
        places = self.places[part.path, False][0] if cut_parts(stage.indicator) else ()
        return Filler(self.binding, self.cells).part(tree, places)

    def _cut(self, tree: Tree[T], special: bool) -> Tree[T]:
        """Without the tests that every ordinary unit answers alike."""
        return tree if special else pruned(tree, lambda test: settled(self.plan, test))

    def _interpreted(self, v: Values, texts: Texts) -> list[Row]:
        """All rows, by the interpreter."""
        return list(scorecard(self.plan.ruleset, facts_of(self.plan, self.binding, self.cells, v, texts)).rows)


def _of_ordinary(items: Items, fulls: Sequence[Fraction | int], due: set[int]) -> list[int]:
    """As `Teller._chosen`, of a unit whose items are all scored, with these full points."""
    lost = [(points - full, at) for at, ((_, points), full) in enumerate(zip(items, fulls, strict=True)) if points < full]  # type: ignore[operator]
    lost.sort()
    told = [at for _, at in lost]
    return [*told, *sorted(due.difference(told))] if due else told


def facts_of(plan: Plan, binding: Binding, cells: Mapping[Cell, int], values: Values, texts: Texts) -> Facts:
    """The facts of a unit, for the interpreter: its *values* in the order of *cells*."""
    items: dict[str, Fact] = {}
    for (path, chosen), at in cells.items():
        if not chosen:
            judged = cells.get((path, True))
            given = None if judged is None or values[judged] is NA else values[judged]
            mark = None if given is None else Fraction(given, 10 ** binding.places.get((path, True), 0))
            items[path] = Fact(_value(plan, binding, path, values[at]), texts.get(path, ""), chosen=mark)
    return Facts("", plan.ruleset.year, items)


def _value(plan: Plan, binding: Binding, path: str, held: Any) -> Value | Absent:
    expected = plan.frame.wanted.get(path)
    if held is None or held is NA or expected is None:
        return Absent.NOT_APPLICABLE if held is NA else Absent.EMPTY
    match expected.kind:
        case Kind.QUANTITY:
            return of(Fraction(held, 10 ** binding.places.get((path, False), 0)), expected.unit or PURE)
        case Kind.DATE:
            return date.fromordinal(held)
    return str(held)
