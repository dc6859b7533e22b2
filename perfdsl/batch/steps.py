"""A source as a stream of chunks."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np

from perfdsl.batch.reading.about import about
from perfdsl.batch.reading.chunk import chunk
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.run import Step
from perfdsl.batch.sources.source import Batch, Source
from perfdsl.batch.units_met import Met
from perfdsl.model.ruleset import Ruleset


def wide_steps(source: Source, plan: Plan, ruleset: Ruleset, finished: int) -> Generator[Step, None, None]:
    """The rows of a table with a row for each unit.  Of the first *finished* rows only the units are noted."""
    met, rows = Met(), 0
    for batch in source.batches():
        rows += batch.rows.num_rows
        yield _step(batch, plan, ruleset, met, rows <= finished)


def _step(batch: Batch, plan: Plan, ruleset: Ruleset, met: Met, is_finished: bool) -> Step:
    def twice(who: Any, counts: Any) -> Any:
        return met.twice(who, batch.file, batch.lines, counts)

    if not is_finished:
        made = chunk(batch, plan, ruleset.year, twice)
        return Step(made, batch.rows.num_rows, met.mark)
    who = about(batch, plan, ruleset.year)
    twice(who, ~who.passed_over & ~who.faulty & np.ones(len(who.years), bool))
    return Step(None, batch.rows.num_rows, met.mark)
