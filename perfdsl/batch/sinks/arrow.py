"""Arrow's file format; decimals of 128 bits, which all its readers know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from perfdsl.batch.sinks.sink import ByArrow


class ArrowSink(ByArrow):
    def whole(self, stream: BinaryIO, batches: Iterator[Any], schema: Any) -> None:
        import pyarrow as pa

        kinds = widened_schema(schema).with_metadata(self.metadata)
        with pa.ipc.new_file(stream, kinds) as writer:
            for batch in batches:
                writer.write_batch(widened(batch, kinds))


def widened_schema(schema: Any) -> Any:
    """The same columns without what only some readers know."""
    import pyarrow as pa

    return pa.schema([(field.name, _of(field.type)) for field in schema])


def _of(kind: Any) -> Any:
    """A dictionary may differ from part to part, which a file cannot keep; its texts can."""
    import pyarrow as pa

    if pa.types.is_dictionary(kind):
        return kind.value_type
    return pa.decimal128(kind.precision, kind.scale) if pa.types.is_decimal64(kind) else kind


def widened(batch: Any, kinds: Any) -> Any:
    import pyarrow as pa

    return pa.RecordBatch.from_arrays([column.cast(kind) for column, kind in zip(batch.columns, kinds.types, strict=True)], schema=kinds)
