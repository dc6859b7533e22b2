"""A workbook: sheets of at most as many rows as Excel has, written row by row."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

from perfdsl.batch.extra import need
from perfdsl.batch.sinks.sink import ByArrow

ROWS = 1_048_575
"""Below the headings."""


class XlsxSink(ByArrow):
    def __init__(self, metadata: dict[str, str]) -> None:
        super().__init__(metadata)
        need("写 xlsx ", "xlsxwriter")

    def whole(self, stream: BinaryIO, batches: Iterator[Any], schema: Any) -> None:
        import xlsxwriter  # type: ignore[import-untyped]  # it comes without types

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(stream, options)
        book.set_custom_property("规则集摘要", self.metadata.get("perfdsl.digest", ""))
        _Sheets(book, schema).write(batches)
        book.close()


class _Sheets:
    """得分, 得分2, 得分3 …"""

    def __init__(self, book: Any, schema: Any) -> None:
        self.book, self.schema, self.number, self.row = book, schema, 0, ROWS
        self.formats = [self._format(field.type) for field in schema]
        self.sheet: Any = None

    def _format(self, kind: Any) -> Any:
        import pyarrow as pa

        if not pa.types.is_decimal(kind):
            return None
        return self.book.add_format({"num_format": f"0.{'0' * kind.scale}" if kind.scale else "0"})

    def write(self, batches: Iterator[Any]) -> None:
        for batch in batches:
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                self._row(values)
        if self.sheet is None:
            self._begin()

    def _begin(self) -> None:
        self.number, self.row = self.number + 1, 0
        self.sheet = self.book.add_worksheet("得分" if self.number == 1 else f"得分{self.number}")
        self.sheet.freeze_panes(1, 1)
        self.sheet.write_row(0, 0, self.schema.names)

    def _row(self, values: tuple[Any, ...]) -> None:
        if self.row == ROWS:
            self._begin()
        self.row += 1
        for at, value in enumerate(values):
            match value:
                case None | False:
                    continue
                case True:
                    self.sheet.write_string(self.row, at, "是")
                case str():
                    self.sheet.write_string(self.row, at, value)
                case Decimal():
                    self.sheet.write_number(self.row, at, float(value), self.formats[at])
                case _:
                    self.sheet.write_number(self.row, at, value)
