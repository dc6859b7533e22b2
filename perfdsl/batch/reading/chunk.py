"""A batch of rows becomes a block of units, and a list of what could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from perfdsl.batch.block import Block, Column, Flags, Integers, Numbers
from perfdsl.batch.counts import Counts
from perfdsl.batch.reading import numbers, words
from perfdsl.batch.reading.about import NO_YEAR, About, about, faults_about
from perfdsl.batch.reading.meaning import Said, faults
from perfdsl.batch.reading.numbers import Read
from perfdsl.batch.reading.plan import Column as Planned
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.reading.texts import entry_of, text_of, value_at
from perfdsl.batch.rejects import Reject
from perfdsl.batch.some import some_cells
from perfdsl.batch.sources.source import Batch
from perfdsl.data.facts import Facts
from perfdsl.data.headings import Role
from perfdsl.data.names import Actual
from perfdsl.diagnostics import Cell, Diagnostic, Severity
from perfdsl.model.ruleset import Kind
from perfdsl.record import changed, record

Apart = dict[int, list[tuple[str, Role, Said]]]
"""Row of a block → the cells whose value has no place in a column."""
Faults = dict[int, list[tuple[str, str, Diagnostic]]]
"""Row → heading, text, fault."""
Twice = Callable[[About, Flags], dict[int, Diagnostic]]
"""Rows that name a unit which was named before, with the fault."""


@record
class Chunk:
    """The units of a batch that can be scored, in its order, and what became of the others.

    `facts` are the data of the units where they come from a small file; the block is then empty.
    """

    block: Block
    names: Any
    codes: Any
    years: Integers
    apart: Apart
    rejects: tuple[Reject, ...]
    counts: Counts
    facts: tuple[Facts, ...] | None = None


def chunk(batch: Batch, plan: Plan, year: int | None, twice: Twice, others: Faults | None = None) -> Chunk:
    """*others* are faults of a unit that are those of none of its cells."""
    who = about(batch, plan, year)
    reads = [(column, _read(batch.rows.column(column.at), column)) for column in plan.columns]
    again = twice(who, ~who.passed_over & ~who.faulty)
    bad = who.faulty.copy()
    bad[[*again, *(others or ())]] = True
    for _, read in reads:
        bad[read.bad] = True
    bad &= ~who.passed_over
    keep = np.flatnonzero(~(bad | who.passed_over))
    rejects = tuple(one for row in np.flatnonzero(bad) for one in _rejects(batch, plan, who, reads, int(row), again, others or {}))
    block, apart = _block(reads, keep, len(bad), year)
    counts = Counts(int((~who.passed_over).sum()), len(keep), int(bad.sum()), 0, int(who.passed_over.sum()), _warned(who, reads))
    names, codes = (texts if len(keep) == len(bad) else texts.take(keep) for texts in (who.names, who.codes))
    return Chunk(block, names, codes, who.years[keep], apart, rejects, counts)


def _warned(who: About, reads: list[tuple[Planned, Read]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(numbers.total([who.warned, *(read.warned for _, read in reads)]).items()))


def _read(array: Any, column: Planned) -> Read:
    place, meanings = column.place, column.meanings
    if place.role is Role.REASON:
        return Read(words.reasons(array), np.zeros(0, np.int64), {}, Counter())
    if place.role is not Role.ACTUAL:
        return numbers.numbers(array, meanings)
    if place.slot.actual is not Actual.CELL:
        return words.marks(array, meanings)
    match place.slot.expected.kind:
        case Kind.QUANTITY:
            return numbers.numbers(array, meanings)
        case Kind.DATE:
            return words.days(array, meanings)
    return words.words(array, meanings)


def _block(reads: list[tuple[Planned, Read]], keep: Integers, n: int, year: int | None) -> tuple[Block, Apart]:
    cells: dict[str, Column] = {}
    chosen: dict[str, Numbers] = {}
    reasons: dict[str, Flags] = {}
    for column, read in reads:
        path, role = column.place.slot.path, column.place.role
        if role is Role.ACTUAL:
            cells[path] = _some(read.column, keep, n)
        elif role is Role.CHOSEN:
            chosen[path] = _some(read.column, keep, n)
        elif role is Role.REASON:
            reasons[path] = read.column if len(keep) == n else read.column[keep]
    return Block(len(keep), cells, chosen, reasons, year), _apart(reads, keep)


def _apart(reads: list[tuple[Planned, Read]], keep: Integers) -> Apart:
    apart: Apart = {}
    for column, read in reads:
        if column.place.role not in (Role.ACTUAL, Role.CHOSEN):
            continue
        for row, said in read.apart.items():
            at = int(np.searchsorted(keep, row))
            if at < len(keep) and keep[at] == row:
                apart.setdefault(at, []).append((column.place.slot.path, column.place.role, said))
    return apart


def _some(column: Column, keep: Integers, n: int) -> Any:
    """The cells of the rows that are kept, of *n*."""
    return column if len(keep) == n else some_cells(column, keep)


def _rejects(batch: Batch, plan: Plan, who: About, reads: list[tuple[Planned, Read]], row: int, again: dict[int, Diagnostic],
             others: Faults) -> Iterator[Reject]:
    year = "" if who.years[row] == NO_YEAR else str(who.years[row])
    name, code = who.names[row].as_py(), who.codes[row].as_py()

    def place(at: int | None) -> Cell:
        return batch.cell(row, at, "" if at is None else plan.headings[at])

    for heading, text, fault in (*_found(batch, plan, reads, row, place), *others.get(row, ())):
        yield Reject(name, code, year, heading, text, fault, row)
    if row in again:
        yield Reject(name, code, year, "", "", changed(again[row], place=place(plan.unit)), row)


def _found(batch: Batch, plan: Plan, reads: list[tuple[Planned, Read]], row: int, place: Callable[[int | None], Cell]
           ) -> Iterator[tuple[str, str, Diagnostic]]:
    yield from faults_about(batch, plan, row, place)
    for column, read in reads:
        at = np.searchsorted(read.bad, row)
        if at == len(read.bad) or read.bad[at] != row:
            continue
        value = value_at(batch.rows.column(column.at), row)
        for fault in faults(column.place, entry_of(value, place(column.at))):
            if fault.severity is Severity.ERROR:
                yield column.heading, text_of(value) or "", fault
