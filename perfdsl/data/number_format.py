"""What a spreadsheet shows for a number: `95.3%` for 0.953, `2510.1万元` for 2510.1 of the format `0.0"万元"`."""

from __future__ import annotations

import re
from decimal import Decimal

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])+')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?:_.|\*.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r'|(?P<digits>General|[0#?][0#?,.]*(?:E[+-]0+)?|\.[0#?]+)|(?P<other>.)', re.IGNORECASE | re.DOTALL)
_PADDED = re.compile("0{2,}")
_CONDITION = re.compile(r"\[[<>=]")
_YUAN = re.compile("[¥￥]|CNY|RMB", re.IGNORECASE)


def shown(value: float | int, number_format: str) -> str | None:
    """What a person sees, in all its digits; None where the format makes it look a number in ways not followed here."""
    number = Decimal(repr(value))
    if _CONDITION.search(number_format or ""):
        return None
    before, runs, after, percents = _parts(_section(number, number_format or "General"))
    if len(runs) != 1:
        return None if runs else _plain(number)
    thousands = len(runs[0]) - len(runs[0].rstrip(","))
    scaled = number.scaleb(2 * percents - 3 * thousands)
    before, after = before.strip(" +-()（）"), after.strip(" +-()（）")
    if _YUAN.fullmatch(before) and not after:
        before, after = "", "元"
    return f"{before}{_plain(scaled).zfill(len(runs[0]) if _PADDED.fullmatch(runs[0]) else 0)}{after}"


def _section(number: Decimal, number_format: str) -> str:
    """The section of a format that is for numbers of this sign."""
    sections = _SECTION.findall(number_format) or ["General"]
    at = 1 if number < 0 else 2 if number == 0 else 0
    return str(sections[at] if at < min(len(sections), 3) else sections[0])


def _parts(section: str) -> tuple[str, list[str], str, int]:
    """The words before the digits, the runs of digit marks, the words after, and how many bare percent signs."""
    words, runs, percents = ["", ""], list[str](), 0
    for piece in _PIECE.finditer(section):
        if piece["digits"]:
            runs.append(piece["digits"])
        else:
            percents += piece["other"] == "%"
            words[bool(runs)] += piece["quoted"] or piece["escaped"] or piece["currency"] or piece["other"] or ""
    return words[0], runs, words[1], percents


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text
