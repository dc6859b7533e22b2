"""Numbers as the texts that people are shown, straight from whole numbers: the same texts as those of `quantity` and `score.wording`.

Digits behind the point are looked up, not worked out: these functions are what sentences take their time for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from perfdsl.score.scorecard import BOUNDLESS

MOST = int(BOUNDLESS) // 10**6
"""Points from which on there is no end, see `score.scorecard.is_boundless`."""

LISTED = 4
"""Up to so many places the ends of all numbers are kept."""

Whole = Callable[[int], str]
Ratio = Callable[[int, int], str]
"""Of a top and a bottom above 0."""


@cache
def ends(places: int) -> tuple[str, ...]:
    """What stands behind the whole of every number of last places: the point and all digits."""
    return tuple(f".{rest:0{places}d}" for rest in range(10**places))


@cache
def short_ends(places: int) -> tuple[str, ...]:
    """The same without noughts behind."""
    return tuple(end.rstrip("0").rstrip(".") for end in ends(places))


@cache
def short(places: int) -> Whole:
    """The text of a whole number of last places, without noughts behind."""
    return _text(places, short_ends) if places <= LISTED else _long(places, True)


@cache
def fixed(places: int) -> Whole:
    """The text of a whole number of last places, with all of them."""
    return str if not places else _text(places, ends) if places <= LISTED else _long(places, False)


def _text(places: int, kept: Callable[[int], tuple[str, ...]]) -> Whole:
    scale, found = 10**places, kept(places)

    def text(units: int) -> str:
        return f"{units // scale}{found[units % scale]}" if units >= 0 else f"-{-units // scale}{found[-units % scale]}"

    return text


def _long(places: int, bare: bool) -> Whole:
    scale, form = 10**places, f"%d.%0{places}d"

    def text(units: int) -> str:
        if units < 0:
            return f"-{text(-units)}"
        whole, rest = divmod(units, scale)
        if bare:
            return (form % (whole, rest)).rstrip("0") if rest else str(whole)
        return form % (whole, rest)

    return text


@cache
def decimal(places: int) -> Ratio:
    """As `quantity.decimal_text`: exact where that takes no more than so many places, else rounded half up to them."""
    scale, exact, rounded = 10**places, short(places) if places else str, fixed(places)

    def text(top: int, bottom: int) -> str:
        units, rest = divmod(top * scale, bottom)
        if not rest:
            return exact(units)
        rest += rest
        return rounded(units + 1 if rest > bottom or (rest == bottom and units >= 0) else units)

    return text


@cache
def all_places(places: int) -> Ratio:
    """As `quantity.fixed_text`: rounded half up to so many places, all of them written."""
    scale, rounded = 10**places, fixed(places)

    def text(top: int, bottom: int) -> str:
        units, rest = divmod(top * scale, bottom)
        rest += rest
        return rounded(units + 1 if rest > bottom or (rest == bottom and units >= 0) else units)

    return text


def minus(text: str) -> str:
    """With the sign for minus."""
    return f"−{text[1:]}" if text[0] == "-" else text


_CENTS, _SIX = fixed(2), decimal(6)


def cents(units: int) -> str:
    """As `score.wording.points_text`, of whole hundredths."""
    if -100 * MOST < units < 100 * MOST:
        return minus(_CENTS(units))
    return "不封顶" if units > 0 else "不托底"


def points(top: int, bottom: int) -> str:
    """As `score.wording.points_text`."""
    units, rest = divmod(top * 100, bottom)
    if not rest:
        return cents(units)
    if -MOST * bottom < top < MOST * bottom:
        return minus(_SIX(top, bottom))
    return "不封顶" if top > 0 else "不托底"


def day(ordinal: int) -> str:
    """As `dates.chinese_date`."""
    made = date.fromordinal(ordinal)
    return f"{made.year}年{made.month}月{made.day}日"


_POWERS: tuple[int, ...] = tuple(10**power for power in range(200))


def finite(top: int, bottom: int) -> bool:
    """As `quantity.terminates`."""
    bits = bottom.bit_length()
    power: int = _POWERS[bits] if bits < len(_POWERS) else 10**bits
    return top * power % bottom == 0
