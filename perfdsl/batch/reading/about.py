"""Who the rows are about: the unit's name, its code, the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from perfdsl.batch.arrays import texts_of
from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.reading.texts import strings, text_of, value_at
from perfdsl.batch.reading.who import faults_of_code, faults_of_name, faults_of_year, read_year
from perfdsl.batch.sources.source import Batch
from perfdsl.data.marks import is_furniture, is_power
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record

_UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]|\\[bookmark:"
_FOOT = np.array([int.from_bytes(character.encode(), "big") for character in "总合小得填联审负经单备注"], np.uint32)
"""The first characters of the words with which the foot of a form begins."""
_MARKS = (b"\xe2\x80", b"\xe2\x81\xa0", b"\xc2\x85", b"\xc2\xad", b"\xc2\xa0", b"\xef\xbb\xbf", b"\xe3\x80\x80", b"[bookmark:")
"""Bytes of blanks wider than a space, and of marks that nobody sees."""
_LEADS = (b"\xe2", b"\xc2", b"\xef", b"\xe3", b"[")
"""The first bytes of these, which are looked for much faster."""
_BLANK = 0x20
_SAFE = 10**15
"""A float of more digits is no longer the code that was typed."""
NO_YEAR = 0


@record
class About:
    """For each row the name and the code as cleaned texts without nulls, the year (`NO_YEAR`: none), and what is wrong with them.

    `passed_over` are rows of the form's foot; `faulty` those with an error in one of these three cells.
    """

    names: Any
    codes: Any
    years: Integers
    passed_over: Flags
    faulty: Flags
    warned: Counter[str]
    has_codes: bool = True


def about(batch: Batch, plan: Plan, year: int | None) -> About:
    rows, n = batch.rows, batch.rows.num_rows
    names, damaged = _texts(rows, plan.unit, n)
    codes, broken = _codes(rows, plan.code, n)
    years, unread, warned = _years(rows, plan.year, n, year)
    passed = _passed_over(names, rows)
    return About(names, codes, years, passed, (_blank(names) | damaged | broken | unread) & ~passed, warned, plan.code is not None)


def _texts(rows: Any, at: int | None, n: int) -> tuple[Any, Flags]:
    """A column as clean texts, and the rows whose number has lost digits."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if at is None:
        return _no_texts(n), np.zeros(n, bool)
    column = rows.column(at)
    texts = strings(column)
    texts = texts.fill_null("") if texts.null_count else texts
    texts = pc.cast(texts, pa.string())
    if _may_be_unclean(texts):
        texts = pc.utf8_trim_whitespace(texts)
        if pc.any(pc.match_substring_regex(texts, _UNSEEN)).as_py():
            texts = pa.array([clean(text) for text in texts.to_pylist()], pa.string())
    return texts, _damaged(column)


def _no_texts(n: int) -> Any:
    """Empty ones.  `pyarrow.repeat` would import a calendar for that."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.string(), n, [None, pa.py_buffer(np.zeros(n + 1, np.int32)), pa.py_buffer(b"")])


def _codes(rows: Any, at: int | None, n: int) -> tuple[Any, Flags]:
    """As `data.entries.code_of`: without blanks, and none that a spreadsheet has kept as a number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    codes, broken = _texts(rows, at, n)
    if at is None or not pc.any(pc.match_substring_regex(codes, r"\s|[Ee]\+")).as_py():
        return codes, broken
    texts = ["".join(code.split()) for code in codes.to_pylist()]
    return pa.array(texts, pa.string()), broken | np.array([is_power(text) for text in texts], bool)


def _may_be_unclean(texts: Any) -> bool:
    """Whether some text holds a mark that nobody sees, or begins or ends with a blank: told by bytes that such characters have."""
    offsets, data = texts_of(texts)
    raw = data[offsets[0] : offsets[-1]].tobytes()
    if any(byte in raw for byte in _LEADS) and any(mark in raw for mark in _MARKS):
        return True
    filled = np.diff(offsets) > 0
    first, last = data[offsets[:-1][filled]], data[offsets[1:][filled] - 1]
    return bool(((first <= _BLANK) | (last <= _BLANK)).any())


def _damaged(column: Any) -> Flags:
    import pyarrow as pa

    if not pa.types.is_floating(column.type):
        return np.zeros(len(column), bool)
    values = column.fill_null(0.0).to_numpy(zero_copy_only=False)
    made: Flags = ~(np.abs(values) < _SAFE) | (np.rint(values) != values)
    return made


def _blank(texts: Any) -> Flags:
    made: Flags = np.diff(texts_of(texts)[0]) == 0
    return made


def _passed_over(names: Any, rows: Any) -> Flags:
    """Rows that begin a form's foot, and rows in which nothing stands."""
    made = np.zeros(len(names), bool)
    for row in _like_furniture(names):
        made[row] = is_furniture(names[int(row)].as_py())
    for row in np.flatnonzero(_blank(names)):
        made[row] = all(not clean(text_of(column[int(row)].as_py()) or "") for column in rows.columns)
    return made


def _like_furniture(names: Any) -> Integers:
    """Rows whose name begins with the first character of one of the words of `headings.is_furniture`."""
    offsets, data = texts_of(names)
    starts = offsets[:-1][np.diff(offsets) >= 3]
    first = data[starts].astype(np.uint32) << 16 | data[starts + 1].astype(np.uint32) << 8 | data[starts + 2]
    return np.flatnonzero(np.diff(offsets) >= 3)[np.isin(first, _FOOT)]


def _years(rows: Any, at: int | None, n: int, wanted: int | None) -> tuple[Integers, Flags, Counter[str]]:
    import pyarrow.compute as pc

    if at is None:
        return np.full(n, NO_YEAR, np.int64), np.zeros(n, bool), Counter()
    said = pc.dictionary_encode(strings(rows.column(at)), null_encoding="encode")
    read = [read_year(text or "", wanted) for text in said.dictionary.to_pylist()]
    codes = said.indices.to_numpy(zero_copy_only=False)
    years = np.array([year or NO_YEAR for year, _, _ in read], np.int64)
    other = np.array([warned for _, _, warned in read], bool)
    times = int(other[codes].sum())
    return years[codes], np.array([wrong for _, wrong, _ in read], bool)[codes], Counter({"W402": times} if times else {})


def faults_about(batch: Batch, plan: Plan, row: int, place: Callable[[int | None], Cell]) -> list[tuple[str, str, Diagnostic]]:
    """What is wrong with the name, the code and the year of a row: heading, text, fault.  *place* gives the cell of a column."""
    found: list[tuple[str, str, Diagnostic]] = []
    for at, what in ((plan.unit, "单位名称"), (plan.code, "单位代码")):
        value = None if at is None else value_at(batch.rows.column(at), row)
        text = text_of(value) or ""
        if what == "单位名称":
            found += faults_of_name(plan, text, place)
        if at is not None and value is not None and _damaged(batch.rows.column(at).slice(row, 1))[0] and (clean(text) or what != "单位名称"):
            found.append((plan.headings[at], text, Diagnostic("E402", f"{what}「{text}」存成了小数，超过 15 位的数字已经不准", place(at),
                                                              "把这一列存成文字，不要存成数")))
        if what == "单位代码" and at is not None:
            found += faults_of_code(plan, text, place)
    if plan.year is not None:
        found += faults_of_year(plan, text_of(value_at(batch.rows.column(plan.year), row)) or "", place)
    return found
