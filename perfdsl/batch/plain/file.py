"""A small file as rows of texts, where it is a regular table; what is not is left to the readers that know how to say so."""

from __future__ import annotations

import csv
import os
from io import StringIO
from itertools import chain
from typing import NamedTuple

from perfdsl.data.marks import clean
from perfdsl.data.text_kind import OTHERS, Kind, delimiter, encoding_of, text_kind

MOST_UNITS = 6_000
"""With more units the start of numpy and pyarrow pays."""
MOST_BYTES = 1 << 23
_HEAD = 1 << 16
_DEEPEST = 30
"""Rows among which headings are looked for, as `data.headings.DEEPEST`."""
_LINES = (".jsonl", ".ndjson")
_PACKED = (b"PK", b"\xd0\xcf\x11\xe0", b"PAR1", b"ARROW1", b"\xff\xff\xff\xff")


class Rows(NamedTuple):
    """Headings, rows as wide as they are, and the number of the line in which each begins."""

    heading: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int] | range


def rows_of(path: str) -> Rows | None:
    """The rows of a small table in text, of which the first row is the headings; None where it is anything else."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > MOST_BYTES:
            return None
        with open(path, "rb") as stream:
            data = stream.read()
    except (OSError, ValueError):
        return None
    if data.count(b"\n") > MOST_UNITS + 1 or data.startswith(_PACKED):
        return None
    encoding = encoding_of(data, True)
    text = None if encoding is None else data.decode(encoding)
    if not text or "\0" in text:
        return None
    return _objects(text) if path.lower().endswith(_LINES) else _table(text, data)


def _table(text: str, data: bytes) -> Rows | None:
    start = data.lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(tuple(mark for mark, _ in OTHERS)) or text_kind(text) is not Kind.CSV or text.count("\r") != text.count("\r\n"):
        return None
    found = _read(text)
    if found is None or not found.rows or any(len(row) != len(found.heading) for row in found.rows) or _may_have_other_headings(found):
        return None
    return found


def _read(text: str) -> Rows | None:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter(text[:_HEAD]), strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    start = 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error:
        return None
    return Rows(tuple(rows[0]), rows[1:], lines[1:]) if rows and lines[0] == 1 else None


def _may_have_other_headings(found: Rows) -> bool:
    """Whether a row below could be the headings of a table of indicators."""
    said = clean("".join(chain.from_iterable(found.rows[:_DEEPEST])))
    plain = "".join(said.split()).lower()
    return "指标" in plain or "indicator" in plain


def _objects(text: str) -> Rows | None:
    """JSON lines of texts and numbers; a key that an object lacks is an empty cell."""
    found: list[tuple[int, dict[str, str]]] = []
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip():
            members = _members(line)
            if members is None:
                return None
            found.append((at, members))
    keys = tuple(dict.fromkeys(key for _, members in found for key in members))
    return Rows(keys, [[members.get(key, "") for key in keys] for _, members in found], [at for at, _ in found]) if found else None


def _members(line: str) -> dict[str, str] | None:
    """None where it is no object of texts and numbers, or a key stands twice."""
    import json

    try:
        pairs = json.loads(line, object_pairs_hook=tuple, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(pairs, tuple) or not all(type(value) is str for _, value in pairs):
        return None
    members: dict[str, str] = dict(pairs)
    return members if len(members) == len(pairs) else None
