"""A unit by a plan, told in the words of `result`."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.pipeline import Loaded
from perfdsl.plan.bounds import Bounds
from perfdsl.plan.items import Reached
from perfdsl.plan.single import Counted, Single
from perfdsl.plan.world import Unplanned
from perfdsl.record import record
from perfdsl.warm.cells import Converted
from perfdsl.warm.interpreted import evaluated, interpreted
from perfdsl.warm.reading import Reader, texts
from perfdsl.warm.result import Item, Result


@record
class Way:
    """How units with numbers of so many places are read and scored."""

    single: Single
    reader: Reader
    bounds: Bounds


def result(loaded: Loaded, way: Way, counted: Counted, data: dict[str, object]) -> Result:
    """The result of a unit that a plan has scored."""
    whole = counted.whole
    low, high = way.single.total(counted)
    return Result(None if whole.score is None else low, low, high, whole.grade or None, whole.standing, _Planned(loaded, way, counted, data))


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
        told_apart = any(self.data[name] not in (None, "") for name in layout.reasons) or any(type(one) is Converted for one in self.counted.values)
        if told_apart:
            return interpreted(self.loaded, self.data).sentences()
        return self.way.single.sentences(self.counted, texts(self.data, layout))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return evaluated(self.loaded, self.data).diagnostics


def _item(path: str, reached: Reached, points: Fraction | None, deviation: Fraction | None) -> Item:
    lost = None if points is None else reached.weight - points
    return Item(path, reached.status, points, lost, reached.clause, deviation)
