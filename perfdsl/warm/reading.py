"""What a program has for a unit, as the whole numbers that a plan works with; nothing is guessed, and nothing out of the ordinary is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfdsl.data.headings import Role, column_of, role_of
from perfdsl.data.marks import is_furniture
from perfdsl.data.names import Actual, Slots
from perfdsl.data.table import clean
from perfdsl.model.names import Ambiguous
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.binding import Cell
from perfdsl.plan.code import Values
from perfdsl.record import record
from perfdsl.warm.cells import Apart, Read, cell_reader, mark_reader, score_reader, written

_MANY = 1000
"""Layouts that are remembered: data of one program have few."""


@record
class Layout:
    """How data with certain names are read: where each value goes, and `shown`, which cell it is.

    `named` is the name of the unit's name, `reasons` those of reasons.
    """

    reads: tuple[tuple[str, int, Read], ...]
    shown: tuple[tuple[str, str], ...]
    named: str | None
    reasons: tuple[str, ...]


class Reader:
    """Reads units into values in the order of *cells*, numbers as whole numbers of *places*; may be asked by several threads."""

    def __init__(self, ruleset: Ruleset, cells: Mapping[Cell, int], places: int) -> None:
        self.slots, self.cells, self.places = Slots(ruleset), cells, places
        self._layouts: dict[tuple[str, ...], Layout | None] = {}

    def values(self, data: Mapping[str, object]) -> Values:
        """The values of a unit.  Raises `Apart` where the interpreter is to read it, `Finer` where a number has more places."""
        layout = self.layout(tuple(data))
        if layout.named is not None:
            _check_name(data[layout.named])
        values: Values = [None] * len(self.cells)
        for name, at, read in layout.reads:
            values[at] = read(data[name])
        return values

    def layout(self, names: tuple[str, ...]) -> Layout:
        """How data with these names are read; raises `Apart`."""
        if names not in self._layouts:
            if len(self._layouts) >= _MANY:
                self._layouts.clear()
            try:
                self._layouts[names] = self._laid_out(names)
            except Apart:
                self._layouts[names] = None
        found = self._layouts[names]
        if found is None:
            raise Apart
        return found

    def _laid_out(self, names: tuple[str, ...]) -> Layout:
        reads: dict[int, tuple[str, int, Read]] = {}
        about: list[str] = []
        reasons: list[str] = []
        for heading in names:
            name, role = column_of(heading)
            if role_of(heading) is Role.UNIT:
                about.append(heading)
            elif role is Role.REASON:
                self._path(name)
                reasons.append(heading)
            else:
                at, read = self._column(self._path(name), role)
                if at in reads:
                    raise Apart
                reads[at] = heading, at, read
        if not reads or len(about) > 1 or len({self._path(column_of(one)[0]) for one in reasons}) < len(reasons):
            raise Apart
        paths = {at: path for (path, chosen), at in self.cells.items() if not chosen}
        shown = tuple((name, paths[at]) for name, at, _ in reads.values() if at in paths)
        return Layout(tuple(reads.values()), shown, about[0] if about else None, tuple(reasons))

    def _path(self, name: str) -> str:
        """The full name that a name means."""
        found = self.slots.names.find(clean(name)) if role_of(name) is None else None
        if found is None or isinstance(found, Ambiguous):
            raise Apart
        return found

    def _column(self, path: str, role: Role) -> tuple[int, Read]:
        cell = path, role is Role.CHOSEN
        if role not in (Role.ACTUAL, Role.CHOSEN) or cell not in self.cells:
            raise Apart
        slot = self.slots.by_path[path]
        if role is Role.CHOSEN:
            return self.cells[cell], score_reader(self.places)
        return self.cells[cell], cell_reader(slot.expected, self.places) if slot.actual is Actual.CELL else mark_reader


def _check_name(name: object) -> None:
    """A unit's name that is one; the foot of a table is no unit."""
    if not isinstance(name, str) or not clean(name) or is_furniture(name):
        raise Apart


def texts(data: Mapping[str, Any], layout: Layout) -> dict[str, str]:
    """What would stand in the cells, by full name; a cell that is empty has none."""
    found = {}
    for name, path in layout.shown:
        value = data[name]
        if value is not None:
            text = value if type(value) is str else str(written(value))
            found[path] = text if text.isdigit() else clean(text)
    return {path: text for path, text in found.items() if text}
