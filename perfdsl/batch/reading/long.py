"""A table with a row for each indicator of each unit: the rows of a unit, which stand together, become one row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.reading.chunk import Faults
from perfdsl.batch.reading.meaning import Meanings, Place
from perfdsl.batch.reading.named import Named
from perfdsl.batch.reading.plan import Column, Plan
from perfdsl.batch.reading.texts import strings
from perfdsl.batch.sources.source import Batch, Source
from perfdsl.data.headings import Role, role_of
from perfdsl.data.names import Slots
from perfdsl.record import record

_ABOUT = (Role.UNIT, Role.CODE, Role.YEAR)

@record
class Gathered:
    """Units as rows, what their columns are, how many rows of the source they were, and faults that no column has."""

    batch: Batch
    plan: Plan
    rows: int
    faults: Faults


class Gathering:
    """The rows of a source, unit by unit."""

    def __init__(self, source: Source, names: Slots) -> None:
        self.names = names
        self.at: dict[Role, int] = {}
        self.texts = tuple("" if entry is None else entry.text for entry in source.header.row)
        for at, text in enumerate(self.texts):
            role = role_of(text)
            if role is not None:
                self.at.setdefault(role, at)
        self.named = Named(names)
        self._meanings: dict[tuple[str, Role], Meanings] = {}

    def units(self, batches: Iterator[Batch]) -> Iterator[Gathered]:
        """The last unit of each batch waits for the next: it may go on there."""
        waiting: Batch | None = None
        for batch in batches:
            whole = batch if waiting is None or waiting.file != batch.file else _joined(waiting, batch)
            if waiting is not None and waiting.file != batch.file:
                yield self._gathered(waiting)
            last = int(np.flatnonzero(self._begins(whole.rows))[-1]) if whole.rows.num_rows else 0
            if last:
                yield self._gathered(_part(whole, 0, last))
            waiting = _part(whole, last, whole.rows.num_rows)
        if waiting is not None and waiting.rows.num_rows:
            yield self._gathered(waiting)

    def _begins(self, rows: Any) -> Flags:
        """Where a unit begins: name, code or year is another than in the row before."""
        begins = np.zeros(rows.num_rows, bool)
        begins[:1] = True
        for role in _ABOUT:
            if role in self.at:
                codes = strings(rows.column(self.at[role])).dictionary_encode(null_encoding="encode").indices.to_numpy(zero_copy_only=False)
                begins[1:] |= codes[1:] != codes[:-1]
        return begins

    def _gathered(self, batch: Batch) -> Gathered:
        begins = self._begins(batch.rows)
        unit = np.cumsum(begins) - 1
        slots, faults = self.named.slots(batch, self.at, unit, self.texts)
        first = np.flatnonzero(begins)
        return self._wide(batch, unit, first, slots, faults)

    def _wide(self, batch: Batch, unit: Integers, first: Integers, slots: Integers, faults: Faults) -> Gathered:
        import pyarrow as pa

        arrays = [batch.rows.column(self.at[role]).take(first) for role in _ABOUT if role in self.at]
        headings = [self.texts[self.at[role]] for role in _ABOUT if role in self.at]
        lines: dict[int, Integers] = {}
        columns: list[Column] = []
        for number in np.unique(slots[slots >= 0]):
            rows = np.flatnonzero(slots == number)
            where = np.full(len(first), -1)
            where[unit[rows][::-1]] = rows[::-1]
            for role in (role for role in Role.of_a_value() if role in self.at):
                lines[len(arrays)] = np.where(where < 0, batch.lines[first], batch.lines[where])
                columns.append(self._column(len(arrays), int(number), role))
                headings.append(f"{self.named.paths[number]}」的「{self.texts[self.at[role]]}")
                arrays.append(batch.rows.column(self.at[role]).take(pa.array(where, mask=where < 0)))
        about = {role: at for at, role in enumerate(role for role in _ABOUT if role in self.at)}
        wide = Batch(pa.RecordBatch.from_arrays(arrays, [str(at) for at in range(len(arrays))]), batch.file, batch.lines[first], lines)
        plan = Plan(about.get(Role.UNIT), about.get(Role.CODE), about.get(Role.YEAR), tuple(columns), tuple(headings))
        return Gathered(wide, plan, batch.rows.num_rows, faults)

    def _column(self, at: int, number: int, role: Role) -> Column:
        path = self.named.paths[number]
        meanings = self._meanings.setdefault((path, role), Meanings(Place(self.names.by_path[path], role)))
        return Column(at, f"{path}.{self.texts[self.at[role]]}", meanings)


def _joined(first: Batch, second: Batch) -> Batch:
    import pyarrow as pa

    table = pa.Table.from_batches([first.rows, second.rows]).combine_chunks()
    return Batch(table.to_batches()[0], second.file, np.concatenate([first.lines, second.lines]))


def _part(batch: Batch, start: int, end: int) -> Batch:
    return Batch(batch.rows.slice(start, end - start), batch.file, batch.lines[start:end])


