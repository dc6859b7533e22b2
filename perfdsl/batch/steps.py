"""A source as a stream of chunks."""

from __future__ import annotations

from collections.abc import Callable, Generator

from perfdsl.batch.block import Flags
from perfdsl.batch.reading.about import About, about
from perfdsl.batch.reading.chunk import chunk
from perfdsl.batch.reading.long import Gathered, Gathering
from perfdsl.batch.reading.plan import wide_plan
from perfdsl.batch.run import Step
from perfdsl.batch.sources.source import Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.batch.units_met import Met
from perfdsl.data.headings import is_long
from perfdsl.data.names import Slots
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed


def steps_of(source: Source, ruleset: Ruleset, names: Slots, finished: int) -> Generator[Step, None, None]:
    """The rows of a table, unit by unit.  Of the first *finished* rows only the units are noted."""
    return _long(source, ruleset, names, finished) if is_long(source.header) else _wide(source, ruleset, names, finished)


def _wide(source: Source, ruleset: Ruleset, names: Slots, finished: int) -> Generator[Step, None, None]:
    met, rows, plan, header = Met(), 0, wide_plan(source.header, names), source.header
    for batch in source.batches():
        rows += batch.rows.num_rows
        if batch.header is not None and batch.header != header:
            header, plan = batch.header, wide_plan(batch.header, names)
        yield _step(Gathered(batch, plan, batch.rows.num_rows, {}), ruleset, met, rows <= finished, _again)


def _long(source: Source, ruleset: Ruleset, names: Slots, finished: int) -> Generator[Step, None, None]:
    met, rows = Met(), 0
    for gathered in Gathering(source, names).units(source.batches()):
        rows += gathered.rows
        yield _step(gathered, ruleset, met, rows <= finished, _scattered)


def _step(gathered: Gathered, ruleset: Ruleset, met: Met, is_finished: bool, judged: Callable[[dict[int, Diagnostic]], dict[int, Diagnostic]]) -> Step:
    batch, plan = gathered.batch, gathered.plan

    def twice(who: About, counts: Flags) -> dict[int, Diagnostic]:
        return judged(met.twice(who, batch.file, batch.lines, counts))

    if not is_finished:
        return Step(chunk(batch, plan, ruleset.year, twice, gathered.faults), gathered.rows, met.mark)
    who = about(batch, plan, ruleset.year)
    twice(who, ~who.passed_over & ~who.faulty)
    return Step(None, gathered.rows, met.mark)


def _again(found: dict[int, Diagnostic]) -> dict[int, Diagnostic]:
    """A second row of a unit is rejected."""
    return found


def _scattered(found: dict[int, Diagnostic]) -> dict[int, Diagnostic]:
    """A unit that comes again has been scored without the rest of its rows: nothing of this run may stay."""
    for fault in found.values():
        name = fault.message.removesuffix("给了两次")
        raise Unreadable(changed(fault, message=f"{name}的行不连在一起", hint="先按单位（和年度）排序，同一单位的行放在一起；数据库的查询加 ORDER BY"))
    return found
