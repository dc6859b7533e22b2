"""What stands in a cell of a typed column, as `perfdsl eval` would see it: a text."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from perfdsl.data.number_format import shown
from perfdsl.data.table import Entry
from perfdsl.diagnostics import Cell, Diagnostic


def entry_of(value: object, cell: Cell) -> Entry:
    """A value of Arrow or of a database as a cell; what is no single value carries a fault."""
    text = text_of(value)
    if text is not None:
        return Entry(text, cell)
    return Entry("", cell, Diagnostic("E402", "这里要一个值，不能是列表或别的结构", cell, "写成一个值，如「3.6亿元」"))


def text_of(value: object) -> str | None:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case float():
            return (shown(value, "General") or str(value)) if value - value == 0 else str(value)
        case Decimal():
            return plain_text(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date():
            return value.isoformat()
        case bytes():
            return value.decode("utf-8", "replace")
    return None


def plain_text(value: Decimal) -> str:
    """`12.50` is 12.5, and there is no exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_at(array: Any, row: int) -> object:
    """One value of a pyarrow array."""
    value = array[row].as_py()
    if str(array.type) == "float" and value is not None:
        import numpy as np

        return float(str(np.float32(value)))
    return value


def strings(array: Any) -> Any:
    """The column as texts, nulls kept."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = array.type
    if pa.types.is_dictionary(kind):
        return strings(array.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return array
    if pa.types.is_integer(kind):
        return pc.cast(array, pa.string())
    return pa.array([None if not array[at].is_valid else text_of(value_at(array, at)) for at in range(len(array))], pa.string())
