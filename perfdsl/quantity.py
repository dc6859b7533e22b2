"""Exact numbers with units, and how they are rounded and shown.  Nothing here is a binary float."""

from __future__ import annotations

import re
from enum import StrEnum
from fractions import Fraction

from perfdsl.record import record
from perfdsl.units import PERCENT, PURE, SCORE, Unit, unit_of_result

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，", "0123456789.-+,")
LONGEST = 60
"""Characters of the longest number that is read; what is longer measures nothing."""
SLOT = ("\ue000", "\ue001")
"""The marks around a number, or a word, that is to be put into a text for each unit: no text that a person writes has them."""
GUARD = ("\ue002", "\ue003")
"""The marks around such a text that is to stand in parentheses where it begins with a minus."""
_PLAIN = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d{1,3})?")


@record
class Quantity:
    """An exact amount in base units (元, 个, 1) and the unit it is to be shown in."""

    amount: Fraction
    unit: Unit = PURE

    @property
    def shown(self) -> Fraction:
        """The number that stands before the unit."""
        return self.amount / self.unit.factor

    def __str__(self) -> str:
        return f"{decimal_text(self.shown)}{self.unit.symbol}"

    def __add__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount + other.amount, unit_of_result("+", self.unit, other.unit))

    def __sub__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount - other.amount, unit_of_result("+", self.unit, other.unit))

    def __mul__(self, other: Quantity) -> Quantity:
        return Quantity(self.amount * other.amount, unit_of_result("×", self.unit, other.unit))

    def __truediv__(self, other: Quantity) -> Quantity:
        """Raises ZeroDivisionError; whoever divides says first what a zero denominator means."""
        return Quantity(self.amount / other.amount, unit_of_result("÷", self.unit, other.unit))


def of(number: int | str | Fraction, unit: Unit = PURE) -> Quantity:
    """*number* of *unit*: `of(3, 亿元)` is 300,000,000 元."""
    return Quantity((Fraction(number) if isinstance(number, int | str) else number) * unit.factor, unit)


def score(number: int | str | Fraction) -> Quantity:
    return of(number, SCORE)


def parse_number(text: str) -> Fraction | None:
    """The number that *text* writes (either width, thousands commas in threes), or None."""
    if len(text) > LONGEST:
        return None
    if text.isascii() and text.isdigit():
        return Fraction(int(text))
    plain = text.translate(_FULL_WIDTH)
    return Fraction(plain.replace(",", "")) if _PLAIN.fullmatch(plain) else None


class RoundingMode(StrEnum):
    """How what stands behind the last kept place is dropped; ties of HALF_UP go away from zero (4.875 → 4.88)."""

    HALF_UP = "half_up"
    TRUNCATE = "truncate"
    UP = "up"
    HALF_EVEN = "half_even"


@record
class Rounding:
    """Keep `places` decimals; `places` None keeps the exact value."""

    places: int | None
    mode: RoundingMode = RoundingMode.HALF_UP

    def apply(self, value: Fraction) -> Fraction:
        if self.places is None:
            return value
        if (own := getattr(value, "rounded", None)) is not None:  # a number that stands for many rounds itself
            found: Fraction = own(self)
            return found
        scale = 10**self.places
        return _whole(value * scale, self.mode) * Fraction(1, scale)

    def text(self, value: Fraction) -> str:
        """The value as it is printed: always `places` decimals; two where the ruleset does not round."""
        return fixed_text(value, 2 if self.places is None else self.places)


def _whole(value: Fraction, mode: RoundingMode) -> int:
    size = abs(value)
    floor, rest = divmod(size.numerator, size.denominator)
    twice = 2 * rest - size.denominator
    match mode:
        case RoundingMode.HALF_UP:
            up = twice >= 0
        case RoundingMode.TRUNCATE:
            up = False
        case RoundingMode.UP:
            up = rest > 0
        case RoundingMode.HALF_EVEN:
            up = twice > 0 or (twice == 0 and floor % 2 == 1)
    return (floor + up) * (-1 if value < 0 else 1)


def fixed_text(value: Fraction, places: int) -> str:
    """*value* rounded half up to *places* decimals, for showing: `-0.50`, `12.00`."""
    if (own := getattr(value, "shown_in", None)) is not None:
        found: str = own(fixed_text, places)
        return found
    units = _whole(value * 10**places, RoundingMode.HALF_UP)
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def terminates(value: Fraction) -> bool:
    """Whether *value* has a finite decimal."""
    if (own := getattr(value, "terminates", None)) is not None:  # asked of a number that stands for many
        found: bool = own()
        return found
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def exact_text(value: Fraction) -> str:
    """Every digit of *value*: a finite decimal, else the fraction `2/3`."""
    if not terminates(value):
        return f"{value.numerator}/{value.denominator}"
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return fixed_text(value, places)


def decimal_text(value: Fraction, places: int = 4) -> str:
    """*value* for people: exact where it is short, else rounded to *places* decimals."""
    if (own := getattr(value, "shown_in", None)) is not None:  # a number that stands for many shows itself
        found: str = own(decimal_text, places)
        return found
    exact = exact_text(value)
    fits = "/" not in exact and len(exact.partition(".")[2]) <= places
    return exact if fits else fixed_text(value, places)


def percent_text(value: Fraction, places: int = 2) -> str:
    """A ratio as people write it: `95%`, `86.18%`."""
    return decimal_text(value / PERCENT.factor, places) + "%"
