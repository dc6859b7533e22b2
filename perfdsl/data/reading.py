"""What the text of a cell says by itself, before anyone asks what was expected there.

`grammar/cells.lark` defines it.  Loading Lark costs more than a whole form, so `shortcut` reads the plainest
texts without it; the tests hold the two together.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from perfdsl.data.facts import Absent
from perfdsl.dates import parse_date
from perfdsl.quantity import parse_number
from perfdsl.record import record
from perfdsl.units import Unit, unit_of

if TYPE_CHECKING:
    from lark import Lark, Tree


@record
class Amount:
    """A number and the unit written behind it, if any."""

    number: Fraction
    unit: Unit | None


@record
class Fault:
    """A text that says no value: why, and what to write instead."""

    why: str
    hint: str = ""


Reading = Amount | date | str | Absent | Fault
"""`str` is words."""

LONGEST = 60
"""Characters of the longest number that is read; what is longer is no measured value."""

_NUMBER = re.compile(r"(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)[ ]?(\D{0,12})")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_WORDS = re.compile(r"[\u4e00-\u9fff]+")
COMPARING = "不大小等至高低超未"
"""What the words of a comparison or of an empty cell begin with."""

FIXED = {"": Absent.EMPTY, "/": Absent.EMPTY, "-": Absent.EMPTY, "—": Absent.EMPTY, "——": Absent.EMPTY,
          "未填": Absent.EMPTY, "不适用": Absent.NOT_APPLICABLE, "N/A": Absent.NOT_APPLICABLE}


def reading(text: str) -> Reading:
    """What *text*, already cleaned, says."""
    plain = shortcut(text)
    return by_grammar(text) if plain is None else plain


def shortcut(text: str) -> Reading | None:
    """What `by_grammar` would give for the plainest texts; None for all others."""
    if text in FIXED:
        return FIXED[text]
    if text[0] not in COMPARING and _WORDS.fullmatch(text):
        return text
    if _DAY.fullmatch(text):
        return _day(text)
    found = _NUMBER.fullmatch(text)
    if found is None or len(found[1]) > LONGEST:
        return None
    unit = unit_of(found[2]) if found[2] else None
    return None if found[2] and unit is None else _amount("", found[1], unit)


def by_grammar(text: str) -> Reading:
    """What *text*, already cleaned, says by `grammar/cells.lark`."""
    from lark import UnexpectedInput

    if not text:
        return Absent.EMPTY
    try:
        tree = _parser().parse(text)
    except UnexpectedInput:
        return Fault("读不出")
    return _meaning(tree, text)


def _meaning(tree: Tree[Any], text: str) -> Reading:
    parts = {str(token.type): str(token) for token in tree.scan_values(lambda _: True)}
    unit = unit_of(parts["UNIT"]) if "UNIT" in parts else None
    match tree.data:
        case "amount":
            return _amount(parts.get("SIGN", ""), parts["NUMBER"], unit)
        case "day":
            return _day(parts["DATE"])
        case "empty":
            return Absent.EMPTY
        case "not_applicable":
            return Absent.NOT_APPLICABLE
        case "copied":
            return Fault("是目标的写法，不是实际值", f"写实际完成的数，不带比较符号，如「{_bare(parts)}」")
        case "wide_comma":
            return Fault("中的逗号是全角的，看不出是一个数还是几个数", f"千分位用半角逗号：「{_bare(parts)}」")
    return text


def _bare(parts: dict[str, str]) -> str:
    """The number and unit of a faulty text as they should have been written."""
    number = parts.get("NUMBER") or parts["WIDE_NUMBER"]
    return parts.get("SIGN", "") + number.replace("，", ",") + parts.get("UNIT", "")


def _amount(sign: str, number: str, unit: Unit | None) -> Reading:
    value = parse_number(number) if len(number) <= LONGEST else None
    if value is None:
        return Fault("长得不像一个数", f"数字最多 {LONGEST} 位")
    return Amount(-value if sign and sign in "-－−" else value, unit)


def _day(text: str) -> Reading:
    return parse_date(text) or Fault("不是日历上的日子", "写成「2023-12-20」或「2023年12月20日」")


@cache
def _parser() -> Lark:
    from lark import Lark

    from perfdsl.resources import grammar_text

    return Lark(grammar_text("cells.lark"), parser="lalr", lexer="contextual")
