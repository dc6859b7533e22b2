"""The bytes of a text file in pieces: what decoding the whole gives, wherever a piece ends."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdsl.batch.sources import encoded
from perfdsl.batch.sources.encoded import pieces, with_line_feeds
from perfdsl.batch.stopped import Unreadable

TEXTS = st.lists(st.sampled_from(["单位", "年", "税收", "€", "𠮷", "a", ",", "\"", "\n", "\r\n", "\r", "12.5"]), min_size=1, max_size=60).map("".join)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text") / "数据.csv"


def read(path: Path, data: bytes, first: int, piece: int, size: int) -> bytes:
    path.write_bytes(data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(encoded, "FIRST", first)
        patched.setattr(encoded, "PIECE", piece)
        return b"".join(pieces(str(path), size))


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]), st.sampled_from([4, 16, 64]), st.sampled_from([4, 7, 64, 1000]))
def test_every_encoding_in_any_pieces(path: Path, text: str, encoding: str, first: int, piece: int) -> None:
    opened, whole = (read(path, text.encode(encoding), first, piece, size) for size in (first, piece))
    assert opened == whole
    if encoding != "gb18030" or _is_no_utf8(text.encode("gb18030")[:first]):
        assert whole == text.encode()


def _is_no_utf8(start: bytes) -> bool:
    """What begins like UTF-8, and not like ASCII, is taken for it."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(start).isascii()
    except UnicodeDecodeError:
        return True


@pytest.mark.parametrize("plain", range(12, 20))
def test_gb18030_behind_ascii(path: Path, plain: int) -> None:
    """Wherever the first character that is not ASCII stands."""
    text = "a" * plain + "年年年天天天"
    assert read(path, text.encode("gb18030"), 16, 16, 16) == text.encode()


def test_two_encodings_in_one_file_are_refused(path: Path) -> None:
    with pytest.raises(Unreadable):
        read(path, "审计局\n".encode() * 10 + "财政局".encode("gb18030"), 16, 16, 16)


@given(TEXTS, st.integers(1, 5))
def test_line_feeds(text: str, size: int) -> None:
    data = text.encode()
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    assert b"".join(with_line_feeds(iter(parts))).decode() == text.replace("\r\n", "\0").replace("\r", "\n").replace("\0", "\r\n")
