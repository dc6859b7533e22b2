"""JSON lines: an object for each unit; scores are numbers with the ruleset's decimals, and what there is not is left out."""

from __future__ import annotations

import json
from typing import Any

from perfdsl.batch.sinks.sink import Sink


class JsonLinesSink(Sink):
    def part(self, batches: list[Any], is_first: bool) -> tuple[bytes | memoryview, str]:
        return b"".join(map(lines, batches)), ""


def lines(batch: Any) -> bytes:
    """Column by column `"名称": 值, `; null where there is none; then row by row."""
    import pyarrow.compute as pc

    parts = [_members(name, column) for name, column in zip(batch.schema.names, batch.columns, strict=True)]
    rows = pc.binary_join_element_wise(*parts, ", ", null_handling="skip")
    return "".join(f"{{{row}}}\n" for row in rows.to_pylist()).encode()


def _members(name: str, column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    key = json.dumps(name, ensure_ascii=False) + ": "
    kind = column.type
    if pa.types.is_dictionary(kind):
        said = pa.array([json.dumps(text, ensure_ascii=False) for text in column.dictionary.to_pylist()], pa.string())
        values = pa.DictionaryArray.from_arrays(column.indices, said).dictionary_decode()
    elif pa.types.is_string(kind):
        values = pa.array([None if text is None else json.dumps(text, ensure_ascii=False) for text in column.to_pylist()], pa.string())
    elif pa.types.is_boolean(kind):
        values = pc.if_else(column, "true", "false")
    else:
        values = pc.cast(column, pa.string())
    return pc.binary_join_element_wise(key, values, "")
