"""What runs in Spark's Python workers.  A function comes by its name, and with it a text that says all it has to know."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags
from perfdsl.batch.counts import Counts
from perfdsl.batch.given import REJECTED, Given, Giving, as_type, given, giving, usable
from perfdsl.batch.reading.about import NO_YEAR, About, about
from perfdsl.batch.reading.chunk import Chunk, chunk
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.sources.source import ROWS, Batch
from perfdsl.batch.spark.columns import COUNTS, KEYS, KIND, ONE, REJECTS, SCORES, TWO, handed, plan_of, who_plan
from perfdsl.batch.spark.sent import read, received
from perfdsl.batch.units_met import unit_hashes
from perfdsl.diagnostics import Diagnostic
from perfdsl.pipeline import Loaded
from perfdsl.record import changed, record

_KEPT = 8
"""Rulesets that a worker remembers."""


@record
class Asked:
    """`sent`: the ruleset.  `columns`: what the columns that come are called where they come from; `places`: of those that are decimals and come
    as whole numbers.  `whole`: decimals are given back as such.  `keyed`: two columns more that tell units apart.  `counted`: rows are marked
    as what they are, and a last one holds the counts of the task.
    """

    sent: str
    columns: tuple[str, ...]
    places: tuple[int | None, ...] = ()
    whole: bool = False
    brief: bool = False
    keyed: bool = False
    counted: bool = False


def scores(asked: str, batches: Iterable[Any]) -> Iterator[Any]:
    """Record batches of units to record batches of scores; *asked* is an `Asked` in JSON."""
    it = _asked(asked)
    by, plan, counts = _giving(it.sent, it.brief, it.whole), _plan(it.sent, it.columns), Counts()
    for batch in _pieces(batches, it):
        made = chunk(batch, plan, by.ruleset.year, _nobody)
        gave = given(made, by)
        counts = counts.plus(made.counts).plus(Counts(apart=gave.apart))
        yield from _marked(gave, made, it)
    if it.counted:
        yield _counted(counts, by, it)


def units(asked: str, batches: Iterable[Any]) -> Iterator[Any]:
    """The two numbers that tell each unit apart."""
    import pyarrow as pa

    it = _asked(asked)
    plan, year = who_plan(it.columns), usable(_loaded(it.sent)).year
    for batch in _pieces(batches, it):
        who = about(batch, plan, year)
        rows = np.flatnonzero(~(who.passed_over | who.faulty))
        one, two = unit_hashes(who.names, who.codes, who.years, who.has_codes)
        yield pa.RecordBatch.from_arrays([pa.array(one[rows].view(np.int64)), pa.array(two[rows].view(np.int64))], [ONE, TWO])


@lru_cache(_KEPT)
def _loaded(sent: str) -> Loaded:
    """Once in a process, whatever the number of tasks."""
    return received(read(sent))


@lru_cache(_KEPT)
def _giving(sent: str, brief: bool, whole: bool) -> Giving:
    """A worker is one of as many as there are cores for it, so it takes one."""
    made = giving(_loaded(sent), brief, 1)
    return changed(made, schema=handed(made, whole))


@lru_cache(_KEPT)
def _plan(sent: str, columns: tuple[str, ...]) -> Plan:
    return plan_of(columns, usable(_loaded(sent)))


def _asked(written: str) -> Asked:
    said = json.loads(written)
    return Asked(**{**said, "columns": tuple(said["columns"]), "places": tuple(said["places"])})


def _pieces(batches: Iterable[Any], it: Asked) -> Iterator[Batch]:
    """Rows of a task have no numbers that a person could find them by: the name of the unit is their address."""
    import pyarrow as pa

    for plain in batches:
        columns = [column if places is None else as_type(column, pa.decimal64(18, places)) for column, places in zip(plain.columns, it.places, strict=True)]
        batch = pa.RecordBatch.from_arrays(columns, it.columns)
        for start in range(0, batch.num_rows, ROWS):
            rows = batch.slice(start, ROWS)
            yield Batch(rows, "<spark>", np.arange(1, 1 + rows.num_rows))


def _nobody(who: About, counts: Flags) -> dict[int, Diagnostic]:  # noqa: ARG001  # a task sees some units of many: which come twice is found by all
    return {}


def _marked(gave: Given, made: Chunk, it: Asked) -> Iterator[Any]:
    if gave.scores is not None:
        yield _with(gave.scores, SCORES, (made.names, made.codes, made.years), it)
    if gave.rejects is not None:
        yield _with(gave.rejects, REJECTS, _who(gave.rejects), it)


def _who(batch: Any) -> tuple[Any, Any, Any]:
    name, code, year = (batch.column(at) for at in range(3))
    return name.fill_null(""), code.fill_null(""), year.fill_null(NO_YEAR).to_numpy().astype(np.int64)


def _with(batch: Any, kind: int, who: tuple[Any, Any, Any], it: Asked) -> Any:
    """The batch and the columns beside it that are asked for."""
    import pyarrow as pa

    added: dict[str, Any] = {}
    if it.keyed:
        one, two = unit_hashes(*who)
        added |= {ONE: pa.array(one.view(np.int64)), TWO: pa.array(two.view(np.int64))}
    if it.counted:
        added[KIND] = pa.array(np.full(batch.num_rows, kind, np.int32))
    return pa.RecordBatch.from_arrays([*batch.columns, *added.values()], [*batch.schema.names, *added]) if added else batch


def _counted(counts: Counts, by: Giving, it: Asked) -> Any:
    """A row that is no unit: the counts of the task, as a text where the reason stands."""
    import pyarrow as pa

    said = {REJECTED: pa.array([json.dumps(counts.as_json())]), KIND: pa.array([COUNTS], pa.int32())}
    fields = [*by.schema, *(pa.field(*one) for one in (*(KEYS if it.keyed else ()), (KIND, "int32")))]
    return pa.RecordBatch.from_arrays([said.get(field.name, pa.nulls(1, field.type)) for field in fields], schema=pa.schema(fields))
