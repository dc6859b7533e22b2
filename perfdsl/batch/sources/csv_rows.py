"""Blocks of whole rows of CSV as record batches: by machine code, else by Arrow; columns of nothing but numbers as exact decimals."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from perfdsl.batch.sources import csv_machine
from perfdsl.batch.sources.csv_numbers import is_plain, places_of

_FAST_BLOCK = 1 << 20
"""Bytes that Arrow reads at a time in one thread; a row that breaks within quotation marks must not be cut."""
_DIGITS = 38


class Reader:
    """Reads a table so *width*, its cells between *delimiter*; *numbers* are the columns that may hold nothing but numbers.

    Such a column has as many decimals as its numbers have had so far.  One that has held a text leaves for good.
    """

    def __init__(self, width: int, delimiter: str, numbers: Iterable[int]) -> None:
        self.width, self.delimiter = width, delimiter
        self._places = dict.fromkeys(numbers, 0)

    def look_at(self, block: bytes) -> None:
        """Learn of some rows which columns hold numbers."""
        if (texts := self._by_arrow(block, {})) is not None:
            self._learn(texts)

    def rows(self, block: bytes, lines: int) -> Any:
        """The rows where all have as many cells as there are headings; None where Arrow does not follow."""
        found = csv_machine.rows(block, self.width, self.delimiter, lines, self._places)
        if found is not None:
            return found
        found = self._by_arrow(block, self._places)
        if not self._places or (found is not None and is_plain(block, found)):
            return found
        texts = self._by_arrow(block, {})
        if texts is not None:
            self._learn(texts)
        return texts

    def _learn(self, texts: Any) -> None:
        met = places_of([texts.column(at) for at in self._places])
        self._places = {at: max(known, most) for (at, known), most in zip(self._places.items(), met, strict=True) if most is not None}

    def _by_arrow(self, block: bytes, places: dict[int, int]) -> Any:
        """Rows of texts, but for the columns with so many decimals."""
        import pyarrow as pa
        from pyarrow import csv as fast

        if not block:
            return None
        names = [str(at) for at in range(self.width)]
        types = dict.fromkeys(names, pa.string()) | {str(at): pa.decimal128(_DIGITS, some) for at, some in places.items()}
        quoted = b'"' in block
        try:
            table = fast.read_csv(
                pa.BufferReader(block), fast.ReadOptions(column_names=names, block_size=len(block) + 1 if quoted else _FAST_BLOCK),
                fast.ParseOptions(delimiter=self.delimiter, newlines_in_values=quoted),
                fast.ConvertOptions(column_types=types, null_values=[""], strings_can_be_null=False, quoted_strings_can_be_null=False))
        except pa.ArrowException:
            return None
        return table.combine_chunks().to_batches(max_chunksize=None)[0] if table.num_rows else None
