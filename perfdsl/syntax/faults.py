"""What to say of a clause that cannot be read."""

from __future__ import annotations

import re
from typing import Any

from lark import Token
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.quantity import LONGEST
from perfdsl.source import Source, Span
from perfdsl.spelling import distance
from perfdsl.syntax.phrases import phrase
from perfdsl.syntax.vocabulary import Keyword, keywords

_WORD = re.compile(r"[^\s\u3000，,；;。、（）()「」“”\"=＝≥≤<>＜＞+＋×÷*/]+")
_OPEN_QUOTES = {"「": "」", "“": "”", '"': '"'}
_PLACES = {
    "NAME": "名称", "QUOTED": "「名称」", "NUMBER": "数字", "UNIT": "单位", "DATE": "日期", "EQUAL": "=", "LPAR": "（",
    "RPAR": "）", "INCLUDED": "（含）", "EXCLUDED": "（不含）", "GREATER_EQUAL": "≥", "LESS_EQUAL": "≤",
    "GREATER": "＞", "LESS": "＜", "UNEQUAL": "≠", "PLUS": "+", "MINUS": "−", "TIMES": "×", "DIVIDE": "÷",
}
_OPENING = ("（", "(")
_HABITS = tuple((re.compile(pattern), hint) for pattern, hint in (
    (r"[:：]", "去掉冒号，空一格就行"),
    (r"[\[［【]", "区间写成：60%（含）至 90%（不含）"),
    (r"[-－~～—]|到", "区间中间用「至」，两头写明（含）或（不含）：80%（含）至 90%（不含） 得 4分"),
    (r"[.．](?=\s|$)", "句末的「.」写成「。」，或去掉"),
    (r"由评审人填写", "去掉前面的逗号：评分 0分（含）至 10分（含） 由评审人填写"),
))
"""What people bring from regulations and spreadsheets, and how it is written here."""
_BEGINNINGS = ("TARGET", "SCORED_BY", "WEIGHT", "WHEN", "OTHERWISE", "BASIS", "NOTE", "COMBINE", "NOT_APPLICABLE", "ACTUAL", "LET", "ALONG",
               "STEP_OVER", "STEP_UNDER", "STEP_APART", "STEP_MORE", "STEP_CASE", "EACH", "EXHAUST", "PART_STEP", "LEVEL1", "LEVEL2", "LEVEL3")
"""Keywords that begin a clause and stand inside none."""
_MOST_LISTED = 8
_MOST_MEANT = 3
_LONGEST = 24
_FAR = 0.5
"""Share of a keyword's characters that may be wrong."""


def bad_number(span: Span) -> Diagnostic:
    """E003: commas that do not part a number by threes, or a number that must be whole and is not."""
    if len(span.text) > LONGEST:
        return Diagnostic("E003", f"数字太长，有 {len(span.text)} 位", span, f"数字最多 {LONGEST} 位")
    plain = span.text.replace(",", "")
    return Diagnostic("E003", f"数字「{span.text}」写法不对：逗号只能每三位一个，年度、位数须为整数", span,
                      f"写成「{plain}」；如果逗号是要断句，请用全角「，」或换行")


def too_long(source: Source, tokens: list[Token]) -> Diagnostic:
    """E007: more words in one clause than anyone reads."""
    start, end = tokens[0].start_pos or 0, tokens[-1].end_pos or 0
    return Diagnostic("E007", f"这一条太长：有 {len(tokens)} 个词和符号", Span(source, start, min(end, start + 40)),
                      "拆成几条，用「令 名称 = …」给中间的数取名")


def unexpected(fault: Any, source: Source, tokens: list[Token], state: Any) -> Diagnostic:
    """E001 (a word that fits nowhere), E002 (an open quote), E004 (an unfinished clause), E005 (a misspelt keyword)."""
    at, end = _where(fault, source)
    opening = source.text[at : at + 1]
    if isinstance(fault, UnexpectedCharacters) and opening in _OPEN_QUOTES:
        closing = _OPEN_QUOTES[opening]
        return Diagnostic("E002", f"引号「{opening}」没有配对", Span(source, at, end), f"在同一行内补上「{closing}」")
    allowed = _allowed(fault, state)
    instead = _phrase(source, tokens, at)
    if instead:
        return Diagnostic("E001", f"「{_clause(source, tokens, at)}」不是这里的写法", Span(source, at, end), instead)
    if _unfinished(fault):
        return _incomplete(source, tokens, at, allowed)
    known = isinstance(fault, UnexpectedToken) and fault.token.type in keywords()
    if known and tokens and fault.token.type in _BEGINNINGS and "$END" in state.accepts():
        allowed = []
    return (None if known else _misspelt(source, at, allowed)) or _misfit(source, at, end, tokens, allowed)


def _clause(source: Source, tokens: list[Token], at: int) -> str:
    """The broken clause to its end, or to the end of its line."""
    start = tokens[0].start_pos if tokens else at
    return re.split(r"[，,；;。\n]", source.text[start or 0 :], maxsplit=1)[0].strip() if (start or 0) <= at else ""


def _phrase(source: Source, tokens: list[Token], at: int) -> str:
    return phrase(source.text[tokens[0].start_pos if tokens else at :].split("\n", 1)[0])


