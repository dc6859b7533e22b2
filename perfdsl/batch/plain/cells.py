"""The cells of a column as values: plain ones at once, the others are left to be asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from perfdsl.batch.plain.recipe import DAY, MARK, SCORE, SHARE, WORDS, Column
from perfdsl.plan.whole_numbers import NA

ODD = object()
"""A cell that must be asked about."""
FINE = object()
"""A number with more decimals than are kept."""
APART = object()
"""A number that has no place among whole numbers of last places: its unit goes to the interpreter."""

_NUMBER = re.compile(r"(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+))(?:\.([0-9]+))?[ ]?(\D{0,12})")
"""As `data.reading` has it."""
_LONGEST = 60
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
_BOTH = 2
"""Up to this a bare number can be a share as well as a percentage."""

Values = list[Any]


class Reader:
    """Reads columns of one job: `absent` and `not_words` are those of its recipe, `places` the decimals of numbers."""

    def __init__(self, absent: Mapping[str, bool], not_words: str, places: int) -> None:
        self._absent, self._not_words, self._places = absent, not_words, places

    def column(self, texts: Sequence[str], column: Column) -> Values:
        """A whole number, a word, None, `NA`, `ODD` or `FINE` for each text."""
        if column.kind <= SCORE:
            at_once = self._at_once(texts, column.kind)
            if at_once is not None:
                return at_once
        known: dict[str, Any] = {}
        return [known[text] if text in known else known.setdefault(text, self._value(text, column)) for text in texts]

    def _at_once(self, texts: Sequence[str], kind: int) -> Values | None:
        """The numbers of a column of which all have the same decimals; None where it is none."""
        places = len(texts[0].rpartition(".")[2]) if "." in texts[0] else 0
        joined = "\n".join(texts)
        if places > self._places or not _is_uniform(texts, joined, places):
            return None
        try:
            values = [*map(int, joined.replace(".", "").split("\n"))]
        except ValueError:
            return None
        if places < self._places:
            factor = 10 ** (self._places - places)
            values = [value * factor for value in values]
        return None if kind == SHARE and self._is_doubtful(values) else values

    def _is_doubtful(self, values: Values) -> bool:
        most = _BOTH * 10**self._places
        return any(-most <= value <= most and value for value in values)

    def _value(self, text: str, column: Column) -> Any:
        if text in column.words and column.kind != SCORE:
            return text if column.kind == WORDS else ODD
        if text in self._absent:
            return NA if self._absent[text] and column.kind != SCORE else None
        match column.kind:
            case kind if kind == DAY:
                return _day(text)
            case kind if kind == WORDS:
                return text if not column.words and text[0] not in self._not_words and _WORDS.fullmatch(text) else ODD
            case kind if kind == MARK:
                return ODD
        return self._number(text, column)

    def _number(self, text: str, column: Column) -> Any:
        found = _NUMBER.fullmatch(text)
        worth = (1, 0) if found and not found[3] else column.units.get(found[3]) if found else None
        if found is None or worth is None or len(found[1]) + 1 + len(found[2] or "") > _LONGEST:
            return ODD
        part = (found[2] or "").rstrip("0")
        places = len(part) + worth[1]
        if places > self._places:
            return FINE
        value = int(found[1].replace(",", "") + part) * worth[0] * 10 ** (self._places - places)
        return ODD if column.kind == SHARE and not found[3] and self._is_doubtful([value]) else value


def _is_uniform(texts: Sequence[str], joined: str, places: int) -> bool:
    """Whether each text is digits, perhaps behind a minus, with one dot before the last *places* of them and a digit before it."""
    if not joined.isascii() or max(map(len, texts)) > _LONGEST:
        return False
    marks = joined.encode().translate(None, b"0123456789").replace(b"-", b"")
    if not places:
        return marks == b"\n" * (len(texts) - 1)
    dots = marks == b"\n".join([b"."] * len(texts)) and {text[-places - 1 : -places] for text in texts} == {"."}
    return dots and not (joined.startswith(".") or "\n." in joined or "-." in joined)


def _day(text: str) -> Any:
    found = _DAY.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal() if found else ODD
    except ValueError:
        return ODD
