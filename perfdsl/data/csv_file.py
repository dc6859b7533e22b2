"""Tables in text: values between commas or tabs."""

from __future__ import annotations

import csv
from io import StringIO

from perfdsl.data.table import Entry, Row, Table, is_blank
from perfdsl.data.text_kind import delimiter
from perfdsl.diagnostics import Cell, Diagnostic


def tables(text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    """The one table of a CSV text, every row as wide as the widest; empty rows are left out."""
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for line in lines:
            rows.append((start, line))
            start = lines.line_num + 1
    except csv.Error:
        place = Cell(file, f"第{start}行", line=start)
        return [], [Diagnostic("E401", f"第{start}行起的引号没有成对，或这一行太长，读不下去", place,
                               "检查这一行的英文双引号，或在表格软件中重新另存为 CSV")]
    width = max((len(line) for _, line in rows), default=0)
    made = (_row(file, number, line + [""] * (width - len(line))) for number, line in rows)
    return [Table(file, tuple(row for row in made if not all(map(is_blank, row))))], []


def _row(file: str, number: int, texts: list[str]) -> Row:
    return tuple(Entry(text, Cell(file, f"第{number}行第{at}列", "", number, at)) for at, text in enumerate(texts, 1))
