"""What stands beside the points of an item, as functions of a unit's values: its deviation, and whether a reason is due."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.code import Function, Writer, compiled
from perfdsl.plan.plan import Plan, Stage
from perfdsl.plan.tree import Leaf
from perfdsl.quantity import Rounding
from perfdsl.record import record

RATE = Rounding(4)
"""How a deviation is shown: in percent with two decimals."""


@record
class Texts:
    """The functions of one item as Python: `rate` gives hundredths of a percent or None, one of `due` says whether a reason is due.

    `rate` is empty where nothing deviates; of `due` those that always say no are left out.
    """

    rate: str
    due: tuple[str, ...]


class Beside:
    """The functions of every item of a plan, for values in the order of *cells*; raises `Unplanned`.

    `reads` are the places behind the cells that they look at: points of items.
    """

    def __init__(self, plan: Plan, binding: Binding, cells: Mapping[Cell, int]) -> None:
        self.reads: set[int] = set()
        self._plan, self._binding, self._cells = plan, binding, cells
        stages = {one.path: one for one in plan.stages if one.part is None}
        self.texts = tuple(self._of(stages[path]) for path in plan.items)
        self.functions: tuple[tuple[Function | None, tuple[Function, ...]], ...] = tuple(
            (compiled(one.rate) if one.rate else None, tuple(map(compiled, one.due))) for one in self.texts)

    def _of(self, stage: Stage) -> Texts:
        rate, writer = self._plan.rate(stage), self._writer()
        text = "" if rate == Leaf(None) else writer.text(rate, lambda terms: "None" if terms is None else writer.rounded(terms, RATE))
        self._note(writer)
        return Texts(text, tuple(self._due(tree) for tree in self._plan.due(stage) if tree != Leaf(False)))

    def _due(self, tree: object) -> str:
        writer = self._writer()
        text = writer.text(tree, str)  # type: ignore[arg-type]  # a tree of yes and no
        self._note(writer)
        return text

    def _writer(self) -> Writer:
        return Writer(self._binding, self._cells)

    def _note(self, writer: Writer) -> None:
        self.reads |= {at for at in writer.used if at >= len(self._cells)}
