"""Readers of one cell: a value as whole number, word, `NA` or None, as `data.cells` reads it; what is not plain is left to that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from perfdsl.data.cells import read_cell, read_score
from perfdsl.data.facts import Absent
from perfdsl.data.reading import reading
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell
from perfdsl.model.ruleset import Expected, Kind
from perfdsl.plan.whole_numbers import NA
from perfdsl.quantity import Quantity, exact_text
from perfdsl.units import PURE, Unit

Read = Callable[[Any], Any]

_NOWHERE = Cell("<data>", "")
_LONGEST = 15
"""Digits of the longest number that is read here."""
_BOTH = 2
"""Up to this a bare number can be a share as well as a percentage: `data.cells` refuses it."""


class Apart(Exception):  # noqa: N818  # no error: it asks for the interpreter
    """A unit that the interpreter is to read."""


class Finer(Apart):
    """A number with more places than are kept."""


class Converted(int):
    """A number that was written in another unit than the expected one, in which it is shown."""


def written(value: object) -> object:
    """A value as someone would write it into a cell; what is none stays what it is, and is told so."""
    match value:
        case Decimal():
            return format(value, "f")
        case Fraction():
            return exact_text(value)
        case date():
            return value.isoformat()
    return value


def cell_reader(expected: Expected, places: int) -> Read:
    """The reader of a cell of which this is expected."""
    match expected.kind:
        case Kind.QUANTITY:
            return _quantities(expected, places)
        case Kind.DATE:
            return lambda value: value.toordinal() if type(value) is date else _any(value, expected, places)
    options = {word: word for word in expected.options}

    def words(value: Any) -> Any:
        if type(value) is str and value in options:
            return value
        return _any(value, expected, places) if type(value) is str or value is None else _refused()

    return words


def mark_reader(value: Any) -> Any:
    """The cell of an item whose actual value is worked out: only 不适用 can be said of it."""
    said = Absent.EMPTY if value is None else reading(clean(value)) if type(value) is str else None
    if not isinstance(said, Absent):
        raise Apart
    return NA if said is Absent.NOT_APPLICABLE else None


def score_reader(places: int) -> Read:
    """The reader of 评定得分."""
    scale = 10**places

    def read(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is str:
            found, wrong = read_score(value, _NOWHERE)
            return None if found is None and not wrong else _whole(found, scale)
        return _number(value, scale)

    return read


def _quantities(expected: Expected, places: int) -> Read:
    scale, unit = 10**places, expected.unit or PURE
    noughts = ["0" * (places - taken) for taken in range(places + 1)]
    symbol, least = unit.symbol, _BOTH * scale if unit.kind == "ratio" and unit.symbol != "倍" else 0

    def read(value: Any) -> Any:
        kind = type(value)
        if kind is str or kind is Decimal:
            text = value if kind is str else str(value)
            bare = text.removesuffix(symbol) if symbol and kind is str else text
            head, point, tail = bare.partition(".")
            if head.isdigit() and (tail.isdigit() or not point) and len(tail) <= places and len(bare) <= _LONGEST and bare.isascii():
                whole = int(head + tail + noughts[len(tail)])
                if least and 0 < whole <= least and len(bare) == len(text):
                    raise Apart
                return whole
            if kind is str:
                return _any(value, expected, places)
        elif value is None:
            return None
        whole = _number(value, scale)
        if least and 0 < abs(whole) <= least:
            raise Apart
        return whole

    return read


def _number(value: Any, scale: int) -> int:
    """A number that a program has."""
    match value:
        case bool():
            raise Apart
        case int():
            return _within(value * scale, scale)
        case Decimal() if value.is_finite():
            top, bottom = value.as_integer_ratio()
            return _whole(Fraction(top, bottom), scale) if bottom != 1 else _within(top * scale, scale)
        case Fraction():
            return _whole(value, scale)
    raise Apart


def _whole(value: Fraction | None, scale: int) -> int:
    """The number in last places."""
    if value is None:
        raise Apart
    made = value * scale
    if made.denominator != 1:
        raise Finer
    return _within(made.numerator, scale)


def _within(whole: int, scale: int) -> int:
    if abs(whole) >= 10**_LONGEST * scale:
        raise Apart
    return whole


def _any(value: Any, expected: Expected, places: int) -> Any:
    """As `data.cells` reads it; where that has something to say, the interpreter does."""
    if value is None:
        return None
    if type(value) is not str:
        raise Apart
    found, said = read_cell(value, expected, _NOWHERE)
    if said:
        raise Apart
    match found:
        case Absent():
            return NA if found is Absent.NOT_APPLICABLE else None
        case Quantity():
            return _measured(found, expected.unit or PURE, places)
        case date():
            return found.toordinal()
    return found


def _measured(found: Quantity, unit: Unit, places: int) -> int:
    whole = _whole(found.amount / unit.factor, 10**places)
    return whole if found.unit == unit else Converted(whole)


def _refused() -> Any:
    raise Apart
