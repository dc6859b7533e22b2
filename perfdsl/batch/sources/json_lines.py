"""JSON lines: an object for each unit, or for each indicator of one; numbers are kept as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np

from perfdsl.batch.sources.encoded import pieces
from perfdsl.batch.sources.files import identity
from perfdsl.batch.sources.source import Batch, Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.data import nested
from perfdsl.data.headings import Header, find_header, role_of
from perfdsl.data.json_file import parsed
from perfdsl.data.layout import no_headings
from perfdsl.data.names import Slots
from perfdsl.data.nested import Members
from perfdsl.data.table import Entry, Table
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import changed

ROWS = 8_192
"""Objects of a batch."""
_Cells = dict[tuple[str, int], str]


def json_lines(files: list[str], names: Slots) -> Source:
    first = next(_batches(files, names), None)
    if first is None or first.header is None:
        raise Unreadable(Diagnostic("E401", f"「{files[0]}」是空的", Cell(files[0], "开头"), "填好数据再读"))
    return Source(files[0], first.header, lambda: _batches(files, names), identity(files))


def _batches(files: list[str], names: Slots) -> Iterator[Batch]:
    for file in files:
        lines = ((at, line) for at, line in enumerate(_lines(file), 1) if line.strip())
        while some := list(islice(lines, ROWS)):
            yield _batch(file, some, names)


def _lines(file: str) -> Iterator[bytes]:
    waiting = b""
    for piece in pieces(file):
        *whole, waiting = (waiting + piece).split(b"\n")
        yield from whole
    yield waiting


def _batch(file: str, lines: list[tuple[int, bytes]], names: Slots) -> Batch:
    """The columns are the keys of these objects; what a key of an object lacks is null."""
    import pyarrow as pa

    rows = [_cells(file, at, line) for at, line in lines]
    keys = list(dict.fromkeys(key for row in rows for key in row))
    arrays = [pa.array([row.get(key) for row in rows], pa.string()) for key in keys]
    header = _header(file, [key for key, _ in keys], names)
    return Batch(pa.RecordBatch.from_arrays(arrays, [str(at) for at in range(len(keys))]), file, np.array([at for at, _ in lines]), None, header)


def _header(file: str, keys: list[str], names: Slots) -> Header:
    table = Table(file, (tuple(Entry(key, Cell(file, f"「{key}」", "", 0, at)) for at, key in enumerate(keys, 1)),))
    header = find_header([table], names)
    if header is None:
        raise Unreadable(no_headings([table], file, names))
    return header


def _cells(file: str, at: int, line: bytes) -> _Cells:
    data, found = parsed(line.decode(), file)
    place = Cell(file, f"第{at}行", "", at)
    if found:
        raise Unreadable(changed(found[0], message=f"第{at}行不合 JSON 的写法", place=place))
    if not isinstance(data, Members):
        raise Unreadable(Diagnostic("E401", f"第{at}行应是对象：名称和值一一对应", place, '写成 {"单位": "某某局", "税收": "3.6亿元"} 的样子'))
    flat = _flat(data)
    return flat if flat is not None else _nested(data, file, place)


def _flat(data: Members) -> _Cells | None:
    """The common case: every value is a text, a number (as a text) or nothing, and no key occurs twice."""
    cells = {(key, 0): value for key, value in data.pairs}
    if len(cells) < len(data.pairs) or any(type(value) is not str for value in cells.values()):
        return None
    return cells  # type: ignore[return-value]  # all are texts


def _nested(data: Members, file: str, place: Cell) -> _Cells:
    cells: dict[Any, Entry] = nested.cells_of(data, file)
    for entry in cells.values():
        if entry.fault is not None:
            raise Unreadable(changed(entry.fault, place=place))
    return {(str(role_of(key) or key), times): entry.text for (key, times), entry in cells.items()}


