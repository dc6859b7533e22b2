"""Texts of targets and actual values in half width, Chinese numerals in digits."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")
_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "[零〇一二两三四五六七八九十百千]+"
_HAN_SHARE = re.compile(f"百分之({_CHINESE}|[0-9.]+)")
_HAN_COUNT = re.compile(rf"^(?P<before>(?:≥|≤|>|<|=|不少于|不低于|至少)?)(?P<number>{_CHINESE})(?P<unit>[个家次项件人名户场期套台份起例%天])")


def tight(text: str) -> str:
    """Without blanks, in half width."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """Without blanks and thousands commas, in half width, numerals in digits."""
    joined = tight(text).replace("≧", "≥").replace("≦", "≤").rstrip("。;；")
    joined = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", joined)
    joined = _HAN_SHARE.sub(lambda found: f"{_numeral(found[1])}%", joined)
    return _HAN_COUNT.sub(lambda found: f"{found['before']}{_numeral(found['number'])}{found['unit']}", joined)


def _numeral(text: str) -> str:
    """The digits of a Chinese numeral up to the thousands; digits stay."""
    if text[0].isdecimal():
        return text
    if not any(sign in _PLACES for sign in text):
        return "".join(str(_DIGITS[sign]) for sign in text)
    whole, digit = 0, 0
    for sign in text:
        if sign in _PLACES:
            whole, digit = whole + (digit or 1) * _PLACES[sign], 0
        else:
            digit = _DIGITS[sign]
    return str(whole + digit)
