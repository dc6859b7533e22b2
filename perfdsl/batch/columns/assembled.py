"""What a program, whole numbers and the interpreter have given, put together as the scores of one block."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from perfdsl.batch.columns.run import Outputs
from perfdsl.batch.columns.shape import Layout
from perfdsl.batch.columns.told import Column
from perfdsl.batch.one import STATUSES, Note, last_places
from perfdsl.batch.scores import Item, Scores
from perfdsl.plan.bounds import Bounds
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan
from perfdsl.plan.shown import shown
from perfdsl.plan.single import Counted

Beside = Sequence[tuple[int | None, bool]]
_INT32 = 2**31 - 1


class Assembled:
    """The arrays of a block.  Where nothing was suspect they are those of the program, or one value for all."""

    def __init__(self, plan: Plan, into: Outputs, layout: Layout | None, size: int, told: Sequence[Column]) -> None:
        self.plan, self.into, self.size, self.told = plan, into, size, told
        self.clauses = [[""] if layout is None or not into.ways else [way.clause for way in ways] for ways in _ways(plan, layout)]
        self._numbers = [{text: number for number, text in enumerate(texts)} for texts in self.clauses]
        self.grades = tuple(grade.name for grade in plan.ruleset.grades)
        self.bounds = Bounds(plan)
        self._places = shown(plan.ruleset.item_rounding).places or 0
        self._suspect_undecided(layout)
        self.notes: dict[int, Note] = {} if layout is None else self._noted(layout)
        self.apart = int(np.count_nonzero(into.suspects))
        self.items = [self._item(at, layout) for at in range(len(plan.items))]
        self.low = self.high = self.total = into.total
        self.complete: Any = _all(True, size, np.bool_)
        self.grade, self.standing = self._whole(layout)
        if self.apart:
            self._make_writable()

    # ---- what the program gave

    def _item(self, at: int, layout: Layout | None) -> dict[str, Any]:
        size = self.size
        if layout is None:
            return {"points": self.into.points[at], "has": _all(False, size, np.bool_), "status": _all(0, size, np.uint8),
                    "weight": _all(0, size, np.int64), "clause": _all(0, size, np.int8), "deviation": _all(0, size, np.int32),
                    "deviates": _all(False, size, np.bool_), "reason_due": _all(False, size, np.bool_)}
        ways, coded = layout.ways[at], bool(self.into.ways)
        deviation, deviates, due = self.into.beside[at] if coded else (_all(0, size, np.int32), *2 * (_all(False, size, np.bool_),))
        return {"points": self.into.points[at], "has": _all(True, size, np.bool_), "status": _all(0, size, np.uint8),
                "weight": self._weights(at, [self._weight(way) for way in ways]),
                "clause": self.into.ways[at] if coded else _all(0, size, np.int8),
                "deviation": deviation, "deviates": deviates, "reason_due": due}

    def _weights(self, at: int, values: list[int]) -> Any:
        """That of each unit, by the way that its item took; where they differ, ways are told."""
        return _all(values[0], self.size, np.int64) if len(set(values)) == 1 else np.array(values, np.int64)[self.into.ways[at]]

    def _weight(self, reached: Reached) -> int:
        """In last places, as it is printed."""
        return last_places(reached.weight, self._places)

    def _clause(self, at: int, text: str) -> int:
        """The number of a clause of an item."""
        if text not in self._numbers[at]:
            self._numbers[at][text] = len(self.clauses[at])
            self.clauses[at].append(text)
        return self._numbers[at][text]

    def _whole(self, layout: Layout | None) -> tuple[Any, Any]:
        if layout is None:
            return _all(-1, self.size, np.int8), _all(0, self.size, np.uint8)
        grades = np.array([self._grade(one.grade) for one in layout.wholes], np.int8)
        standings = [int(one.standing) for one in layout.wholes]
        same = len(set(standings)) == 1
        return grades[self.into.whole], _all(standings[0], self.size, np.uint8) if same else np.array(standings, np.uint8)[self.into.whole]

    def _suspect_undecided(self, layout: Layout | None) -> None:
        """Units whose grade hangs on data that are not there are worked out one by one."""
        undecided = [at for at, one in enumerate(layout.wholes) if one.ends is not None] if layout is not None else []
        if undecided:
            np.logical_or(self.into.suspects, np.isin(self.into.whole, undecided), out=self.into.suspects)

    def _noted(self, layout: Layout) -> dict[int, Note]:
        """What is wrong with units as a whole, or missing for it."""
        noted = {at: Note((*one.faults, *(("W456",) if one.waiting else ()))) for at, one in enumerate(layout.wholes) if one.faults or one.waiting}
        if not noted:
            return {}
        rows = np.flatnonzero(np.isin(self.into.whole, [*noted]) & ~self.into.suspects)
        return {row: noted[int(self.into.whole[row])] for row in rows.tolist()}

    def _grade(self, name: str) -> int:
        return self.grades.index(name) if name else -1

    def _make_writable(self) -> None:
        for item in self.items:
            item.update({name: array if array.flags.writeable else array.copy() for name, array in item.items()})
            item["clause"] = item["clause"].astype(np.int32)
        self.low, self.high = self.total.copy(), self.total.copy()
        self.complete, self.grade, self.standing = (a if a.flags.writeable else a.copy() for a in (self.complete, self.grade, self.standing))

    # ---- what others gave

    def put_counted(self, at: int, counted: Counted, beside: Beside | None, told: Sequence[str]) -> bool:
        """Take over a unit from `plan.single`; False where its points are out of bounds or too many for a column."""
        if not self.bounds.hold(counted):
            return False
        sizes = [counted.low, counted.high, *(points or 0 for _, points in counted.items), *(away or 0 for away, _ in beside or ())]
        if max(map(abs, sizes)) > _INT32:
            return False
        for number, (reached, points) in enumerate(counted.items):
            deviation, due = beside[number] if beside is not None else (None, False)
            self._put(self.items[number], at, {
                "points": points or 0, "has": points is not None, "status": STATUSES.index(reached.status),
                "weight": self._weight(reached), "clause": self._clause(number, reached.clause if beside is not None else ""),
                "deviation": deviation or 0, "deviates": deviation is not None, "reason_due": due})
        for column, text in zip(self.told, told, strict=True):
            column.put(at, text)
        whole = counted.whole
        self._put_whole(at, counted.low, counted.high, whole.score is not None, self._grade(whole.grade), int(whole.standing))
        return True

    def put_interpreted(self, rows: list[int], scores: Scores) -> None:
        """Take over units from the interpreter."""
        self._widen(scores)
        at = np.array(rows)
        for number, (mine, its) in enumerate(zip(self.items, scores.items, strict=True)):
            for name in ("points", "has", "status", "weight"):
                mine[name][at] = getattr(its, name)
            if self.into.ways:
                for name in ("deviation", "deviates", "reason_due"):
                    mine[name][at] = getattr(its, name)
                mine["clause"][at] = np.array([self._clause(number, text) for text in its.clauses], np.int32)[its.clause]
        for column, its_own in zip(self.told, scores.told, strict=bool(self.told)):
            column.codes[at] = column.numbered(its_own.texts)[its_own.codes]
        self.total[at], self.low[at], self.high[at] = scores.total, scores.low, scores.high
        self.complete[at], self.grade[at], self.standing[at] = scores.complete, scores.grade, scores.standing
        self.notes |= {rows[row]: note for row, note in scores.notes.items()}

    def _widen(self, scores: Scores) -> None:
        """More room where the interpreter's numbers do not fit into int32."""
        for mine, its in zip(self.items, scores.items, strict=True):
            for name in ("points", "deviation"):
                if its.points.size and np.abs(getattr(its, name)).max() > _INT32:
                    mine[name] = mine[name].astype(np.int64)
        if max(np.abs(one).max() for one in (scores.total, scores.low, scores.high)) > _INT32:
            self.total, self.low, self.high = (one.astype(np.int64) for one in (self.total, self.low, self.high))

    def _put(self, item: dict[str, Any], at: int, values: dict[str, int | bool]) -> None:
        for name, value in values.items():
            item[name][at] = value

    def _put_whole(self, at: int, low: int, high: int, complete: bool, grade: int, standing: int) -> None:
        self.total[at], self.low[at], self.high[at] = low if complete else 0, low, high
        self.complete[at], self.grade[at], self.standing[at] = complete, grade, standing

    def scores(self) -> Scores:
        """The whole block."""
        items = tuple(Item(path, self._places, clauses=tuple(clauses), **item)
                      for path, clauses, item in zip(self.plan.items, self.clauses, self.items, strict=True))
        return Scores(items, shown(self.plan.ruleset.total_rounding).places or 0, self.total, self.low, self.high, self.complete, self.grade,
                      self.grades, self.standing, self.notes, tuple(column.made() for column in self.told), self.apart)


def _ways(plan: Plan, layout: Layout | None) -> Sequence[tuple[Reached, ...]]:
    return [()] * len(plan.items) if layout is None else layout.ways


@lru_cache(256)
def _all(value: int | bool, size: int, kind: Any) -> Any:
    """One value for every unit, without the room that it would take."""
    return np.broadcast_to(np.array(value, kind), size)
