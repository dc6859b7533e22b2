"""Dates as people write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

_FULL_WIDTH = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_DATE = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*(?:[-/.]|月\s*)(?:(\d{1,2})日?|(底)|$)")


def parse_date(text: str, year: int | None = None) -> date | None:
    """The day that *text* names (`2023-12-31`, `2023年12月20日`, `12月底` of *year*), or None."""
    match = _DATE.fullmatch(text.translate(_FULL_WIDTH).strip())
    if not match or (match[1] is None and (year is None or "月" not in text)):
        return None
    in_year, month = int(match[1] or year or 0), int(match[2])
    if not (1 <= month <= 12 and in_year >= 1):
        return None
    last = monthrange(in_year, month)[1]
    day = int(match[3]) if match[3] else last if match[4] else 0
    return date(in_year, month, day) if 1 <= day <= last else None


def why_no_date(text: str) -> str:
    """What is wrong with a date that `parse_date` refuses, and what to write."""
    match = _DATE.fullmatch(text.translate(_FULL_WIDTH).strip())
    if match and not 1 <= int(match[2]) <= 12:
        return f"没有{int(match[2])}月：一年有十二个月"
    if match and match[1] and match[3] and int(match[1]):
        return f"{int(match[1])}年{int(match[2])}月没有{int(match[3])}日：这个月到{monthrange(int(match[1]), int(match[2]))[1]}日为止"
    return "写成「2023-12-31」；只写月日的，规则集要先写「年度」"


def chinese_date(day: date) -> str:
    """`2023年12月31日`."""
    if (own := getattr(day, "shown_in", None)) is not None:  # a day that stands for many shows itself
        found: str = own(chinese_date)
        return found
    return f"{day.year}年{day.month}月{day.day}日"


_SERIALS = range(36526, 73051)
"""The days from 2000-01-01 to 2100-01-01 as spreadsheets number them."""


def from_serial(number: Fraction) -> date | None:
    """The day that a spreadsheet keeps as *number* (44561 is 2021-12-31), where that is a day of this century."""
    if number.denominator != 1 or int(number) not in _SERIALS:
        return None
    return date(1899, 12, 30) + timedelta(days=int(number))
