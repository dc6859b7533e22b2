"""Numbers as the texts that people are shown, straight from whole numbers: the same texts as those of `quantity` and `score.wording`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from math import gcd

from perfdsl.score.scorecard import BOUNDLESS

_MOST = int(BOUNDLESS) // 10**6

Whole = Callable[[int], str]
Ratio = Callable[[int, int], str]
"""Of a top and a bottom above 0."""


@cache
def short(places: int) -> Whole:
    """The text of a whole number of last places, without noughts behind."""
    scale, form = 10**places, f"%d.%0{places}d"

    def text(units: int) -> str:
        if units < 0:
            return f"-{text(-units)}"
        whole, rest = divmod(units, scale)
        return (form % (whole, rest)).rstrip("0") if rest else str(whole)

    return text


@cache
def fixed(places: int) -> Whole:
    """The text of a whole number of last places, with all of them."""
    scale, form = 10**places, f"%d.%0{places}d" if places else "%d"

    def text(units: int) -> str:
        if units < 0:
            return f"-{text(-units)}"
        return form % divmod(units, scale) if places else str(units)

    return text


@cache
def decimal(places: int) -> Ratio:
    """As `quantity.decimal_text`: exact where that takes no more than so many places, else rounded half up to them."""
    scale, exact, rounded = 10**places, short(places) if places else str, fixed(places)

    def text(top: int, bottom: int) -> str:
        units, rest = divmod(top * scale, bottom)
        if not rest:
            return exact(units)
        rest *= 2
        return rounded(units + 1 if rest > bottom or (rest == bottom and units >= 0) else units)

    return text


@cache
def all_places(places: int) -> Ratio:
    """As `quantity.fixed_text`: rounded half up to so many places, all of them written."""
    scale, rounded = 10**places, fixed(places)

    def text(top: int, bottom: int) -> str:
        units, rest = divmod(top * scale, bottom)
        rest *= 2
        return rounded(units + 1 if rest > bottom or (rest == bottom and units >= 0) else units)

    return text


def minus(text: str) -> str:
    """With the sign for minus."""
    return f"−{text[1:]}" if text[0] == "-" else text


_CENTS, _SIX = fixed(2), decimal(6)


def cents(units: int) -> str:
    """As `score.wording.points_text`, of whole hundredths."""
    if -100 * _MOST < units < 100 * _MOST:
        return minus(_CENTS(units))
    return "不封顶" if units > 0 else "不托底"


def points(top: int, bottom: int) -> str:
    """As `score.wording.points_text`."""
    units, rest = divmod(top * 100, bottom)
    if not rest:
        return cents(units)
    if -_MOST * bottom < top < _MOST * bottom:
        return minus(_SIX(top, bottom))
    return "不封顶" if top > 0 else "不托底"


def day(ordinal: int) -> str:
    """As `dates.chinese_date`."""
    made = date.fromordinal(ordinal)
    return f"{made.year}年{made.month}月{made.day}日"


def finite(top: int, bottom: int) -> bool:
    """As `quantity.terminates`."""
    rest = abs(bottom) // gcd(top, bottom)
    return pow(10, rest.bit_length(), rest) == 0