def _where(fault: Any, source: Source) -> tuple[int, int]:
    if isinstance(fault, UnexpectedToken):
        start = fault.token.start_pos
        at = len(source.text) if start is None or fault.token.type == "$END" else start
        if fault.token.type == "UNIT" and (word := _WORD.match(source.text, at)):
            return at, word.end()
        return at, max(at, min(fault.token.end_pos or at, len(source.text)))
    at = fault.pos_in_stream or 0
    word = _WORD.match(source.text, at)
    return at, word.end() if word else at + 1


def _unfinished(fault: Any) -> bool:
    return isinstance(fault, UnexpectedToken) and fault.token.type in ("$END", "COMMA", "SEMICOLON", "STOP", "NEWLINE")


def _allowed(fault: Any, state: Any) -> list[str]:
    try:
        names = state.accepts()
    except Exception:  # noqa: BLE001  # a list of suggestions must never hide the fault itself
        names = set(getattr(fault, "allowed", None) or getattr(fault, "expected", None) or ())
    return sorted(n for n in names if n in keywords() or n in _PLACES)


def _incomplete(source: Source, tokens: list[Token], at: int, allowed: list[str]) -> Diagnostic:
    written = [x for x in tokens if x.type not in ("COMMA", "SEMICOLON", "STOP", "NEWLINE")]
    start = written[0].start_pos or 0
    end = written[-1].end_pos or at
    return Diagnostic("E004", f"「{source.text[start:end]}」没有写完", Span(source, start, end), _list(allowed))


def _misspelt(source: Source, at: int, allowed: list[str]) -> Diagnostic | None:
    text = source.text[at : at + _LONGEST]
    near = _nearest_keywords(text, [keywords()[n] for n in allowed if n in keywords()])
    if not near:
        return None
    span = Span(source, at, at + near[0][1])
    meant = "、".join(f"「{spelling}」" for spelling, _ in near)
    return Diagnostic("E005", f"没有关键词「{span.text}」", span, f"是不是{meant}？")


def _nearest_keywords(text: str, wanted: list[Keyword]) -> list[tuple[str, int]]:
    """The keywords that *text* most likely begins with, each with how many characters of it were meant so."""
    word = _WORD.match(text)
    if not word:
        return []
    ranked = sorted(
        (distance(text[:length].lower(), spelling) / len(spelling), abs(length - len(spelling)), -len(spelling), spelling, length)
        for keyword in wanted
        for spelling in keyword.spellings
        for length in (len(spelling) - 1, len(spelling), len(spelling) + 1)
        if len(spelling) > 1 and 0 < length <= word.end()
    )
    best = [rank for rank in ranked if rank[0] <= _FAR and rank[:3] == ranked[0][:3]]
    return [(spelling, length) for *_, spelling, length in best[:_MOST_MEANT]]


def _misfit(source: Source, at: int, end: int, tokens: list[Token], allowed: list[str]) -> Diagnostic:
    word = source.text[at:end]
    span = Span(source, at, end)
    habit = next((hint for pattern, hint in _HABITS if pattern.match(source.text, at)), "")
    if not tokens and not habit:
        return Diagnostic("E001", f"「{word}」不是一条子句的开头", span,
                          "子句以关键词、比较号或数字开头；名称有空格或标点的，请用「」括起来")
    before = source.text[tokens[0].start_pos : at].rstrip() if tokens else ""
    notes: tuple[Note, ...] = ()
    if before.count("（") + before.count("(") > before.count("）") + before.count(")"):
        notes = (Note("前面的括号还没有合上"),)
    written = [x.type for x in tokens if (x.start_pos or 0) < at]
    if not habit and word[:1] in _OPENING and written[-1:] == ["NAME"]:
        habit = "名称里有括号的，整个名称用「」括起来；分值不用括号：三级指标 培训人次 30分"
    if not habit and written[-1:] == ["NAME"] and _is_plain(word) and source.text[at - 1 : at].isspace():
        name = next(x for x in reversed(tokens) if (x.start_pos or 0) < at)
        habit = f"名称里有空格的，整个名称用「」括起来：「{source.text[name.start_pos : end]}」"
    if not habit and written == ["TARGET"]:
        habit = f"文字的目标写在「」里：目标 「{word}」"
    if not habit and before and not allowed:
        habit = f"「{word}」前面写「，」，或换行" if word.strip() else ""
    message = f"「{before}」之后不能写「{word}」" if before else f"「{word}」不能写在这里"
    return Diagnostic("E001", message, span, habit or _list(allowed), notes)


def _is_plain(word: str) -> bool:
    """Whether a word can be part of a name: it is no keyword and no mark."""
    return _WORD.fullmatch(word) is not None and not any(word in keyword.spellings for keyword in keywords().values())


def _list(allowed: list[str]) -> str:
    words = [keywords()[n].chinese[0] if n in keywords() else _PLACES[n] for n in allowed]
    if not words:
        return "在这里结束这条子句（换行或写「，」）"
    shown = "、".join(words[:_MOST_LISTED])
    return f"这里可以写：{shown}" + ("……" if len(words) > _MOST_LISTED else "")
