"""Where units come from: each source is a stream of record batches of bounded size; the first bytes tell the format."""

from __future__ import annotations

import os

from perfdsl.batch.sources.files import files_of, start_of
from perfdsl.batch.sources.source import Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.headings import Layout, is_long
from perfdsl.data.kinds import Kind, kind_of, unreadable
from perfdsl.data.names import Slots
from perfdsl.record import record

__all__ = ["Asked", "Small", "open_source"]

_DATABASES = ("duckdb:", "sqlite:", "postgresql:", "postgres:")


@record
class Asked:
    """What the user names: a file, a folder, a pattern or a database, and of that a table or a query; `outputs` must not be among them."""

    data: str
    table: str | None = None
    query: str | None = None
    outputs: tuple[str, ...] = ()

    @property
    def is_database(self) -> bool:
        return self.data.lower().startswith(_DATABASES)


@record
class Small:
    """A file of a format that is read whole, by `perfdsl.data`."""

    file: str


def open_source(asked: Asked, names: Slots) -> Source | Small:
    """Raises `Unreadable` for what the user has to mend, `Lacking` for a package that is not there."""
    if asked.is_database:
        from perfdsl.batch.sources.database import database

        return database(asked.data, asked.table, asked.query, names)
    files = files_of(asked.data)
    _not_among(files, asked)
    kinds = [_kind(file) for file in files]
    if len(files) > 1 and len(set(kinds)) > 1:
        raise Unreadable(unreadable(asked.data, f"里面有几种格式的文件：{'、'.join(sorted(set(kinds)))}", "一次读一种格式，如 数据/*.parquet"))
    source = _opened(kinds[0], files, names)
    if isinstance(source, Source) and source.header.layout in (Layout.ONE, Layout.ONE_BROKEN) and not is_long(source.header):
        return Small(files[0])
    return source


def _not_among(files: list[str], asked: Asked) -> None:
    """The result of an earlier run that stands in the folder is no data."""
    for file in files:
        for output in asked.outputs:
            if os.path.abspath(file) == os.path.abspath(output):
                raise Unreadable(unreadable(file, "是要写的文件，又在要读的文件里", "把结果写到别的文件夹"))


def _opened(kind: str, files: list[str], names: Slots) -> Source | Small:
    from perfdsl.batch.extra import need

    if kind in ("parquet", "arrow"):
        need("读 Parquet、Arrow 文件", "pyarrow", "numpy")
        from perfdsl.batch.sources import columnar

        return columnar.parquet(files, names) if kind == "parquet" else columnar.arrow(files, names)
    if kind == Kind.CSV:
        from perfdsl.batch.sources.csv_text import csv_files

        return csv_files(files, names)
    if kind == "jsonl":
        from perfdsl.batch.sources.json_lines import json_lines

        return json_lines(files, names)
    if len(files) > 1:
        raise Unreadable(unreadable(files[0], f"是 {kind}，一次只能读一个", "合成一个文件，或另存为 CSV、Parquet"))
    return Small(files[0])


def _kind(file: str) -> str:
    start = start_of(file)
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith((b"ARROW1", b"\xff\xff\xff\xff")):
        return "arrow"
    if _is_json_lines(start, file):
        return "jsonl"
    return _of_text(start, file)


def _of_text(start: bytes, file: str) -> str:
    """A piece of a text is looked at as if it were whole; what is packed is looked at whole."""
    if start.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        start = start_of(file, -1)
    elif len(start) == 1 << 20 and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[: start.rfind(b"\n") + 1] or start
    kind = kind_of(start, file)
    if isinstance(kind, Kind):
        return kind
    raise Unreadable(kind)


def _is_json_lines(start: bytes, file: str) -> bool:
    """Each line an object: by the suffix, or because the first two lines are."""
    import json

    if file.lower().endswith((".jsonl", ".ndjson")):
        return True
    lines = start.lstrip(b"\xef\xbb\xbf \r\n\t").split(b"\n")[:2]
    if len(lines) < 2 or not all(line.strip().startswith(b"{") for line in lines):
        return False
    try:
        return all(isinstance(json.loads(line), dict) for line in lines)
    except ValueError:
        return False
