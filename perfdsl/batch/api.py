"""Scores of a table of Arrow, for programs: what Spark's `mapInArrow` calls too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from perfdsl.batch.engine import engine
from perfdsl.batch.reading.about import NO_YEAR
from perfdsl.batch.rejects import Reject
from perfdsl.batch.run import Step
from perfdsl.batch.scoring import scored
from perfdsl.batch.shape import Shape, shape_of
from perfdsl.batch.sinks.arrow import widened, widened_schema
from perfdsl.batch.sinks.table import nothing, table
from perfdsl.batch.sources.columnar import no_headings
from perfdsl.batch.sources.source import ROWS, Batch, Source, headings
from perfdsl.batch.steps import steps_of
from perfdsl.batch.stopped import Refused, Unreadable
from perfdsl.data.headings import find_header
from perfdsl.data.names import Slots
from perfdsl.diagnostics import blocking, errors
from perfdsl.pipeline import Loaded, load

REJECTED = "退回原因"
"""The last column of what is given back: why a unit has no scores; null where it has."""


def score_table(ruleset: Loaded | str | Path, units: Any, brief: bool = False) -> Any:
    """The scores of a pyarrow Table, units that cannot be read included: see `score_batches`."""
    import pyarrow as pa

    loaded = _loaded(ruleset)
    return pa.Table.from_batches(score_batches(loaded, units.to_batches(), brief), schema_of(loaded, brief))


def schema_of(ruleset: Loaded | str | Path, brief: bool = False) -> Any:
    """The columns that `score_batches` gives."""
    import pyarrow as pa

    loaded = _loaded(ruleset)
    assert loaded.ruleset is not None
    schema = nothing(engine(loaded.ruleset, brief=brief), _shape(loaded, brief)).schema
    return widened_schema(schema).append(pa.field(REJECTED, pa.string()))


def score_batches(ruleset: Loaded | str | Path, batches: Iterable[Any], brief: bool = False) -> Iterator[Any]:
    """For record batches of units, as their columns would stand in a Parquet file, record batches of scores.

    Each unit comes out once: with its scores, or with what is wrong with its data under `退回原因`.  Raises `Unreadable` for columns that
    mean nothing, `Refused` for a ruleset that cannot be used.
    """
    loaded = _loaded(ruleset)
    assert loaded.ruleset is not None
    compute, shape, schema = engine(loaded.ruleset, not errors(loaded.diagnostics), brief), _shape(loaded, brief), schema_of(loaded, brief)
    names = Slots(loaded.ruleset)
    waiting = iter(batches)
    first = next(waiting, None)
    if first is None:
        return
    for step in steps_of(_source(first, waiting, names), loaded.ruleset, names, 0):
        yield from _given(step, compute, shape, schema, loaded)


def _given(step: Step, compute: Any, shape: Shape, schema: Any, loaded: Loaded) -> Iterator[Any]:
    chunk = step.chunk
    assert chunk is not None
    assert loaded.ruleset is not None
    if chunk.block.size:
        made = table(scored(chunk, compute, loaded.ruleset), chunk.names, chunk.codes, chunk.years, shape)
        yield _with_reasons(widened(made, widened_schema(made.schema)), schema)
    if chunk.rejects:
        yield _rejected(chunk.rejects, schema)


def _with_reasons(batch: Any, schema: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([*batch.columns, pa.nulls(batch.num_rows, pa.string())], schema=schema)


def _rejected(rejects: tuple[Reject, ...], schema: Any) -> Any:
    """A row for each unit that has no scores."""
    import pyarrow as pa

    rows: dict[int, list[Reject]] = {}
    for one in rejects:
        rows.setdefault(one.row, []).append(one)
    firsts = [faults[0] for faults in rows.values()]
    years = np.array([int(one.year or NO_YEAR) for one in firsts], np.int32)
    known = {"单位": pa.array([one.unit or None for one in firsts], pa.string()), "单位代码": pa.array([one.code or None for one in firsts], pa.string()),
             "年度": pa.array(years, mask=years == NO_YEAR), REJECTED: pa.array(["；".join(map(_reason, faults)) for faults in rows.values()], pa.string())}
    return pa.RecordBatch.from_arrays([known.get(field.name, pa.nulls(len(rows), field.type)) for field in schema], schema=schema)


def _reason(one: Reject) -> str:
    heading = f"{one.heading}：" if one.heading else ""
    return f"{one.fault.code} {heading}{one.fault.message}"


def _source(first: Any, rest: Iterator[Any], names: Slots) -> Source:
    columns = list(first.schema.names)
    header = find_header([headings("<arrow>", columns)], names)
    if header is None:
        raise Unreadable(no_headings("<arrow>", names, columns))
    return Source("<arrow>", header, lambda: _batches(first, rest, columns), "")


def _batches(first: Any, rest: Iterator[Any], columns: list[str]) -> Iterator[Batch]:
    at = 0
    for batch in (one for some in ([first], rest) for one in some):
        chosen = batch.select(columns)
        for start in range(0, chosen.num_rows, ROWS):
            rows = chosen.slice(start, ROWS)
            yield Batch(rows, "<arrow>", np.arange(at + 1, at + 1 + rows.num_rows))
            at += rows.num_rows


def _loaded(ruleset: Loaded | str | Path) -> Loaded:
    loaded = ruleset if isinstance(ruleset, Loaded) else load(ruleset)
    if loaded.ruleset is None or blocking(loaded.diagnostics):
        raise Refused("；".join(one.message for one in errors(loaded.diagnostics)))
    return loaded


def _shape(loaded: Loaded, brief: bool) -> Shape:
    assert loaded.ruleset is not None
    return shape_of(loaded.ruleset, loaded.digest, brief, not errors(loaded.diagnostics))
