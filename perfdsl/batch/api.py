"""Scores of a table of Arrow, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from perfdsl.batch.given import given, giving, usable
from perfdsl.batch.sources.columnar import no_headings
from perfdsl.batch.sources.source import ROWS, Batch, Source, headings
from perfdsl.batch.steps import steps_of
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import find_header
from perfdsl.data.names import Slots
from perfdsl.pipeline import Loaded, load


def score_table(ruleset: Loaded | str | Path, units: Any, brief: bool = False) -> Any:
    """The scores of a pyarrow Table, units that cannot be read included: see `score_batches`."""
    import pyarrow as pa

    loaded = loaded_of(ruleset)
    return pa.Table.from_batches(score_batches(loaded, units.to_batches(), brief), schema_of(loaded, brief))


def schema_of(ruleset: Loaded | str | Path, brief: bool = False) -> Any:
    """The columns that `score_batches` gives."""
    return giving(loaded_of(ruleset), brief).schema


def score_batches(ruleset: Loaded | str | Path, batches: Iterable[Any], brief: bool = False) -> Iterator[Any]:
    """For record batches of units, as their columns would stand in a Parquet file, record batches of scores.

    Each unit comes out once: with its scores, or with what is wrong with its data under `退回原因`.  Raises `Unreadable` for columns that
    mean nothing, `Refused` for a ruleset that cannot be used.
    """
    by = giving(loaded_of(ruleset), brief)
    names, waiting = Slots(by.ruleset), iter(batches)
    first = next(waiting, None)
    if first is None:
        return
    for step in steps_of(_source(first, waiting, names), by.ruleset, names, 0):
        assert step.chunk is not None
        made = given(step.chunk, by)
        yield from (one for one in (made.scores, made.rejects) if one is not None)


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


def loaded_of(ruleset: Loaded | str | Path) -> Loaded:
    """Raises `Refused` for a ruleset that cannot be used."""
    loaded = ruleset if isinstance(ruleset, Loaded) else load(ruleset)
    usable(loaded)
    return loaded
