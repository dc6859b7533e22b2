"""The bytes of a text file as UTF-8, whatever encoding it is in, in pieces of bounded size."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import unreadable
from perfdsl.data.text_kind import encoding_of
from perfdsl.diagnostics import Diagnostic

_ALONE = re.compile(rb"\r(?!\n)")
FIRST = 1 << 18
"""Bytes that tell the encoding."""
PIECE = 1 << 23
"""Bytes that are read at a time."""


def pieces(path: str, size: int = PIECE) -> Iterator[bytes]:
    """So many bytes, and then `PIECE` at a time.  Raises `Unreadable` where the file is in no encoding that is read."""
    with open(path, "rb") as stream:
        first = stream.read(FIRST)
        encoding = encoding_of(first, len(first) < FIRST)
        if encoding is None:
            raise Unreadable(_unknown(path))
        piece, rest = first + stream.read(max(size - FIRST, 0)), iter(lambda: stream.read(PIECE), b"")
        if encoding == "utf-8-sig":
            yield from _as_it_is(path, piece.removeprefix(codecs.BOM_UTF8), rest, first.decode(errors="ignore").isascii())
        else:
            yield from _decoded(path, encoding, piece, rest)


def _as_it_is(path: str, piece: bytes, rest: Iterator[bytes], plain: bool) -> Iterator[bytes]:
    """UTF-8 is looked through and not decoded.  A text that has been ASCII so far (*plain*) may still turn out to be GB 18030."""
    after = next(rest, b"")
    while True:
        end = len(piece) if not after else _last_character(piece)
        whole, begun = piece[:end], piece[end:]
        if not _is_utf8(whole):
            if not plain:
                raise Unreadable(_unknown(path))
            yield from _decoded(path, "gb18030", piece, chain([after], rest))
            return
        plain = plain and whole.isascii()
        yield whole
        if not after:
            return
        piece, after = begun + after, next(rest, b"")


def _last_character(text: bytes) -> int:
    """Where the last whole character of a piece of UTF-8 ends."""
    tail = text[-4:]
    return len(text) - len(tail) + codecs.utf_8_decode(tail, "ignore", False)[1]


def _is_utf8(text: bytes) -> bool:
    """As Arrow looks through it, which is many times as fast as decoding."""
    import pyarrow as pa

    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, pa.array([0, len(text)], pa.int64()).buffers()[1], pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowException:
        return False
    return True


def _decoded(path: str, encoding: str, piece: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for part in chain([piece], rest):
            yield decoder.decode(part).encode()
        yield decoder.decode(b"", True).encode()
    except UnicodeDecodeError:
        raise Unreadable(_unknown(path)) from None


def with_line_feeds(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same text with a line feed for each carriage return that stands alone: `csv` ends a row there, too."""
    held = b""
    for part in parts:
        text = held + part
        held = b"\r" if text.endswith(b"\r") else b""
        yield _fed(text.removesuffix(held) if held else text)
    if held:
        yield b"\n"


def _fed(text: bytes) -> bytes:
    if b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"):
        return text
    return _ALONE.sub(b"\n", text)


def _unknown(path: str) -> Diagnostic:
    return unreadable(path, "既不是 UTF-8 也不是 GB 18030 的文字", "另存为 xlsx，或「CSV UTF-8」")
