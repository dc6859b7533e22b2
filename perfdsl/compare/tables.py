"""Last year's units in large tables, a piece at a time: Parquet, Arrow, JSON lines, and CSV of more than a few hundred units."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from perfdsl.batch.block import Block, Column, Integers, State
from perfdsl.batch.reading.about import NO_YEAR, About, about
from perfdsl.batch.reading.chunk import Chunk, Faults, chunk
from perfdsl.batch.reading.long import Gathered, Gathering
from perfdsl.batch.reading.plan import Plan, wide_plan
from perfdsl.batch.rejects import Reject
from perfdsl.batch.scoring import facts_of
from perfdsl.batch.sources import Asked, Small, open_source
from perfdsl.batch.sources.source import Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.compare.in_columns import Found, InColumns
from perfdsl.compare.rename import Names, name_in
from perfdsl.compare.sides import Sides
from perfdsl.compare.units import UNKNOWN, Known, Who
from perfdsl.data.headings import is_long
from perfdsl.data.names import Slots
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed, record

Two = tuple[Gathered, Gathered]


@record
class Refused:
    """A unit with cells that cannot be read, and what is wrong with them."""

    who: Who
    faults: tuple[Diagnostic, ...]


class Piece:
    """Some units of a table: who they are, their columns, those that cannot be read."""

    def __init__(self, before: Chunk, after: Chunk, whos: list[Who], refused: list[Refused], table: Table) -> None:
        self.before, self.after, self.whos, self.refused, self.table = before, after, whos, refused, table

    def by_columns(self, columns: InColumns) -> dict[int, Found]:
        return columns.found(Sides(self.before.block, self.after.block, (self.table.old, self.table.new), frozenset((*self.before.apart, *self.after.apart))))

    def known(self, at: int) -> Known:
        """One unit, with its facts."""
        who = self.whos[at]
        old, new = (changed(facts_of(piece, at, ruleset), unit=who.name, code=who.code, year=who.year, cell=who.cell)
                    for piece, ruleset in ((self.before, self.table.old), (self.after, self.table.new)))
        return Known(who.key, who.name, who.file, old, new)


class Table:
    """A file that is read piece by piece.  Raises `Unreadable` and `Lacking`.

    *old* is the old ruleset under the names of *new*, *written* under its own, to which *names* lead back.
    """

    def __init__(self, file: str, written: Ruleset, old: Ruleset, new: Ruleset, names: Names) -> None:
        self.file, self.written, self.old, self.new, self.names = file, written, old, new, names
        self.slots = Slots(written), Slots(new)
        source = open_source(Asked(file), self.slots[0])
        if isinstance(source, Small):
            raise Unreadable(_one_unit(file))
        self.source: Source = source
        self.found: list[Diagnostic] = []

    def pieces(self) -> Iterator[Piece]:
        for before, after in self._long() if is_long(self.source.header) else self._wide():
            yield self._piece(before, after)

    def _wide(self) -> Iterator[Two]:
        header, plans = self.source.header, self._plans(self.source.header)
        for batch in self.source.batches():
            if batch.header is not None and batch.header != header:
                header, plans = batch.header, self._plans(batch.header)
            yield Gathered(batch, plans[0], batch.rows.num_rows, {}), Gathered(batch, plans[1], batch.rows.num_rows, {})

    def _plans(self, header: Any) -> tuple[Plan, Plan]:
        old, new = (wide_plan(header, slots) for slots in self.slots)
        self.found += [one for one in old.found if (one.code not in UNKNOWN or one in new.found) and one not in self.found]
        return old, new

    def _long(self) -> Iterator[Two]:
        """A name that only one of the rulesets has is no fault."""
        every = (Gathering(self.source, slots).units(self.source.batches()) for slots in self.slots)
        for old, new in zip(*every, strict=True):
            yield changed(old, faults=_both(old.faults, new.faults)), changed(new, faults=_both(new.faults, old.faults))

    def _piece(self, old: Gathered, new: Gathered) -> Piece:
        before, after = _chunk(old, self.written, {}), _chunk(new, self.new, {})
        told = {one.fault for one in before.rejects}
        rejects = [*before.rejects, *(one for one in after.rejects if one.fault not in told)]
        bad = {one.row for one in rejects}
        before, after = (piece if {one.row for one in piece.rejects} == bad else _chunk(side, ruleset, {row: [] for row in bad})
                         for piece, side, ruleset in ((before, old, self.written), (after, new, self.new)))
        who = about(old.batch, old.plan, self.written.year)
        kept = ~who.passed_over
        kept[sorted(bad)] = False
        return Piece(self._renamed(before), self._left(after), self._whos(old, who, np.flatnonzero(kept)), self._refused(old, who, rejects), self)

    def _whos(self, side: Gathered, who: About, rows: Integers) -> list[Who]:
        names, codes = who.names.take(rows).to_pylist(), who.codes.take(rows).to_pylist()
        return [_who(side, row, name, code, year) for row, name, code, year in zip(rows.tolist(), names, codes, who.years[rows].tolist(), strict=True)]

    def _refused(self, side: Gathered, who: About, rejects: list[Reject]) -> list[Refused]:
        by_row: dict[int, list[Diagnostic]] = {}
        for one in rejects:
            by_row.setdefault(one.row, []).append(one.fault)
        return [Refused(_who(side, row, who.names[row].as_py(), who.codes[row].as_py(), int(who.years[row])), tuple(faults))
                for row, faults in sorted(by_row.items())]

    # ---- names

    def _renamed(self, piece: Chunk) -> Chunk:
        """What the old ruleset reads, under the new names."""
        block = piece.block
        cells, chosen = ({name_in(self.names, path): column for path, column in columns.items()} for columns in (block.cells, block.chosen))
        apart = {row: [(name_in(self.names, path), role, said) for path, role, said in several] for row, several in piece.apart.items()}
        return changed(piece, block=Block(block.size, cells, chosen, {}, block.year), apart=apart)  # type: ignore[arg-type]  # numbers stay numbers

    def _left(self, piece: Chunk) -> Chunk:
        """What the new ruleset reads, without blanks for what is only called otherwise in the data."""
        called, block = set(self.names.values()), piece.block
        cells = {path: _plain(column) if path in called else column for path, column in block.cells.items()}
        return changed(piece, block=Block(block.size, cells, block.chosen, {}, block.year))


def _chunk(side: Gathered, ruleset: Ruleset, others: Faults) -> Chunk:
    return chunk(side.batch, side.plan, ruleset.year, _nobody, {**others, **side.faults})


def _nobody(*_: object) -> dict[int, Diagnostic]:
    """No unit counts as named before: that is looked at when both rulesets have read it."""
    return {}


def _both(faults: Faults, others: Faults) -> Faults:
    """The faults without names that are unknown to one side only."""
    kept = {row: [one for one in several if one[2].code not in UNKNOWN or any(x[:2] == one[:2] for x in others.get(row, ()))]
            for row, several in faults.items()}
    return {row: several for row, several in kept.items() if several}


def _plain(column: Column) -> Column:
    if column.state is None:
        return column
    return changed(column, state=np.where(column.state == State.NOT_APPLICABLE, State.MISSING, column.state).astype(np.uint8))


def _who(side: Gathered, row: int, name: str, code: str, year: int) -> Who:
    return Who(code or "".join(name.split()), code, name, side.batch.file, None if year == NO_YEAR else year,
               side.batch.cell(row, side.plan.unit, "" if side.plan.unit is None else side.plan.headings[side.plan.unit]))


def _one_unit(file: str) -> Diagnostic:
    from perfdsl.data.kinds import unreadable

    return unreadable(file, "只有一个单位", "存成 xlsx、csv 或 json 再读")
