"""Last year's units one after the other: read, and compared by columns or one by one."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from perfdsl.compare.affected import Ranged, Share, Uncompared, UnitImpact
from perfdsl.compare.align import aligned
from perfdsl.compare.alone import compared
from perfdsl.compare.edits import Edits
from perfdsl.compare.large import large_tables
from perfdsl.compare.mixtures import Mixtures
from perfdsl.compare.units import Known, Seen, Twice, Who, first_of, read_units
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.model.ruleset import Ruleset

if TYPE_CHECKING:
    from perfdsl.compare.in_columns import Found, InColumns
    from perfdsl.compare.tables import Piece, Table

FEW = 100
"""Fewer units than these are quicker one by one, whatever the rulesets."""
TOLD = 200
"""Faults of large tables that are told one by one; every unit that has some is listed."""


class Listed:
    """Units that were read one by one."""

    def __init__(self, units: Sequence[Known]) -> None:
        self.units = units
        self.whos = [one.who for one in units]

    def known(self, at: int) -> Known:
        return self.units[at]

    def by_columns(self, columns: InColumns) -> dict[int, Found]:
        return columns.of_known(self.units)


class Every:
    """The units so far; *found* is what was found in the rulesets."""

    def __init__(self, old: Ruleset, new: Ruleset, found: Sequence[Diagnostic]) -> None:
        self.written, self.new, self.faults = old, new, found
        self.alignment = aligned(old, new)
        self.mixtures = Mixtures(Edits(self.alignment))
        self.units: list[UnitImpact] = []
        self.ranged: list[Ranged] = []
        self.lacking: list[Uncompared] = []
        self.found: list[Diagnostic] = []
        self._seen: Seen = {}
        self._columns: InColumns | None = None

    def read(self, data: Iterable[str]) -> None:
        """The units of files, folders, patterns and zips; of large tables piece by piece, behind all others."""
        tables = {given: large_tables(given) for given in data}
        inside = {file for files in tables.values() for file in files}
        small = [given for given in tables if given not in inside]
        read = read_units(small, self.written, self.new, self.alignment.names, self._seen, {*inside, *(given for given in small if tables[given])})
        self.found += read.found
        self.lacking += [_twice(one.unit) for one in read.twice]
        self._add(Listed(read.units))
        for file in {os.path.realpath(file): file for files in tables.values() for file in files}.values():
            self._read_table(file)

    def _read_table(self, file: str) -> None:
        from perfdsl.batch.extra import need
        from perfdsl.batch.stopped import Unreadable

        need(f"读「{file}」", "numpy", "pyarrow")
        from perfdsl.compare.tables import Table

        try:
            table = Table(file, self.written, self.alignment.old, self.new, self.alignment.names)
            self._add_pieces(table)
        except Unreadable as fault:
            self.found += [fault.diagnostic, *fault.more]
        else:
            self.found += table.found

    def _add_pieces(self, table: Table) -> None:
        for piece in table.pieces():
            again = {at: Twice(who, first) for at, who in enumerate(piece.whos) if (first := first_of(who, self._seen)) is not who}
            faults = [*(fault for one in piece.refused for fault in one.faults), *(told for one in again.values() for told in one.found)]
            self.found += faults[:max(0, TOLD - len(self.found))]
            self.lacking += [*(_twice(one.unit) for one in again.values()), *(_refused(one.who, one.faults) for one in piece.refused)]
            self._add(piece, again)

    def _add(self, units: Listed | Piece, passed: Collection[int] = ()) -> None:
        """By columns what can be; the others one by one."""
        columns = self._in_columns() if len(units.whos) >= FEW else None
        told = {} if columns is None else units.by_columns(columns)
        for at, who in enumerate(units.whos):
            if at in told and at not in passed:
                self.units.append(_of_columns(who, told[at]))
            elif at not in passed:
                self._keep(compared(units.known(at), self.mixtures, self.new, self.faults))

    def _keep(self, one: UnitImpact | Ranged | Uncompared) -> None:
        match one:
            case UnitImpact():
                self.units.append(one)
            case Ranged():
                self.ranged.append(one)
            case _:
                self.lacking.append(one)

    def _in_columns(self) -> InColumns | None:
        if self._columns is None and find_spec("numpy"):
            from perfdsl.compare.in_columns import InColumns

            self._columns = InColumns(self.mixtures, self.new, not errors(self.faults))
        return self._columns


def _of_columns(who: Who, found: Found) -> UnitImpact:
    shares = tuple(Share(n, points) for n, points in sorted(found.parts.items()))
    return UnitImpact(who.key, who.code, who.name, who.file, found.old, found.new, found.old_grade, found.new_grade, shares)


def _twice(who: Who) -> Uncompared:
    return Uncompared(who.code, who.name, who.file, "同一单位、同一年度出现两次，只计前一次")


def _refused(who: Who, faults: Iterable[Diagnostic]) -> Uncompared:
    return Uncompared(who.code, who.name, who.file, "；".join(dict.fromkeys(fault.message for fault in faults)))
