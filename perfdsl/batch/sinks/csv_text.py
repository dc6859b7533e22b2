"""CSV that Excel and WPS open: with a BOM, and no text that they would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from perfdsl.batch.sinks.sink import Sink, Written
from perfdsl.harmless import harmless

_BOM = b"\xef\xbb\xbf"
_ROWS = 32_768
"""Rows at a time: their texts fit into 2 GB whatever they say."""


class CsvSink(Sink):
    rows = 32_768  # a part is a piece of text: many of them cost nothing, and the first is written while the next is read

    def load(self) -> None:
        import perfdsl.batch.sinks.csv_machine  # noqa: F401

    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        start = [_BOM + head(batches[0].schema.names)] if is_first else []
        return b"".join([*start, *(lines for batch in batches for lines in _lines(batch))]), ""

    def finish(self, hidden: Path, parts: list[Written], schema: Any) -> None:
        if not parts:
            hidden.write_bytes(_BOM + head(schema.names))


def head(names: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerow([harmless(name) for name in names])
    return out.getvalue().encode()


def _lines(batch: Any) -> Iterator[memoryview]:
    """The rows, by machine code where there is any."""
    from perfdsl.batch.sinks import csv_cells, csv_machine

    for at in range(0, batch.num_rows, _ROWS):
        rows = batch.slice(at, _ROWS)
        yield csv_machine.lines(rows) or csv_cells.lines(rows)
