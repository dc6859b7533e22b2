"""CSV that Excel and WPS open: with a BOM, and no text that they would run as a formula."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from perfdsl.batch.sinks.sink import Sink, Written
from perfdsl.harmless import harmless

_BOM = b"\xef\xbb\xbf"
_RISKY = r"^\s*[=+\-@＝＋－＠]|^[\t\r]"


class CsvSink(Sink):
    def load(self) -> None:
        import polars  # noqa: F401

    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        made = io.BytesIO()
        if is_first:
            made.write(_BOM + head(batches[0].schema.names))
        for batch in batches:
            write(batch, made)
        return made.getbuffer(), ""

    def finish(self, hidden: Path, parts: list[Written], schema: Any) -> None:
        if not parts:
            hidden.write_bytes(_BOM + head(schema.names))


def head(names: list[str]) -> bytes:
    import csv

    out = io.StringIO()
    csv.writer(out).writerow([harmless(name) for name in names])
    return out.getvalue().encode()


def write(batch: Any, stream: io.BytesIO) -> None:
    import polars as pl

    frame = pl.DataFrame(pl.from_arrow(tamed(batch)))
    frame.write_csv(stream, include_header=False, line_terminator="\r\n", quote_style="necessary")


def tamed(batch: Any) -> Any:
    """Truth in words, and texts that look like a formula with a mark before them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = []
    for column in batch.columns:
        kind = column.type
        if pa.types.is_boolean(kind):
            column = pc.if_else(column, pa.scalar("是"), pa.scalar(None, pa.string()))
        elif pa.types.is_dictionary(kind):
            column = pa.DictionaryArray.from_arrays(column.indices, _tamed(column.dictionary))
        elif pa.types.is_string(kind):
            column = _tamed(column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, batch.schema.names)


def _tamed(texts: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.any(pc.match_substring_regex(texts, _RISKY)).as_py():
        return texts
    return pa.array([None if text is None else harmless(text) for text in texts.to_pylist()], pa.string())
