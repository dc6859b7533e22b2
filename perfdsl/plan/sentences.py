"""The paragraphs of 偏差说明 of one unit, filled into templates: those of `score.overview.explanation`, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from perfdsl.data.facts import Absent, Fact, Facts, Value
from perfdsl.model.ruleset import Kind
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import NA, Values, Writer
from perfdsl.plan.filling import Fill, Filler
from perfdsl.plan.items import Reached, cut_parts
from perfdsl.plan.plan import Pattern, Plan, Stage, is_rounded
from perfdsl.plan.tree import Leaf
from perfdsl.plan.world import Unplanned
from perfdsl.quantity import of
from perfdsl.record import record
from perfdsl.score import scorecard
from perfdsl.score.groups import OPEN
from perfdsl.score.overview import UNEXPLAINED, paragraph
from perfdsl.score.scorecard import Row, Status
from perfdsl.units import PURE

NO_TEXTS: Mapping[str, str] = {}


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
        self._told: dict[object, Told | None] = {}
        self._due: dict[str, tuple[Callable[[Values], bool], ...] | None] = {}
        self._full: dict[int, tuple[Reached, Fraction | int]] = {}

    def paragraphs(self, items: Sequence[tuple[Reached, int | None]], v: Values, statuses: Mapping[str, Status],
                   texts: Mapping[str, str] | None) -> list[str]:
        """Of a unit: its values with all that was worked out, the statuses of what stages look at (none: all are scored)."""
        lost: list[tuple[Any, int]] = []
        waiting: list[int] = []
        rest: list[int] = []
        for at, (reached, points) in enumerate(items):
            if reached.status is Status.SCORED:
                missing = self._lost(self.stages[at], reached, points, v)
                if missing > 0:
                    lost.append((-missing, at))
                elif self._is_due(self.stages[at], v):
                    rest.append(at)
            else:
                (waiting if reached.status in OPEN else rest).append(at)
        lost.sort()
        told = _Unit(self, v, statuses, texts)
        return [told.paragraph(at, items[at][0]) for at in (*(at for _, at in lost), *waiting, *rest)]

    def _lost(self, stage: Stage, reached: Reached, points: int | None, v: Values) -> Any:
        """Points short of the weight, in last places where the ruleset rounds."""
        if not is_rounded(stage.rounding):
            top, bottom = (v[at] for at in self.places[stage.path, True][0])
            return reached.weight - Fraction(top, bottom)
        known = self._full.get(id(reached))
        if known is None:
            full = reached.weight * 10 ** (stage.rounding.places or 0)  # type: ignore[union-attr]  # it rounds
            known = self._full[id(reached)] = reached, full.numerator if full.denominator == 1 else full
        return known[1] - (points or 0)

    def _is_due(self, stage: Stage, v: Values) -> bool:
        """Whether a reason is due of a scored item."""
        if stage.path not in self._due:
            trees = [tree for tree in self.plan.due(stage) if tree != Leaf(False)]
            self._due[stage.path] = tuple(Writer(self.binding, self.cells).function(tree, str) for tree in trees)
        return any(function(v) for function in self._due[stage.path] or ())

    def told(self, stage: Stage, pattern: Pattern, texted: bool) -> Told | None:
        """How to speak of an item; None where its words cannot be laid out."""
        key = stage.path, pattern, texted
        if key not in self._told:
            try:
                self._told[key] = self._made(stage, pattern, texted)
            except Unplanned:
                self._told[key] = None
        return self._told[key]

    def _made(self, stage: Stage, pattern: Pattern, texted: bool) -> Told:
        cut = cut_parts(stage.indicator)
        parts = [Filler(self.binding, self.cells).part(self.plan.part_told(stage, part, texted), self.places[part.path, False][0] if cut else ())
                 for part in stage.indicator.parts]
        return Told(tuple(parts), Filler(self.binding, self.cells).filled(self.plan.because(stage, pattern, texted)))


class _Unit:
    """One unit that is told of."""

    def __init__(self, teller: Teller, v: Values, statuses: Mapping[str, Status], texts: Mapping[str, str] | None) -> None:
        self.teller, self.v, self.statuses, self.texts = teller, v, statuses, texts
        self._rows: tuple[Row, ...] = ()

    def paragraph(self, at: int, reached: Reached) -> str:
        stage = self.teller.stages[at]
        pattern = tuple([self.statuses.get(path, Status.SCORED) for path in stage.looks_at])
        told = self.teller.told(stage, pattern, self.texts is not None)
        if told is None:
            return paragraph(self._interpreted(at))
        texts = self.texts or NO_TEXTS
        parts = [part(self.v, texts, ()) for part in told.parts]
        said = f"{stage.indicator.name}：{told.because(self.v, texts, parts)}"
        return f"{said}{UNEXPLAINED}" if reached.status is Status.SCORED and self.teller._is_due(stage, self.v) else said

    def _interpreted(self, at: int) -> Row:
        """The row by the interpreter."""
        if not self._rows:
            facts = facts_of(self.teller.plan, self.teller.binding, self.teller.cells, self.v, self.texts or NO_TEXTS)
            self._rows = scorecard(self.teller.plan.ruleset, facts).rows
        return self._rows[at]


def facts_of(plan: Plan, binding: Binding, cells: Mapping[Cell, int], values: Values, texts: Mapping[str, str]) -> Facts:
    """The facts of a unit, for the interpreter: its *values* in the order of *cells*."""
    items: dict[str, Fact] = {}
    for (path, chosen), at in cells.items():
        if not chosen:
            judged = cells.get((path, True))
            mark = None if judged is None or values[judged] is None else Fraction(values[judged], 10 ** binding.places.get((path, True), 0))
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
