"""Parquet and Arrow files: one, or many with the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from perfdsl.batch.sources.files import identity
from perfdsl.batch.sources.parquet import parquet_file
from perfdsl.batch.sources.source import ROWS, Batch, Opened, Source, headings
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import find_header
from perfdsl.data.kinds import unreadable
from perfdsl.data.names import Slots
from perfdsl.diagnostics import Cell, Diagnostic


def parquet(files: list[str], names: Slots) -> Source:
    return _source(files, names, parquet_file)


def arrow(files: list[str], names: Slots) -> Source:
    return _source(files, names, _arrow)


def _source(files: list[str], names: Slots, opened: Callable[[str], Opened]) -> Source:
    import pyarrow as pa

    first: list[str] | None = None
    total: int | None = 0
    for file in files:
        try:
            columns, rows, _ = opened(file)
        except (pa.ArrowException, OSError):
            raise Unreadable(unreadable(file, "读不了：文件不完整，或者已经损坏", "重新拷贝或导出一次")) from None
        first = columns if first is None else first
        total = None if total is None or rows is None else total + rows
        _same(files[0], first, file, columns)
    table = headings(files[0], first or [])
    header = find_header([table], names)
    if header is None:
        raise Unreadable(no_headings(files[0], names, first or []))
    return Source(files[0], header, lambda: _batches(files, first or [], opened), identity(files), total)


def no_headings(file: str, names: Slots, columns: list[str]) -> Diagnostic:
    known = [name for name in columns if names.knows(name)]
    if known:
        return Diagnostic("E408", "每行像是一个单位，但没有「单位」一列", Cell(file, "列名"), "加一列单位名称，列名写「单位」")
    return Diagnostic("E408", "没有找到认得的列名", Cell(file, "列名"),
                      "每行一个单位：列名写「单位」和各指标的名称；每行一个指标：列名写「单位」「指标」「实际完成值」")


def _same(first: str, columns: list[str], file: str, others: list[str]) -> None:
    if set(columns) == set(others):
        return
    odd = "、".join(f"「{name}」" for name in sorted(set(columns) ^ set(others))[:5])
    raise Unreadable(Diagnostic("E408", f"和「{first}」的列不一样：{odd}", Cell(file, "列名"), "各文件的列名要相同；不同的分开计分"))


def _batches(files: list[str], columns: list[str], opened: Callable[[str], Opened]) -> Iterator[Batch]:
    for file in files:
        at = 0
        for rows in opened(file)[2](columns):
            yield Batch(rows, file, np.arange(at + 1, at + 1 + rows.num_rows))
            at += rows.num_rows


def _arrow(file: str) -> Opened:
    import pyarrow as pa

    with open(file, "rb") as stream:
        is_file = stream.read(6) == b"ARROW1"
    mapped = pa.memory_map(file)
    if is_file:
        whole = pa.ipc.open_file(mapped)
        parts: Any = (whole.get_batch(at) for at in range(whole.num_record_batches))
        return list(whole.schema.names), None, lambda columns: _small(parts, columns)
    stream = pa.ipc.open_stream(mapped)
    return list(stream.schema.names), None, lambda columns: _small(stream, columns)


def _small(batches: Any, columns: list[str]) -> Iterator[Any]:
    """Batches of bounded size, of these columns."""
    for batch in batches:
        chosen = batch.select(columns)
        for at in range(0, chosen.num_rows, ROWS):
            yield chosen.slice(at, ROWS)
