"""How many columns a text takes in a terminal."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

_NOTHING = ("Mn", "Me", "Cf")


@lru_cache(maxsize=8192)
def width_of(text: str) -> int:
    """Columns of *text*: two for a wide character, none for a combining or invisible one."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else category(char) not in _NOTHING for char in text)
