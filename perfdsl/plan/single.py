"""Units one at a time by the trees of a plan: whole numbers of any size, no library, fast once made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from perfdsl.plan.beside import Beside
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import Function, Values, Writer, reached_text, whole_text
from perfdsl.plan.exact import Exact
from perfdsl.plan.items import Reached
from perfdsl.plan.ordinary import Ordinary, ordinary
from perfdsl.plan.plan import Pattern, Plan, Stage
from perfdsl.plan.sentences import Teller
from perfdsl.plan.shown import is_rounded, shown
from perfdsl.plan.told import Tellings
from perfdsl.plan.tree import leaves
from perfdsl.plan.unit import LOW, SCORE, SPREAD
from perfdsl.plan.unknowns import Points
from perfdsl.plan.whole import Whole
from perfdsl.plan.whole_numbers import half_up
from perfdsl.plan.world import Unplanned
from perfdsl.record import record
from perfdsl.score.groups import OPEN
from perfdsl.score.scorecard import Status

PATIENCE = 40
"""Units with the same statuses that go to the interpreter before a tree is made for them: making it costs about as much."""


@record
class Counted:
    """One unit: of each item how it came to its points and these, in last places (None: none); the whole, and the ends of the total.

    `values` are those of its cells and all that was worked out of them, `statuses` those of items and parts; of an ordinary unit, which is
    scored in one go, there are no statuses, and only the points of items behind the cells.  `ends` are the least and the greatest total
    before they are rounded, where there is none: each a quotient; `faults` are the codes of what rules stumbled over.
    """

    items: tuple[tuple[Reached, int | None], ...]
    whole: Whole
    low: int
    high: int
    values: Values
    statuses: dict[str, Status]
    ends: tuple[tuple[int, int], ...] = ()
    faults: tuple[str, ...] = ()


class Rare(Unplanned):
    """A unit of which the statuses do not come up often enough to be worth a tree."""


class Single:
    """A plan for cells with so many decimals.  `score` may be called by several threads.

    `own` are the places of the points of the items behind the cells, where points are kept to some decimals; `room` is how many stand there.
    A pattern of statuses is laid out when it has come up more than *patience* times; until then it is `Rare`.
    """

    def __init__(self, plan: Plan, places: Mapping[Cell, int], patience: int = 0) -> None:
        frame = plan.frame
        names = [*frame.wanted, *frame.marks]
        self.plan, self.places = plan, dict(places)
        self.cells: dict[Cell, int] = {cell: at for at, cell in enumerate([*((n, False) for n in names), *((n, True) for n in sorted(frame.judged))])}
        self.patience = patience
        self._met: Counter[Pattern] = Counter()
        self._binding = Binding(frame.unknowns, self.places)
        self._places = {(stage.path, stage.part is None): self._places_of(stage) for stage in plan.stages}
        rounded = is_rounded(plan.ruleset.item_rounding)
        self.own = [self._places[path, True][0][0] for path in plan.items] if rounded else []
        self.room = len(frame.unknowns.origins)
        self._teller = Teller(plan, self._binding, self.cells, self._places)
        self.tellings = Tellings(plan, self._binding, self.cells)
        self._exact = Exact(plan, self._binding, self.cells, self._places)
        self._ordinary: Ordinary | None = None
        self._beside: Beside | None = None
        self._functions: dict[object, tuple[Function, list[Any]]] = {}

    def score(self, values: Values) -> Counted:
        """The scores of a unit: *values* are those of `cells`, in their order.  Raises `Unplanned`."""
        found = self.ordinary().counted(values)
        if found is None:
            return self._of_any(values)
        items, whole, total, v = found
        return Counted(items, whole, total, total, v, {})

    def ordinary(self) -> Ordinary:
        """What scores the ordinary unit; raises `Unplanned`."""
        if self._ordinary is None:
            self._ordinary = ordinary(self.plan, self._binding, self.cells, self.own, self.room)
        return self._ordinary

    def extras(self) -> Beside:
        """What stands beside points; raises `Unplanned`."""
        if self._beside is None:
            self._beside = Beside(self.plan, self._binding, self.cells)
        return self._beside

    def numbers(self, values: Values) -> tuple[int, ...] | None:
        """The points of every item, the total and the place of the grade in `grades` (−1: none), in last places; None where the unit is
        not ordinary: an item is open, or does not apply.  Raises `Unplanned`."""
        return self.ordinary().numbers(values)

    def _of_any(self, values: Values) -> Counted:
        items, v, statuses, faults = self._by_stages(values)
        function, kinds = self._whole(tuple(reached.status for reached, _ in items))
        leaf, low, high, *ends = function(v)
        if faults and (kinds[leaf].score is not None or kinds[leaf].faults):
            raise Unplanned("有总分，又有算不出的项：错误照样要报")
        return Counted(items, kinds[leaf], low, high, v, statuses, tuple(ends), faults)

    def _by_stages(self, values: Values) -> tuple[tuple[tuple[Reached, int | None], ...], Values, dict[str, Status], tuple[str, ...]]:
        """What every item comes to, the values with all that was worked out, the statuses of items and parts, what rules stumbled over."""
        v = [*values, *[None] * self.room]
        statuses: dict[str, Status] = {}
        found: dict[str, tuple[Reached, int | None]] = {}
        faulty: list[tuple[str, Reached]] = []
        for stage in self.plan.stages:
            function, kinds = self._stage(stage, tuple([statuses[path] for path in stage.looks_at]))
            leaf, *ends = function(v)
            reached: Reached = kinds[leaf]
            statuses[stage.path] = reached.status
            faulty += [(stage.indicator.path, reached)] if reached.fault else []
            found[stage.path] = reached, self._noted(stage, reached, ends, v)
        items = tuple(found[path] for path in self.plan.items)
        if any(reached.fault and statuses[path] is Status.SCORED for path, reached in faulty):
            raise Unplanned("算不出的项又因否决得分：错误照样要报")
        return items, v, statuses, tuple(reached.fault for _, reached in faulty)

    def beside(self, counted: Counted) -> list[tuple[int | None, bool]]:
        """Of each item how far the actual value is from the target, in hundredths of a percent (None: that has no meaning), and whether a
        reason is due.  Raises `Unplanned`."""
        extras = self.extras()
        if not counted.statuses and not extras.reads <= {*self.own}:
            counted = self._of_any(counted.values[: len(self.cells)])
        v = counted.values
        return [(rate(v) if rate else None, reached.status is Status.SCORED and any(tells(v) for tells in due))
                for (rate, due), (reached, _) in zip(extras.functions, counted.items, strict=True)]

    def told(self, counted: Counted) -> tuple[str, ...]:
        """What is told behind the scores by each of `Plan.told`, empty where that is nothing.  Raises `Unplanned`."""
        v = self._worked_out(counted)[0] if self.plan.told else counted.values
        return self.tellings.texts(tuple(reached.status for reached, _ in counted.items), v)

    def sentences(self, counted: Counted, texts: Mapping[str, str] | None = None) -> list[str]:
        """The paragraphs of 偏差说明, as `score.overview.explanation` gives them where no reasons are given.

        *texts*: the cells as they were written, by full name; of every cell that is given or says 不适用.  Without them values are shown.
        """
        v, statuses = self._worked_out(counted)
        return self._teller.paragraphs(counted.items, v, statuses, texts)

    def points(self, counted: Counted) -> list[Fraction | None]:
        """The points of every item, exact."""
        v, _ = self._worked_out(counted)
        return [self._exact.points(path, points, v) for path, (_, points) in zip(self.plan.items, counted.items, strict=True)]

    def total(self, counted: Counted) -> tuple[Fraction, Fraction]:
        """The least and the most of the total, exact."""
        v: Values = [] if is_rounded(self.plan.ruleset.total_rounding) else self._worked_out(counted)[0]
        return self._exact.total(tuple(reached.status for reached, _ in counted.items), (counted.low, counted.high), v)

    def deviations(self, counted: Counted) -> list[Fraction | None]:
        """实际值 ÷ 目标值 − 1 of every item, exact; None where that has no meaning.  Raises `Unplanned`."""
        v, statuses = self._worked_out(counted)
        return [self._exact.deviation(at, v, statuses) for at, _ in enumerate(self.plan.items)]

    def _worked_out(self, counted: Counted) -> tuple[Values, dict[str, Status]]:
        """The values of a unit with the points of its items among them, and the statuses: none where it is ordinary and rounded."""
        if counted.statuses or self.own:
            return counted.values, counted.statuses
        return self._by_stages(counted.values)[1:3]

    def _noted(self, stage: Stage, reached: Reached, ends: list[Any], v: Values) -> int | None:
        """Put what a stage gives where others read it; its points as they are printed."""
        rounded = is_rounded(stage.rounding)
        places = self._places[stage.path, stage.part is None]
        for at, value in zip(places[2:] if reached.status in OPEN else places[:2], _sides(ends, rounded), strict=False):
            for place, whole in zip(at, (value,) if rounded else value, strict=True):
                v[place] = whole
        if reached.points is None:
            return None
        found: int = ends[0] if rounded else half_up(ends[0][0] * 100, ends[0][1])
        return found

    def _places_of(self, stage: Stage) -> tuple[tuple[int, ...], ...]:
        """Where the score, an unused place, the least and the spread of a stage stand: each one number, or a top and a bottom."""
        rounded = is_rounded(stage.rounding)
        places = shown(stage.rounding).places if rounded else None
        number, offset = self.plan.frame.unknowns.number, len(self.cells)
        return tuple(tuple(offset + number(Points(stage.path, side, places, bottom)) for bottom in ((False,) if rounded else (False, True)))
                     for side in (SCORE, SCORE, LOW, SPREAD))

    def _stage(self, stage: Stage, pattern: Pattern) -> tuple[Function, list[Any]]:
        key = stage.path, stage.part is None, pattern
        if key not in self._functions:
            tree = self.plan.tree(stage, pattern)
            kinds = list(dict.fromkeys(leaves(tree)))
            writer = Writer(self._binding, self.cells)
            self._functions[key] = writer.function(tree, reached_text(writer, stage.rounding, {k: at for at, k in enumerate(kinds)})), kinds
        return self._functions[key]

    def _whole(self, statuses: Pattern) -> tuple[Function, list[Any]]:
        if statuses not in self._functions:
            self._met[statuses] += 1
            if self._met[statuses] <= self.patience and not self.plan.is_laid(statuses):
                raise Rare
            tree = self.plan.whole(statuses)
            kinds = list(dict.fromkeys(leaves(tree)))
            writer = Writer(self._binding, self.cells)
            text = whole_text(writer, shown(self.plan.ruleset.total_rounding), {k: at for at, k in enumerate(kinds)})
            self._functions[statuses] = writer.function(tree, text), kinds
        return self._functions[statuses]


def _sides(ends: list[Any], rounded: bool) -> list[Any]:
    """The score alone, or the least and how far the most is from it."""
    if len(ends) == 1:
        return ends
    low, high = ends
    if rounded:
        return [low, high - low]
    (a, b), (c, d) = low, high
    return [low, (c * b - a * d, b * d)]
