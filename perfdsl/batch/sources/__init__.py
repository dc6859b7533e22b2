"""Where units come from: each source is a stream of record batches of bounded size; the first bytes tell the format."""

from __future__ import annotations

from perfdsl.batch.sources.files import files_of, start_of
from perfdsl.batch.sources.source import Source
from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import Kind, kind_of
from perfdsl.data.names import Slots
from perfdsl.record import record

__all__ = ["Asked", "Small", "open_source"]

_DATABASES = ("duckdb:", "sqlite:", "postgresql:", "postgres:")


@record
class Asked:
    """What the user names: a file, a folder, a pattern or a database, and of that a table or a query."""

    data: str
    table: str | None = None
    query: str | None = None

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
    kinds = [_kind(file) for file in files]
    if len(files) > 1 and len(set(kinds)) > 1:
        from perfdsl.data.kinds import unreadable

        raise Unreadable(unreadable(asked.data, f"里面有几种格式的文件：{'、'.join(sorted(set(kinds)))}", "一次读一种格式，如 数据/*.parquet"))
    return _opened(kinds[0], files, names)


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
        from perfdsl.data.kinds import unreadable

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
