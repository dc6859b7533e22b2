"""Which indicator, part or datum a name in the data means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from perfdsl.data.table import Entry, clean, quoted
from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.ruleset import Expected, Indicator, Ruleset
from perfdsl.record import record
from perfdsl.spelling import nearest


class Actual(Enum):
    """Where the actual value of a name comes from."""

    CELL = "cell"
    COMPUTED = "computed"
    PARTS = "parts"


@record
class Slot:
    """A full name, what its cell must hold, and whether it has one."""

    path: str
    expected: Expected
    actual: Actual


@record
class Names:
    """All names of a ruleset, in full and by their last level."""

    by_path: dict[str, Slot]
    by_leaf: dict[str, tuple[Slot, ...]]

    def find(self, name: str) -> tuple[Slot, ...]:
        """What *name* can mean: a full name means itself, else levels may be left out before the last."""
        levels = _levels(name)
        exact = self.by_path.get("/".join(levels))
        if exact:
            return (exact,)
        return tuple(slot for slot in self.by_leaf.get(levels[-1], ()) if _within(levels, _levels(slot.path)))

    def knows(self, name: str) -> bool:
        return bool(self.find(name))

    def resolve(self, name: str, entry: Entry, unknown: tuple[str, Severity]) -> Slot | Diagnostic:
        """The one slot that *name* means; *unknown* is the code and the severity where there is none."""
        found = self.find(name)
        if len(found) == 1:
            return found[0]
        if found:
            paths = "、".join(f"「{slot.path}」" for slot in found)
            return Diagnostic("E406", f"名称{quoted(name)}可以指 {len(found)} 处", entry.cell, f"写出是哪一个：{paths}")
        code, severity = unknown
        return Diagnostic(code, f"规则集中没有{quoted(name)}", entry.cell, self._meant(name), severity=severity)

    def _meant(self, name: str) -> str:
        levels = _levels(name)
        near = nearest(levels[-1], self.by_leaf) or nearest("/".join(levels), self.by_path)
        return f"是不是{'、'.join(f'「{word}」' for word in near)}？" if near else "名称照规则集的写法"


def names_of(ruleset: Ruleset) -> Names:
    by_path = {slot.path: slot for slot in _slots(ruleset)}
    by_leaf: dict[str, tuple[Slot, ...]] = {}
    for slot in by_path.values():
        leaf = _levels(slot.path)[-1]
        by_leaf[leaf] = (*by_leaf.get(leaf, ()), slot)
    return Names(by_path, by_leaf)


def _slots(ruleset: Ruleset) -> Iterator[Slot]:
    for datum in ruleset.data:
        yield Slot(datum.name, datum.expected, Actual.CELL)
    for indicator in ruleset.indicators():
        yield Slot(indicator.path, indicator.expected, _actual(indicator))
        for part in indicator.parts:
            yield Slot(part.path, part.expected, Actual.CELL)


def _actual(indicator: Indicator) -> Actual:
    if indicator.parts:
        return Actual.PARTS
    by_method = indicator.method is not None and indicator.method.rule.actual is not None
    return Actual.COMPUTED if indicator.actual is not None or by_method else Actual.CELL


def _levels(name: str) -> list[str]:
    return [clean(level) for level in re.split(r"[/／]", name)]


def _within(levels: list[str], path: list[str]) -> bool:
    """Whether *levels* occur in *path* in that order; the last ones are known to be equal."""
    rest = iter(path)
    return all(level in rest for level in levels)
