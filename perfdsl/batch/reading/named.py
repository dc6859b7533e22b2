"""Which indicator each row of a long table is about."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.block import Integers
from perfdsl.batch.reading.texts import strings, text_of
from perfdsl.batch.sources.source import Batch
from perfdsl.data.entries import given_twice
from perfdsl.data.headings import Role
from perfdsl.data.marks import is_furniture
from perfdsl.data.names import Slot, Slots
from perfdsl.data.table import Entry, clean, quoted
from perfdsl.diagnostics import Cell, Diagnostic, Severity

_NOTHING, _FAULT = -1, -2


class Named:
    """The names met so far: `paths` are the full names by their numbers."""

    def __init__(self, names: Slots) -> None:
        self.names = names
        self.paths: list[str] = []
        self._numbers: dict[str, int] = {}
        self._faults: dict[str, Diagnostic] = {}

    def slots(self, batch: Batch, at: dict[Role, int], unit: Integers, texts: tuple[str, ...]) -> tuple[Integers, dict[int, Any]]:
        """For each row the number of its name, below 0 where it has none; and the faults of the units."""
        said = strings(batch.rows.column(at[Role.NAME])).dictionary_encode(null_encoding="encode")
        found = np.array([self._number(clean(text or "")) for text in said.dictionary.to_pylist()], np.int64)
        slots = found[said.indices.to_numpy(zero_copy_only=False)]
        faults: dict[int, list[tuple[str, str, Diagnostic]]] = {}
        heading = texts[at[Role.NAME]]
        for row in np.flatnonzero(slots == _FAULT):
            self._note(faults, batch, int(row), unit, said, heading)
        for row in np.flatnonzero(slots == _NOTHING):
            self._stray(faults, batch, at, int(row), unit, heading)
        for second, first in _again(slots, unit):
            name = said[second].as_py()
            fault = given_twice(quoted(name), Entry(name, _cell(batch, first)), Entry(name, _cell(batch, second)))
            faults.setdefault(int(unit[second]), []).append((heading, name, fault))
        return slots, faults

    def _number(self, name: str) -> int:
        if name in self._numbers:
            return self._numbers[name]
        slot = self.names.resolve(name, Entry(name, Cell("", "")), ("E405", Severity.ERROR)) if name else None
        if isinstance(slot, Slot):
            if slot.path not in self.paths:
                self.paths.append(slot.path)
            number = self.paths.index(slot.path)
        elif slot is None or is_furniture(name):
            number = _NOTHING
        else:
            number, self._faults[name] = _FAULT, slot
        self._numbers[name] = number
        return number

    def _note(self, faults: dict[int, Any], batch: Batch, row: int, unit: Integers, said: Any, heading: str) -> None:
        from perfdsl.record import changed

        name = said[row].as_py()
        fault = changed(self._faults[clean(name)], place=_cell(batch, row))
        faults.setdefault(int(unit[row]), []).append((heading, name, fault))

    def _stray(self, faults: dict[int, Any], batch: Batch, at: dict[Role, int], row: int, unit: Integers, heading: str) -> None:
        """A value without a name of an indicator; a row of the form's foot is none."""
        if clean(text_of(batch.rows.column(at[Role.NAME])[row].as_py()) or ""):
            return
        said = [text_of(batch.rows.column(at[role])[row].as_py()) or "" for role in Role.of_a_value() if role in at]
        if any(clean(text) for text in said):
            fault = Diagnostic("E405", "这一行有值而没有指标名称", _cell(batch, row), "在「指标」一列写上名称")
            faults.setdefault(int(unit[row]), []).append((heading, "", fault))


def _cell(batch: Batch, row: int) -> Cell:
    line = int(batch.lines[row])
    return Cell(batch.file, f"第{line}行", "", line)


def _again(slots: Integers, unit: Integers) -> list[tuple[int, int]]:
    """Rows whose unit has had that name before, each with the first one."""
    rows = np.flatnonzero(slots >= 0)
    if not rows.size:
        return []
    keys = unit[rows] * (int(slots.max()) + 1) + slots[rows]
    order = np.argsort(keys, kind="stable")
    same = np.flatnonzero(np.diff(keys[order]) == 0)
    firsts = {int(keys[at]): int(rows[at]) for at in order[::-1]}
    return sorted((int(rows[order[at + 1]]), firsts[int(keys[order[at]])]) for at in same)
