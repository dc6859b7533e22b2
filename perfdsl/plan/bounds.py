"""Whether the points of a unit are what its items can have; where they are not, the interpreter says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from perfdsl.model.ruleset import Indicator
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan, shown
from perfdsl.plan.single import Counted
from perfdsl.score.scorecard import Status


class Bounds:
    """What the items of a plan can have.  May be asked by several threads."""

    def __init__(self, plan: Plan) -> None:
        self.unit = 10 ** (shown(plan.ruleset.item_rounding).places or 0)
        self._paths = plan.items
        self._indicators: Mapping[str, Indicator] = {one.path: one for one in plan.ruleset.indicators()}

    def hold(self, counted: Counted) -> bool:
        """Whether every item of a unit keeps its bounds."""
        return all(self._holds(reached, points, path) for path, (reached, points) in zip(self._paths, counted.items, strict=True))

    def _holds(self, reached: Reached, points: int | None, path: str) -> bool:
        if points is None or reached.status is not Status.SCORED or (reached.not_negative and reached.in_weight):
            return True
        indicator = self._indicators[path]
        low = reached.not_negative or indicator.negative or points >= 0
        high = reached.in_weight or indicator.uncapped or points <= reached.weight * self.unit
        return low and high and indicator.outside is None
