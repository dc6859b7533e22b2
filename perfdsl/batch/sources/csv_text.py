"""CSV of any size and encoding: blocks of whole rows, read at once where they are regular, else as `perfdsl.data` reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import chain

import numpy as np

from perfdsl.batch.ahead import ahead
from perfdsl.batch.block import Integers
from perfdsl.batch.sources.counting import as_bytes, count
from perfdsl.batch.sources.csv_numbers import number_columns
from perfdsl.batch.sources.csv_rows import Reader
from perfdsl.batch.sources.encoded import FIRST, PIECE, pieces, with_line_feeds
from perfdsl.batch.sources.files import identity
from perfdsl.batch.sources.source import Batch, Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.csv_file import tables
from perfdsl.data.headings import find_header
from perfdsl.data.layout import no_headings
from perfdsl.data.names import Slots
from perfdsl.data.text_kind import delimiter
from perfdsl.diagnostics import Cell, Diagnostic

_LONGEST = 1 << 26
"""Bytes among which a quotation must have ended."""
_HEAD = 1 << 16
"""Bytes among which the headings stand."""
_NEWLINE = ord("\n")
_SAVE_AGAIN = "检查换行和英文双引号，或在表格软件中重新另存为 CSV"


def csv_files(files: list[str], names: Slots) -> Source:
    """One file, or several with the same headings."""
    sources = [_csv(file, names) for file in files]
    first = _texts(sources[0])
    for source, file in zip(sources, files, strict=True):
        if _texts(source) != first:
            raise Unreadable(Diagnostic("E408", f"标题行和「{files[0]}」的不一样", Cell(file, "标题行"), "各文件的标题和次序要相同；不同的分开计分"))
    return Source(files[0], sources[0].header, lambda: chain.from_iterable(source.batches() for source in sources), identity(files), None)


def _texts(source: Source) -> list[str]:
    return ["" if entry is None else entry.text for entry in source.header.row]


def _csv(file: str, names: Slots) -> Source:
    start = next(_rows_of(file, FIRST), b"")
    head = start[: _last_end(start[:_HEAD]) or len(start)].decode()
    found, wrong = tables(head, file)
    if wrong:
        raise Unreadable(wrong[0])
    header = find_header([*found], names)
    if header is None:
        raise Unreadable(no_headings(found, file, names))
    line = next((entry.cell.line for entry in header.row if entry and entry.cell.line), 1)
    reader = Reader(len(header.row), delimiter(head), number_columns(header, names))
    return Source(file, header, lambda: ahead(_batches(file, reader, _rows_of(file), line)), "")


def _rows_of(file: str, size: int = PIECE) -> Iterator[bytes]:
    return whole_rows(with_line_feeds(pieces(file, size)), file)


def whole_rows(parts: Iterator[bytes], file: str) -> Iterator[bytes]:
    """Pieces that end with a row.  Raises `Unreadable` behind a row that does not end."""
    waiting = b""
    for piece in parts:
        waiting += piece
        end = _last_end(waiting)
        if end:
            yield waiting[:end]
            waiting = waiting[end:]
        if len(waiting) > _LONGEST:
            yield waiting
            raise Unreadable(Diagnostic("E401", f"有一行超过 {_LONGEST >> 20} MB，读不下去", Cell(file, ""), _SAVE_AGAIN))
    if waiting:
        yield waiting


def _last_end(text: bytes) -> int:
    """Where the last row ends that does not break within quotation marks."""
    if b'"' not in text:
        return text.rfind(b"\n") + 1
    end, quotes = text.rfind(b"\n") + 1, 0
    quotes = text.count(b'"', 0, end)
    while end and quotes % 2:
        before = text.rfind(b"\n", 0, end - 1) + 1
        quotes -= text.count(b'"', before, end)
        end = before
    return end


def batches_of(file: str, blocks: Iterator[bytes], width: int) -> Iterator[Batch]:
    """Rows without headings, between commas."""
    return _batches(file, Reader(width, ",", ()), blocks, 0)


def _batches(file: str, reader: Reader, blocks: Iterator[bytes], headings: int) -> Iterator[Batch]:
    """The rows below the line of the *headings*; 0: there are none."""
    line = 1
    for block in blocks:
        newlines = _newlines(block)
        yield from _of_block(block, newlines, line, file, reader, headings)
        line += newlines


def _newlines(block: bytes) -> int:
    """As `bytes.count`, which looks for one after another."""
    return count(as_bytes(block), lambda part: part == _NEWLINE)


def _of_block(block: bytes, newlines: int, line: int, file: str, reader: Reader, headings: int) -> Iterator[Batch]:
    if line == 1 and headings:
        block, line, newlines = _below(block, headings)
        reader.look_at(block[: _last_end(block[:_HEAD])])
    lines = newlines + (not block.endswith(b"\n") and bool(block))
    rows = reader.rows(block, lines)
    if rows is not None and rows.num_rows == lines:
        yield Batch(rows, file, np.arange(line, line + lines))
    elif block.strip():
        yield _one_by_one(block, line, file, reader)


def _below(block: bytes, line: int) -> tuple[bytes, int, int]:
    """What stands below the headings, which begin in this line: the text, the number of its first line, how many line feeds it has."""
    at = passed = quotes = 0
    while at < len(block) and (passed < line or quotes % 2):
        end = block.find(b"\n", at) + 1 or len(block)
        passed += 1
        quotes += block.count(b'"', at, end) if passed >= line else 0
        at = end
    rest = block[at:]
    return rest, passed + 1, _newlines(rest)


def _one_by_one(block: bytes, line: int, file: str, reader: Reader) -> Batch:
    import pyarrow as pa

    rows, lines = _read(block.decode(), line, file, reader)
    columns = [pa.array([row[at] if at < len(row) else "" for row in rows], pa.string()) for at in range(reader.width)]
    return Batch(pa.RecordBatch.from_arrays(columns, [str(at) for at in range(reader.width)]), file, lines)


def _read(text: str, line: int, file: str, reader: Reader) -> tuple[list[list[str]], Integers]:
    lined = csv.reader(StringIO(text, newline=""), delimiter=reader.delimiter, strict=True)
    rows, lines, start = list[list[str]](), list[int](), line
    try:
        for row in lined:
            if row:
                rows.append(row)
                lines.append(start)
            start = line + lined.line_num
    except csv.Error:
        raise Unreadable(Diagnostic("E401", f"第{start}行起的引号没有成对，或这一行太长，读不下去", Cell(file, f"第{start}行", line=start),
                                    "检查这一行的英文双引号，或在表格软件中重新另存为 CSV")) from None
    return rows, np.array(lines, np.int64)
