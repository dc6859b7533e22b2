"""Whether the points of a unit are what its items can have; where they are not, the interpreter says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.model.ruleset import Indicator
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan
from perfdsl.plan.shown import is_rounded, shown
from perfdsl.plan.single import Counted
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import Status


class Bounds:
    """What the items of a plan can have.  May be asked by several threads."""

    def __init__(self, plan: Plan) -> None:
        self.unit = 10 ** (shown(plan.ruleset.item_rounding).places or 0)
        self._is_rounded = is_rounded(plan.ruleset.item_rounding)
        self._paths = plan.items
        self._indicators: Mapping[str, Indicator] = {one.path: one for one in plan.ruleset.indicators()}

    def hold(self, counted: Counted) -> bool:
        """Whether every item of a unit keeps its bounds."""
        return all(self._holds(reached, points, path) for path, (reached, points) in zip(self._paths, counted.items, strict=True))

    def _holds(self, reached: Reached, points: int | None, path: str) -> bool:
        if points is None or reached.status is not Status.SCORED or (reached.not_negative and reached.in_weight):
            return True
        low, high = (end * self.unit for end in ends_of(self._indicators[path], reached.weight))
        if not self._is_rounded:  # the points are only shown so: what is behind them may be out of bounds
            low, high = low + 1, high - 1
        return (reached.not_negative or low <= points) and (reached.in_weight or points <= high)
