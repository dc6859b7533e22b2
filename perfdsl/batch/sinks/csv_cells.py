"""The rows of a record batch as lines of CSV, made by Arrow: no Python object is made for a cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfdsl.batch.arrays import texts_of, units_of
from perfdsl.batch.block import Integers
from perfdsl.harmless import harmless

_HEADS = np.isin(np.arange(256), [*b"=+-@\t\r", *range(0x21), *range(0xC2, 0x100)]) & ~np.isin(np.arange(256), range(0xE4, 0xEA))
"""First bytes of a text that may be risky: its signs, blanks of any width; not of a Chinese character."""
_MARKS = (b",", b'"', b"\r", b"\n")
_SPECIAL = r'^$|[,"\r\n]'
"""What is written between quotation marks; an empty text too: without them it would be no text at all."""


def lines(batch: Any) -> memoryview:
    """The rows, each with its end; a cell is empty where its column has none."""
    *columns, last = (cells(column) for column in batch.columns)
    rows = _joined(*columns, _joined(last, "\r\n", ""), ",")
    offsets, data = texts_of(rows)
    return data[offsets[0] : offsets[-1]].data


def _joined(*texts: Any) -> Any:
    """Texts behind one another; the last stands between them."""
    return pc.binary_join_element_wise(*texts, null_handling="replace")


def cells(column: Any) -> Any:
    """What stands in the cells of a column, in a row of nothing else; null where nothing does."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return said(column.dictionary).take(column.indices)
    if pa.types.is_string(kind):
        return said(column)
    if pa.types.is_boolean(kind):
        return pc.if_else(column, pa.scalar("是"), pa.scalar(None, pa.string()))
    if pa.types.is_decimal64(kind):
        return _decimals(column)
    return pc.cast(column, pa.string())


def said(texts: Any) -> Any:
    """Texts that no spreadsheet runs, between quotation marks where they must be."""
    offsets, data = texts_of(texts)
    sizes = np.diff(offsets)
    risky = np.flatnonzero(sizes > 0)
    risky = risky[_HEADS[data[offsets[risky]]]]
    if risky.size:
        texts = _tamed(texts, risky)
        offsets, data = texts_of(texts)
        sizes = np.diff(offsets)
    raw = data[offsets[0] : offsets[-1]].tobytes()
    if np.count_nonzero(sizes == 0) != texts.null_count or any(mark in raw for mark in _MARKS):
        texts = _quoted(texts)
    return texts


def _tamed(texts: Any, rows: Integers) -> Any:
    """*rows* are the only ones that can be a formula."""
    said = texts.take(pa.array(rows)).to_pylist()
    if all(harmless(text) == text for text in said):
        return texts
    return pa.array([None if text is None else harmless(text) for text in texts.to_pylist()], pa.string())


def _quoted(texts: Any) -> Any:
    special = pc.match_substring_regex(texts, _SPECIAL)
    return pc.if_else(special, _joined('"', pc.replace_substring(texts, '"', '""'), '"', ""), texts)


def _decimals(column: Any) -> Any:
    """Most columns hold few different numbers: each of these is written once."""
    units, places = units_of(column), column.type.scale
    if column.null_count:
        units = np.where(column.is_valid(), units, 0)
    low, high = int(units.min(initial=0)), int(units.max(initial=0))
    few = high - low < len(units)
    texts = _written(np.arange(low, high + 1), places).take(pa.array(units - low)) if few else _written(units, places)
    return pc.if_else(column.is_valid(), texts, pa.scalar(None, pa.string())) if column.null_count else texts


def _written(units: Integers, places: int) -> Any:
    """Whole numbers of last places as decimals with all their places, and no exponent."""
    whole, part = np.divmod(np.abs(units), 10**places)
    texts = pc.cast(pa.array(whole), pa.string())
    if places:
        texts = _joined(texts, pc.utf8_slice_codeunits(pc.cast(pa.array(part + 10**places), pa.string()), 1), ".")
    negative = units < 0
    return pc.if_else(pa.array(negative), _joined("-", texts, ""), texts) if negative.any() else texts
