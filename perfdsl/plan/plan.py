"""A ruleset laid out for units by the million: which trees there are, in which order, and what each looks at."""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import TypeVar

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.kernel import Judgement
from perfdsl.model.needs import in_order
from perfdsl.model.ruleset import Indicator, Part, Ruleset
from perfdsl.model.walk import every
from perfdsl.plan.behind import Said, said_tree, told_of
from perfdsl.plan.items import Frame, Reached, cut_parts, due_tree, part_due_tree, part_tree, rate_tree, score_tree
from perfdsl.plan.quotients import Terms
from perfdsl.plan.telling import PartTold, because_tree, told_tree
from perfdsl.plan.templates import Template
from perfdsl.plan.tree import Leaf, Tree, leaves, mapped, merged
from perfdsl.plan.unit import Known
from perfdsl.plan.unknowns import Origin
from perfdsl.plan.whole import Whole, whole_tree
from perfdsl.plan.world import Unplanned
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.resources import recalled, remember
from perfdsl.score.scorecard import Status

T = TypeVar("T")
Pattern = tuple[Status, ...]
"""The statuses of what a stage looks at."""


@record
class Stage:
    """An indicator, or a `part` of one, that has trees of its own: one for each pattern of what it looks at."""

    path: str
    indicator: Indicator
    part: Part | None
    looks_at: tuple[str, ...]
    rounding: Rounding | None


_KEPT = "plan"
MOST_LAID = 16
"""Programs that are kept with the trees: those that were last asked for."""
MOST_KEPT = 1_000
"""Trees that are kept between runs: with more of them reading takes longer than making those that are wanted."""


