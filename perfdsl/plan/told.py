"""What is told of a unit behind its scores (预警, 结果应用), as functions of its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from perfdsl.plan.behind import Said
from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import Values, Writer, compiled
from perfdsl.plan.filling import Filler
from perfdsl.plan.plan import Pattern, Plan
from perfdsl.plan.tree import Tree, leaves, mapped
from perfdsl.record import record
from perfdsl.score.scorecard import Status


@record
class Telling:
    """`text` gives what is told, empty where that is nothing; of the values of a unit it reads those at the places `reads`.

    `source` is `text` as Python where that needs nothing but the values, else empty.
    """

    text: Callable[[Values], str]
    reads: tuple[int, ...]
    source: str = ""


class Tellings:
    """Those of a plan, for values in the order of *cells* with all that was worked out behind them; may be asked by several threads."""

    def __init__(self, plan: Plan, binding: Binding, cells: Mapping[Cell, int]) -> None:
        self._plan, self._binding, self._cells = plan, binding, cells
        self._made: dict[tuple[int, Pattern], Telling] = {}

    def of(self, at: int, statuses: Pattern) -> Telling:
        """That of `Plan.told` where the items have these statuses; raises `Unplanned`."""
        key = at, statuses
        if key not in self._made:
            tree = self._plan.said(at, statuses)
            self._made[key] = self._fixed(tree) if all(one.is_fixed for one in leaves(tree)) else self._filled(tree)
        return self._made[key]

    def _fixed(self, tree: Tree[Said]) -> Telling:
        """Of texts in which nothing hangs on the unit."""
        writer = Writer(self._binding, self._cells)
        source = writer.text(tree, lambda one: repr(one.words))
        return Telling(compiled(source), tuple(sorted(writer.used)), source)

    def _filled(self, tree: Tree[Said]) -> Telling:
        writer = Filler(self._binding, self._cells)
        fill = writer.filled(mapped(tree, lambda one: one.text), "")
        return Telling(lambda v: fill(v, None, ()), tuple(sorted(writer.used)))

    def of_scored(self) -> tuple[Telling, ...]:
        """All of them where every item is scored; raises `Unplanned`."""
        return tuple(self.of(at, tuple(Status.SCORED for _ in self._plan.items)) for at in range(len(self._plan.told)))

    def texts(self, statuses: Pattern, v: Values) -> tuple[str, ...]:
        """All that is told of a unit; raises `Unplanned`."""
        return tuple(self.of(at, statuses).text(v) for at in range(len(self._plan.told)))
