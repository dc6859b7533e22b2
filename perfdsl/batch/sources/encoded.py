"""The bytes of a text file as UTF-8, whatever encoding it is in, in pieces of bounded size."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from perfdsl.batch.stopped import Unreadable
from perfdsl.data.kinds import unreadable
from perfdsl.data.text_kind import encoding_of
from perfdsl.diagnostics import Diagnostic

PIECE = 1 << 23


def pieces(path: str, size: int = PIECE) -> Iterator[bytes]:
    """*size* bytes are read at a time.  Raises `Unreadable` where the file is in no encoding that is read."""
    with open(path, "rb") as stream:
        first = stream.read(size)
        after = stream.read(size)
        encoding = encoding_of(first, not after)
        if encoding is None:
            raise Unreadable(_unknown(path))
        if encoding == "utf-8-sig":
            yield from _as_it_is(path, first.removeprefix(codecs.BOM_UTF8), after, stream, size)
        else:
            yield from _decoded(path, encoding, first, after, stream, size)


def _as_it_is(path: str, piece: bytes, after: bytes, stream: BinaryIO, size: int) -> Iterator[bytes]:
    """UTF-8 is looked through and not decoded.  A text that has been ASCII so far may still turn out to be GB 18030."""
    plain = True
    while True:
        end = len(piece) if not after else piece.rfind(b"\n") + 1
        whole, rest = piece[:end], piece[end:]
        if not _is_utf8(whole):
            if not plain:
                raise Unreadable(_unknown(path))
            yield from _decoded(path, "gb18030", piece, after, stream, size)
            return
        plain = plain and whole.isascii()
        yield whole
        if not after:
            return
        piece, after = rest + after, stream.read(size)


def _is_utf8(text: bytes) -> bool:
    """As Arrow looks through it, which is many times as fast as decoding."""
    import pyarrow as pa

    try:
        pa.array([text], pa.binary()).view(pa.string()).validate(full=True)
    except pa.ArrowException:
        return False
    return True


def _decoded(path: str, encoding: str, piece: bytes, after: bytes, stream: BinaryIO, size: int) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    while True:
        try:
            yield decoder.decode(piece, not after).encode()
        except UnicodeDecodeError:
            raise Unreadable(_unknown(path)) from None
        if not after:
            return
        piece, after = after, stream.read(size)


def _unknown(path: str) -> Diagnostic:
    return unreadable(path, "既不是 UTF-8 也不是 GB 18030 的文字", "另存为 xlsx，或「CSV UTF-8」")
