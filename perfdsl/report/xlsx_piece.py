"""A piece of a spreadsheet formula, with what a spreadsheet makes of it: binary floats, rounded as it rounds them.

Where floats could fall on another side than the exact value, `Unsayable` is raised, and a value stands in place of the formula.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model.kernel import Comparator
from perfdsl.quantity import Quantity, exact_text, terminates
from perfdsl.record import record
from perfdsl.units import PURE, Unit, unit_of_result

ATOM, PRODUCT, SUM = 3, 2, 1
"""How tightly a formula holds together; what is looser than its place needs goes into parentheses."""
LONGEST, LONGEST_TEXT = 8000, 255
"""Characters of a formula and of a text inside one that every spreadsheet takes."""
_DIGITS = 12
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
_SIGNS = {"+": "+", "−": "-", "×": "*", "÷": "/"}
_LEVELS = {"+": SUM, "−": SUM, "×": PRODUCT, "÷": PRODUCT}
_COMPARED: dict[Comparator, tuple[str, Callable[[float, float], bool]]] = {
    Comparator.EQ: ("=", operator.eq), Comparator.NE: ("<>", operator.ne), Comparator.GE: (">=", operator.ge),
    Comparator.LE: ("<=", operator.le), Comparator.GT: (">", operator.gt), Comparator.LT: ("<", operator.lt),
}


class Unsayable(Exception):  # noqa: N818  # not an error: a value stands in place of the formula
    """What a formula cannot say, or not for certain; the reason is for the officer."""


@record
class Piece:
    """`value` is None where a spreadsheet shows an error; `plain` where no arithmetic has touched it; `words` where it is a text."""

    text: str
    value: float | str | bool | None
    unit: Unit = PURE
    level: int = ATOM
    plain: bool = False
    words: bool = False

    def within(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def number(amount: Fraction, unit: Unit = PURE) -> Piece:
    """A number written in the formula."""
    short = terminates(amount) and len(exact_text(amount)) <= 15
    text = exact_text(amount) if short else f"{amount.numerator}/{amount.denominator}"
    return Piece(text, float(amount), unit, SUM if amount < 0 else ATOM if short else PRODUCT, short)


def text_piece(words: str) -> Piece:
    """A text written in the formula."""
    if len(words) > LONGEST_TEXT:
        raise Unsayable("文字太长，公式里写不下")
    return Piece('"' + words.replace('"', '""') + '"', words, plain=True)


def serial(day: date) -> float:
    """The number that a spreadsheet keeps for a day."""
    if day < _FIRST_DAY:
        raise Unsayable("电子表格里没有 1900 年 3 月以前的日期")
    return float((day - _DAY_ZERO).days)


def day_piece(day: date) -> Piece:
    return Piece(f"DATE({day.year},{day.month},{day.day})", serial(day), plain=True)


def stored(value: Value) -> float | str:
    """What a cell holds for a value: amounts in base units, days as their numbers."""
    if isinstance(value, Quantity):
        return float(value.amount)
    return serial(value) if isinstance(value, date) else value


def floated(piece: Piece) -> float | None:
    """Its number; None where it has none."""
    return float(piece.value) if isinstance(piece.value, float | int) else None


def arithmetic(op: str, left: Piece, right: Piece) -> Piece:
    level = _LEVELS[op]
    text = f"{left.within(level)}{_SIGNS[op]}{right.within(level + 1)}"
    return Piece(text, _computed(op, floated(left), floated(right)), unit_of_result(op, left.unit, right.unit), level)


def _computed(op: str, a: float | None, b: float | None) -> float | None:
    if a is None or b is None or (op == "÷" and b == 0):
        return None
    return float({"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}[op](a, b))


def call(name: str, pieces: Sequence[Piece], value: float | str | bool | None) -> Piece:
    text = f"{name}({','.join(piece.text for piece in pieces)})"
    if len(text) > LONGEST:
        raise Unsayable("规则太长，公式里写不下")
    return Piece(text, value, pieces[-1].unit)


def extreme(op: str, pieces: Sequence[Piece]) -> Piece:
    """MIN or MAX."""
    values = [floated(piece) for piece in pieces]
    known = [v for v in values if v is not None]
    value = (min if op == "min" else max)(known) if len(known) == len(values) else None
    return call(op.upper(), pieces, value)


def either(condition: Piece, then: Piece, other: Piece) -> Piece:
    value = None if condition.value is None else then.value if condition.value else other.value
    return call("IF", [condition, then, other], value)


def joined(op: str, pieces: Sequence[Piece]) -> Piece:
    """AND, OR and NOT; one of them that is an error makes all an error."""
    values = [piece.value for piece in pieces]
    name, pick = {"且": ("AND", all), "或": ("OR", any), "非": ("NOT", lambda v: not v[0])}[op]
    return call(name, pieces, None if None in values else pick(values))


def compared(op: Comparator, left: Piece, right: Piece) -> Piece:
    if left.words or right.words or isinstance(left.value, str) or isinstance(right.value, str):
        return _same_text(op, left, right)
    a, b = floated(left), floated(right)
    sign, holds = _COMPARED[op]
    if left.plain and right.plain:
        _sure(a, b, 15)
        return Piece(f"{left.within(SUM)}{sign}{right.within(SUM)}", None if a is None or b is None else holds(a, b), level=0)
    places = _places(a, b)
    _sure(a, b, _DIGITS)
    apart = left if right.text == "0" else arithmetic("−", left, right)
    value = None if a is None or b is None else holds(half_up(a - b, places), 0.0)
    return Piece(f"ROUND({apart.text},{places}){sign}0", value, level=0)


def _same_text(op: Comparator, left: Piece, right: Piece) -> Piece:
    same = None if left.value is None or right.value is None else left.value == right.value
    exact = call("EXACT", [left, right], same)
    return exact if op is Comparator.EQ else joined("非", [exact])


def _places(a: float | None, b: float | None) -> int:
    """Decimals to which a difference can be trusted: twelve digits of the greater side, at most ten."""
    size = max(abs(a or 0.0), abs(b or 0.0), 1.0)
    return min(10, _DIGITS - math.ceil(math.log10(size)))


def _sure(a: float | None, b: float | None, digits: int) -> None:
    """Values that are apart by less than can be trusted, and are not clearly the same, are not compared."""
    if a is None or b is None or a == b:
        return
    apart = abs(a - b) / max(abs(a), abs(b), 1.0)
    if 10 ** (1 - digits) > apart > 10 ** (-digits - 2):
        raise Unsayable("两个数太接近，电子表格分不清大小")


def half_up(value: float, places: int) -> float:
    """ROUND as spreadsheets do it: on the fifteen digits that they show, halves away from zero."""
    shown = Decimal(f"{value:.15g}")
    return float(shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) if abs(value) < 1e14 else value
