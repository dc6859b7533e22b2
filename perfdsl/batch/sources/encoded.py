"""The bytes of a text file as UTF-8, whatever encoding it is in, in pieces of bounded size."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import unreadable
from perfdsl.diagnostics import Diagnostic

_PIECE = 1 << 23
"""Bytes that are read at a time."""


def encoding_of(start: bytes, whole: bool) -> str | None:
    """By a BOM, else strictly UTF-8, else strictly GB 18030; None where it is neither.  *whole*: nothing follows."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for name in ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(name)().decode(start, whole)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else name
    return None


def pieces(path: str) -> Iterator[bytes]:
    """Raises `Unreadable` where the file is in no encoding that is read."""
    with open(path, "rb") as stream:
        first = stream.read(_PIECE)
        after = stream.read(_PIECE)
        encoding = encoding_of(first, not after)
        if encoding is None:
            raise Unreadable(_unknown(path))
        yield from _decoded(path, encoding, first, after, stream)


def _decoded(path: str, encoding: str, first: bytes, after: bytes, stream: object) -> Iterator[bytes]:
    """A text that has been ASCII so far may still turn out to be GB 18030."""
    decoder, plain = codecs.getincrementaldecoder(encoding)(), True
    piece = first
    while True:
        made, changed = _piece(path, decoder, piece, not after, plain and encoding == "utf-8-sig")
        decoder = changed or decoder
        plain = plain and made.isascii()
        yield made
        if not after:
            return
        piece, after = after, stream.read(_PIECE)  # type: ignore[attr-defined]  # a binary stream


def _piece(path: str, decoder: codecs.IncrementalDecoder, piece: bytes, last: bool, may_change: bool) -> tuple[bytes, codecs.IncrementalDecoder | None]:
    state = decoder.getstate()
    try:
        return decoder.decode(piece, last).encode(), None
    except UnicodeDecodeError:
        other = codecs.getincrementaldecoder("gb18030")()
        if may_change:
            try:
                return other.decode(state[0] + piece, last).encode(), other
            except UnicodeDecodeError:
                pass
    raise Unreadable(_unknown(path))


def _unknown(path: str) -> Diagnostic:
    return unreadable(path, "既不是 UTF-8 也不是 GB 18030 的文字", "另存为 xlsx，或「CSV UTF-8」")
