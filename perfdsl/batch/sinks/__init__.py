"""Where scores go: one module a format."""

from __future__ import annotations

from perfdsl.batch.sinks.sink import Sink

__all__ = ["Sink", "sink_of"]


def sink_of(kind: str, metadata: dict[str, str]) -> Sink:
    """What writes this format; raises `Lacking` where a package for it is missing."""
    match kind:
        case "parquet":
            from perfdsl.batch.sinks.parquet import ParquetSink

            return ParquetSink(metadata)
        case "csv":
            from perfdsl.batch.sinks.csv_text import CsvSink

            return CsvSink(metadata)
        case "arrow":
            from perfdsl.batch.sinks.arrow import ArrowSink

            return ArrowSink(metadata)
        case "jsonl":
            from perfdsl.batch.sinks.json_lines import JsonLinesSink

            return JsonLinesSink(metadata)
    from perfdsl.batch.sinks.xlsx import XlsxSink

    return XlsxSink(metadata)
