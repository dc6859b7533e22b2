"""What could not be scored, and why: a line for each fault, that a person can work through in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.harmless import harmless
from perfdsl.record import record

HEADINGS = ("文件", "位置", "单位", "单位代码", "年度", "列", "代码", "原文", "原因", "怎样改")


@record
class Reject:
    """One fault of a unit: where it stands, under which heading, what is written there.  All faults of a unit have the same `row`."""

    unit: str
    code: str
    year: str
    heading: str
    text: str
    fault: Diagnostic
    row: int = 0

    def cells(self) -> tuple[str, ...]:
        place = self.fault.place
        file, address = (place.file, str(place)[len(place.file) + 1 :]) if isinstance(place, Cell) else ("", "")
        first = "".join(f"（{note.message}：{_address(note.place)}）" for note in self.fault.notes)
        return (file, address, self.unit, self.code, self.year, self.heading, self.fault.code, self.text, self.fault.message + first,
                self.fault.hint)


def cell_of(file: str, line: int, at: int | None, heading: str) -> Cell:
    """Where a cell stands, or a row (*at* None)."""
    return Cell(file, f"第{line}行「{heading}」" if heading else f"第{line}行", "", line, None if at is None else at + 1)


def _address(place: object) -> str:
    return str(place)[len(place.file) + 1 :] if isinstance(place, Cell) else ""


def head() -> bytes:
    return ("\ufeff" + _lines([HEADINGS])).encode()


def lines(rejects: Iterable[Reject]) -> bytes:
    return _lines(reject.cells() for reject in rejects).encode("utf-8", "surrogateescape")


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()
