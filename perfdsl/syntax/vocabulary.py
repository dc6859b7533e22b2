"""The keywords of the language, read from `grammar/keywords.lark`, the one place that lists them."""

from __future__ import annotations

import re
from functools import cache

from perfdsl.record import record
from perfdsl.resources import shipped

_LINE = re.compile(r"^([A-Z_0-9]+)\.\d+:\s+/(.*)/i\s*$", re.M)
_BLANKS = re.compile(r"\[.*?\]\*")


@record
class Keyword:
    """A keyword: the name of its terminal and its spellings, the one to be written first in each language."""

    terminal: str
    chinese: tuple[str, ...]
    english: tuple[str, ...]

    @property
    def spellings(self) -> tuple[str, ...]:
        return self.chinese + self.english


@cache
def keywords() -> dict[str, Keyword]:
    """Terminal → keyword, in the order of the file."""
    text = (shipped("grammar") / "keywords.lark").read_text(encoding="utf-8")
    return {name: _keyword(name, body) for name, body in _LINE.findall(text)}


def _keyword(name: str, body: str) -> Keyword:
    spellings = [_BLANKS.sub(" ", s) for s in _alternatives(body)]
    chinese = tuple(s for s in spellings if not s.isascii())
    return Keyword(name, chinese, tuple(s for s in spellings if s.isascii()))


def _alternatives(body: str) -> list[str]:
    """The alternatives of a terminal, without what must not follow them."""
    plain = re.sub(r"\(\?[!=][^()]*\)", "", body)
    return plain.split("|")


def spelled(terminal: str, english: bool = False) -> str:
    """The canonical spelling of a keyword."""
    keyword = keywords()[terminal]
    return (keyword.english if english and keyword.english else keyword.chinese)[0]