class Plan:
    """The trees of a ruleset, each made (or found not to be one) when it is first asked for; may be asked by several threads.

    *content* is what tells all texts of the ruleset from any other (`pipeline.Loaded.content`): with it trees are kept between runs.
    """

    def __init__(self, ruleset: Ruleset, gradeable: bool = True, content: str = "") -> None:
        self.ruleset, self.gradeable = ruleset, gradeable
        self._content = f"{content} {gradeable}" if content else ""
        origins, self._made, self._laid = self._recalled()
        self._had = len(self._made), set(self._laid)
        self.frame = Frame(ruleset, origins)
        self.stages = tuple(_stages(self.frame))
        self.items = tuple(i.path for i in ruleset.indicators())
        self.told = told_of(ruleset)
        self._lock = RLock()

    def _recalled(self) -> tuple[list[Origin], dict[object, object], dict[object, object]]:
        found = recalled(_KEPT, self._content) if self._content else None
        return found[0] if found is not None else ([], {}, {})

    def keep(self) -> None:
        """Keep the trees and programs for the next run, where there are new ones and not too many trees."""
        with self._lock:
            laid = dict([*self._laid.items()][-MOST_LAID:])
            has = len(self._made), set(laid)
            if self._content and has != self._had and len(self._made) <= MOST_KEPT:
                self._had = has
                remember(_KEPT, self._content, (self.frame.unknowns.origins, self._made, laid))

    def is_laid(self, statuses: Pattern) -> bool:
        """Whether there is a tree already of items with these statuses."""
        return statuses in self._made

    def tree(self, stage: Stage, pattern: Pattern) -> Tree[Reached]:
        """How the stage comes to its points, where what it looks at has these statuses; raises `Unplanned`."""
        def make() -> Tree[Reached]:
            if stage.part is not None:
                return part_tree(self.frame, stage.indicator, stage.part)
            return score_tree(self.frame, stage.indicator, self._known(stage, pattern))

        return self._kept((stage.path, stage.part is None, pattern), make)  # type: ignore[return-value]  # what it makes

    def whole(self, statuses: Pattern) -> Tree[Whole]:
        """What comes of items with these statuses, in their order; raises `Unplanned`."""
        def make() -> Tree[Whole]:
            stumbling = [self._faults(at, statuses) for at, one in enumerate(self.told) if not one.path]  # beside an item none is said
            return whole_tree(self.frame, dict(zip(self.items, statuses, strict=True)), self.not_negative, self.gradeable, stumbling)

        return self._kept(statuses, make)  # type: ignore[return-value]

    def said(self, at: int, statuses: Pattern) -> Tree[Said]:
        """What is told by that of `told` of items with these statuses; raises `Unplanned`."""
        def make() -> Tree[Said]:
            return said_tree(self.frame, self.told[at], dict(zip(self.items, statuses, strict=True)), self.not_negative, self.gradeable)

        return self._kept((at, "said", statuses), make)  # type: ignore[return-value]

    def _faults(self, at: int, statuses: Pattern) -> Tree[tuple[Diagnostic, ...]]:
        return merged(mapped(self.said(at, statuses), lambda said: said.faults))

    def rate(self, stage: Stage) -> Tree[Terms | None]:
        """实际值 ÷ 目标值 − 1 of an indicator; raises `Unplanned`."""
        return self._kept((stage.path, "rate"), lambda: rate_tree(self.frame, stage.indicator))  # type: ignore[return-value]

    def due(self, stage: Stage) -> tuple[Tree[bool], ...]:
        """Trees of which one says yes where a scored indicator wants a reason; raises `Unplanned`."""
        def make() -> tuple[Tree[bool], ...]:
            if not _may_be_due(self.ruleset, stage.indicator):
                return (Leaf(False),)
            own = due_tree(self.frame, stage.indicator)
            return own, *(part_due_tree(self.frame, stage.indicator, part) for part in stage.indicator.parts)

        return self._kept((stage.path, "due"), make)  # type: ignore[return-value]

    def because(self, stage: Stage, pattern: Pattern, texted: bool) -> Tree[Template]:
        """What is said of an indicator; *texted*: cells are shown as they were written.  Raises `Unplanned`."""
        key = (stage.path, "because", pattern, texted)
        return self._kept(key, lambda: because_tree(self.frame, stage.indicator, self._known(stage, pattern), texted))  # type: ignore[return-value]

    def part_told(self, stage: Stage, part: Part, texted: bool) -> Tree[PartTold]:
        """What is said of a part of an indicator; raises `Unplanned`."""
        key = (part.path, "told", texted)
        return self._kept(key, lambda: told_tree(self.frame, stage.indicator, part, texted))  # type: ignore[return-value]

    def program(self, key: object, make: Callable[[], T]) -> T:
        """A program that is made of the trees, and kept with them."""
        with self._lock:
            self._laid[key] = self._laid.pop(key) if key in self._laid else make()
            return self._laid[key]  # type: ignore[return-value]  # what it makes

    @property
    def not_negative(self) -> frozenset[str]:
        """The items that may not have less than 0: a unit where one has is not for a plan."""
        return frozenset(i.path for i in self.ruleset.indicators() if not i.negative and i.outside is None)

    def _known(self, stage: Stage, pattern: Pattern) -> Known:
        parts = (one for one in self.stages if one.indicator is stage.indicator and one.part is not None and one.path in stage.looks_at)
        sure = frozenset(one.path for one in parts if all(leaf.not_negative for leaf in leaves(self.tree(one, ()))))
        return Known(tuple(zip(stage.looks_at, pattern, strict=True)), self.not_negative | sure)

    def _kept(self, key: object, make: object) -> object:
        with self._lock:
            if key not in self._made:
                try:
                    self._made[key] = make()  # type: ignore[operator]
                except Unplanned as why:
                    self._made[key] = why
            if isinstance(made := self._made[key], Unplanned):
                raise Unplanned(*made.args)
            return made


def _may_be_due(ruleset: Ruleset, indicator: Indicator) -> bool:
    """Whether the ruleset, or a choice of the indicator's rule, demands reasons at all."""
    rule = None if indicator.method is None else indicator.method.rule
    asked = rule is not None and any(isinstance(node, Judgement) and node.reason_due for node in every(rule.score))
    return bool(ruleset.reasons_due) or asked


def _stages(frame: Frame) -> list[Stage]:
    """Parts before their indicator, and every indicator behind those that it asks."""
    made: list[Stage] = []
    for indicator in in_order(frame.ruleset):
        parts = cut_parts(indicator)
        made += [Stage(part.path, indicator, part, (), None) for part in parts]
        looks_at = (*(part.path for part in parts), *frame.asked[indicator.path])
        made.append(Stage(indicator.path, indicator, None, looks_at, frame.ruleset.item_rounding))
    return made
