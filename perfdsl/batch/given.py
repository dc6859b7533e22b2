"""What a program is given of a chunk of units: their scores, and a row for each unit that has none."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.engine import Engine, engine
from perfdsl.batch.reading.about import NO_YEAR
from perfdsl.batch.reading.chunk import Chunk
from perfdsl.batch.rejects import Reject
from perfdsl.batch.scoring import scored
from perfdsl.batch.shape import Shape, shape_of
from perfdsl.batch.sinks.arrow import widened_schema
from perfdsl.batch.sinks.table import nothing, table
from perfdsl.batch.stopped import Refused
from perfdsl.diagnostics import blocking, errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded
from perfdsl.record import record

REJECTED = "退回原因"
"""The last column of what is given back: why a unit has no scores; null where it has."""


@record
class Giving:
    """A ruleset made ready to score, and the columns that come of it."""

    ruleset: Ruleset
    compute: Engine
    shape: Shape
    schema: Any


@record
class Given:
    """Record batches of one chunk, None where no unit is in them; `apart` of the scored ones were worked out one by one."""

    scores: Any
    rejects: Any
    apart: int


def giving(loaded: Loaded, brief: bool, threads: int | None = None) -> Giving:
    """Raises `Refused` for a ruleset that cannot be used."""
    import pyarrow as pa

    ruleset = usable(loaded)
    is_sound = not errors(loaded.diagnostics)
    compute = engine(ruleset, is_sound, brief, threads)
    shape = shape_of(ruleset, loaded.digest, brief, is_sound)
    schema = widened_schema(nothing(compute, shape).schema).append(pa.field(REJECTED, pa.string()))
    return Giving(ruleset, compute, shape, schema)


def usable(loaded: Loaded) -> Ruleset:
    if loaded.ruleset is None or blocking(loaded.diagnostics):
        raise Refused("；".join(one.message for one in errors(loaded.diagnostics)))
    return loaded.ruleset


def given(chunk: Chunk, by: Giving) -> Given:
    """Each unit of the chunk once."""
    rejects = _rejected(chunk.rejects, by.schema) if chunk.rejects else None
    if not chunk.block.size:
        return Given(None, rejects, 0)
    scores = scored(chunk, by.compute, by.ruleset, by.shape.grade_due)
    made = table(scores, chunk.names, chunk.codes, chunk.years, by.shape)
    return Given(_fitted(made, by.schema), rejects, scores.apart)


def _fitted(batch: Any, schema: Any) -> Any:
    """The columns of *schema*, of its types."""
    import pyarrow as pa

    found = dict(zip(batch.schema.names, batch.columns, strict=True))
    columns = [as_type(found[field.name], field.type) if field.name in found else pa.nulls(batch.num_rows, field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def as_type(column: Any, kind: Any) -> Any:
    """A decimal as a whole number is that of its last places, and the other way round."""
    import pyarrow as pa

    seen = (pa.types.is_decimal64(column.type) and pa.types.is_int64(kind)) or (pa.types.is_int64(column.type) and pa.types.is_decimal64(kind))
    return pa.Array.from_buffers(kind, len(column), column.buffers(), column.null_count, column.offset) if seen else column.cast(kind)


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
