"""A unit by a plan, told in the words of `result`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Indicator
from perfdsl.pipeline import Loaded
from perfdsl.plan.items import Reached
from perfdsl.plan.single import Counted, Single
from perfdsl.plan.world import Unplanned
from perfdsl.record import record
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import Status
from perfdsl.warm.cells import Converted
from perfdsl.warm.interpreted import evaluated, interpreted, written
from perfdsl.warm.reading import Reader, texts
from perfdsl.warm.result import Item, Result


@record
class Way:
    """How units with numbers of so many places are read and scored."""

    single: Single
    reader: Reader


def result(loaded: Loaded, way: Way, counted: Counted, data: dict[str, object]) -> Result:
    """The result of a unit that a plan has scored."""
    whole = counted.whole
    low, high = way.single.total(counted)
    return Result(None if whole.score is None else low, low, high, whole.grade or None, whole.standing, _Planned(loaded, way, counted, data))


def is_sound(single: Single, counted: Counted) -> bool:
    """Whether all points lie within their bounds; where some do not, there is an error to be told and no grade."""
    if not counted.statuses:
        return True  # the code of the ordinary unit has looked
    if not single.plan.ruleset.outside and all(reached.not_negative and reached.in_weight for reached, _ in counted.items):
        return True
    items = zip(single.plan.ruleset.indicators(), counted.items, single.points(counted), strict=True)
    return all(_is_within(indicator, reached, points) for indicator, (reached, _), points in items)


def _is_within(indicator: Indicator, reached: Reached, points: Fraction | None) -> bool:
    low, high = ends_of(indicator, reached.weight)
    return reached.status is not Status.SCORED or points is None or low <= points <= high


class _Planned:
    def __init__(self, loaded: Loaded, way: Way, counted: Counted, data: Mapping[str, object]) -> None:
        self.loaded, self.way, self.counted, self.data = loaded, way, counted, data

    def items(self) -> tuple[Item, ...]:
        single, counted = self.way.single, self.counted
        try:
            deviations = single.deviations(counted)
        except Unplanned:
            return interpreted(self.loaded, self.data).items
        found = zip(single.plan.items, counted.items, single.points(counted), deviations, strict=True)
        return tuple(_item(path, reached, points, away) for path, (reached, _), points, away in found)

    def sentences(self) -> list[str]:
        layout = self.way.reader.layout(tuple(self.data))
        told_apart = any(self.data[name] for name in layout.reasons) or any(type(one) is Converted for one in self.counted.values)
        if told_apart:
            return interpreted(self.loaded, self.data).sentences()
        paths = {at: path for (path, chosen), at in self.way.single.cells.items() if not chosen}
        return self.way.single.sentences(self.counted, texts(self.data, layout, paths, written))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return evaluated(self.loaded, self.data).diagnostics


def _item(path: str, reached: Reached, points: Fraction | None, deviation: Fraction | None) -> Item:
    lost = None if points is None else reached.weight - points
    return Item(path, reached.status, points, lost, reached.clause, deviation)
