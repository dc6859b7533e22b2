"""Small readings of a form's texts that several checks share."""

from __future__ import annotations

import re
from fractions import Fraction

from perfdsl.data.facts import Absent
from perfdsl.data.reading import Amount, reading
from perfdsl.data.table import clean
from perfdsl.forms.form import Said
from perfdsl.quantity import decimal_text, fixed_text, terminates
from perfdsl.record import record
from perfdsl.units import unit_of

_BLANKS = re.compile(r"\s+")
_VARIANTS = str.maketrans("滿產數標質時資財補費項報為後億萬縣區積極", "满产数标质时资财补费项报为后亿万县区积极")
MARKS = frozenset({"", "/", "／", "-", "－", "—", "——", "–", "一", "…", "……", "...", "*", "无"})
"""What stands in a cell that says nothing; 一 is what a copy makes of a dash."""
_DECIMALS = re.compile(r"[.．]([0-9０-９]+)")


def squeezed(said: Said | str | None) -> str:
    """The text without any blanks, the commonest traditional characters made simple."""
    text = said.text if isinstance(said, Said) else said or ""
    return _BLANKS.sub("", clean(text)).translate(_VARIANTS)


def shown(said: Said | None) -> str:
    """The text for a message: on one line, not too long."""
    line = " ".join(clean(said.text).split()) if said else ""
    return line if len(line) <= 40 else line[:40] + "…"


def says_nothing(said: Said | None) -> bool:
    """Whether the cell is empty or holds only a mark."""
    return squeezed(said) in MARKS


@record
class Points:
    """The number in a points cell: None where there is none; `damaged` where there is text that is no number, `dashed` where a mark."""

    value: Fraction | None
    damaged: bool = False
    dashed: bool = False


def points_of(said: Said | None) -> Points:
    """What a cell of weights or scores says, `10`, `10分`; a percentage of a 权重 column counts as points."""
    text = squeezed(said)
    if isinstance(said, Said) and said.fault:
        return Points(None, damaged=True)
    if text in MARKS or text == "不适用":
        return Points(None, dashed=bool(text))
    found = reading(text)
    if isinstance(found, Amount) and (found.unit is None or found.unit.symbol in ("分", "%")):
        return Points(found.number)
    return Points(None, damaged=found is not Absent.EMPTY)


def money_of(said: Said | None, money_unit: str) -> Fraction | None:
    """Yuan in a cell of the budget block; a bare number is in the unit of the form."""
    if said is None or said.fault:
        return None
    found = reading(squeezed(said))
    unit = found.unit or unit_of(money_unit) if isinstance(found, Amount) else None
    if not isinstance(found, Amount) or unit is None or unit.kind != "money":
        return None
    return found.number * unit.factor


def rate_of(said: Said | None) -> Fraction | None:
    """A share as written: `80.45%`, or `100` in a column of per cents; a bare number up to 2 is a share."""
    found = reading(squeezed(said)) if said else None
    if not isinstance(found, Amount):
        return None
    if found.unit is not None:
        return found.number * found.unit.factor if found.unit.kind == "ratio" else None
    share = found.number == 1 or (abs(found.number) <= 2 and found.number.denominator != 1)
    return found.number if share else found.number / 100


def places_of(said: Said | None) -> int:
    """How many decimals are written."""
    found = _DECIMALS.search(squeezed(said))
    return len(found[1]) if found else 0


def number(value: Fraction) -> str:
    """A number for a message, two places where it does not end."""
    return decimal_text(value, 4) if terminates(value) else fixed_text(value, 2)


def points_text(value: Fraction) -> str:
    """Points for a message: at most two places."""
    return decimal_text(value, 2)


def per_cent(value: Fraction) -> str:
    """A share for a message: `80.45%`, `100%`."""
    return decimal_text(value * 100, 2) + "%"


def too_much(difference: Fraction) -> str:
    """`多 1.96 分`, `少 2 分`."""
    return f"{'多' if difference > 0 else '少'} {points_text(abs(difference))} 分"
