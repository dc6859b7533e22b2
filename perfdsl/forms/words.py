"""The words of a form made comparable: widths, blanks, traditional characters and misread ones do not count."""

from __future__ import annotations

import re
import unicodedata

_TRADITIONAL = ("產標質時濟會態續響滿務預執額總資結轉實際項單級區財撥準說審備註評價權編號據達門類開數對屬績計劃"
                "應當專戶詳細則構狀況記錄讓這個與為進來過還發現關鍵點層")
_SIMPLIFIED = ("产标质时济会态续响满务预执额总资结转实际项单级区财拨准说审备注评价权编号据达门类开数对属绩计划"
               "应当专户详细则构状况记录让这个与为进来过还发现关键点层")
_ALIKE = str.maketrans(_TRADITIONAL + "顼指効", _SIMPLIFIED + "项指效")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2028-\u202f\u2060\ufeff\u00ad]+")
_MISREAD = (("Fl", "目"), ("FI", "目"), ("曰标", "目标"), ("日标", "目标"), ("得份", "得分"), ("一及指标", "一级指标"), ("益效", "效益"))
_BRACKETED = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]|【[^】]*】")
_POINTS = re.compile(r"[(（\[]?\s*(?P<points>\d+(?:\.\d+)?\s*[%％]?)\s*(?:分\s*[)）\]]?|[)）\]])\s*$")
LONGEST = 2000
"""Characters of a cell that are looked at for words; a longer text is known by its beginning."""
_NAME = 200
"""Characters of a heading with its points."""
_BLANKS = re.compile(r"\s+")
_RUBY = re.compile(r"\s*[(（]\s*[a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜ]*\s*[)）]\s*", re.IGNORECASE)


def plain(text: str) -> str:
    """The text without blanks, in half width and simplified characters, to be compared and not shown."""
    found = _UNSEEN.sub("", unicodedata.normalize("NFKC", text[:LONGEST])).translate(_ALIKE)
    for wrong, right in _MISREAD:
        found = found.replace(wrong, right)
    return found


def bare(text: str) -> str:
    """The plain text without remarks in brackets, unless nothing else is there."""
    found = plain(text)
    return _BRACKETED.sub("", found).strip(":*★") or found


def without_ruby(text: str) -> str:
    """The text without readings in brackets, 区(qū), that a scan has taken from the print above a character."""
    return _RUBY.sub("", text)


def is_blank(text: str) -> bool:
    return not _UNSEEN.sub("", text)


def points(text: str) -> tuple[str, str]:
    """A heading's name and the points it declares: 产出指标(50分) → 产出指标, 50; without points an empty text."""
    joined = _BLANKS.sub("", text)
    found = _POINTS.search(joined) if len(joined) <= _NAME else None
    return (joined[:found.start()], found["points"]) if found else (joined, "")
