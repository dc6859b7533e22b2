"""Who the rows are about: the unit's name, its code, the year."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from perfdsl.batch.block import Flags, Integers
from perfdsl.batch.reading.plan import Plan
from perfdsl.batch.reading.texts import strings, text_of, value_at
from perfdsl.batch.sources.source import Batch
from perfdsl.data.entries import other_year, year_of
from perfdsl.data.headings import is_furniture
from perfdsl.data.table import Entry, clean
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record

_UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060\u00ad\ufeff]|\\[bookmark:"
_FURNITURE = r"^(总分|合计|总计|小计|得分合计|填报|联系|审核人|负责人|经办人|单位负责人|备注|注\s*([:：（(]|$))"
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


def about(batch: Batch, plan: Plan, year: int | None) -> About:
    rows, n = batch.rows, batch.rows.num_rows
    names, damaged = _texts(rows, plan.unit, n)
    codes, broken = _texts(rows, plan.code, n)
    years, unread, warned = _years(rows, plan.year, n, year)
    passed = _passed_over(names, rows)
    return About(names, codes, years, passed, (_blank(names) | damaged | broken | unread) & ~passed, warned)


def _texts(rows: Any, at: int | None, n: int) -> tuple[Any, Flags]:
    """A column as clean texts, and the rows whose number has lost digits."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if at is None:
        return pa.array([""] * n, pa.string()), np.zeros(n, bool)
    column = rows.column(at)
    texts = strings(column)
    texts = texts.fill_null("") if texts.null_count else texts
    trimmed = pc.utf8_trim_whitespace(texts)
    if pc.any(pc.match_substring_regex(trimmed, _UNSEEN)).as_py():
        trimmed = pa.array([clean(text) for text in texts.to_pylist()], pa.string())
    return pc.cast(trimmed, pa.string()), _damaged(column)


def _damaged(column: Any) -> Flags:
    import pyarrow as pa

    if not pa.types.is_floating(column.type):
        return np.zeros(len(column), bool)
    values = column.fill_null(0.0).to_numpy(zero_copy_only=False)
    made: Flags = ~(np.abs(values) < _SAFE) | (np.rint(values) != values)
    return made


def _blank(texts: Any) -> Flags:
    import pyarrow.compute as pc

    made: Flags = pc.equal(texts, "").to_numpy(zero_copy_only=False)
    return made


def _passed_over(names: Any, rows: Any) -> Flags:
    """Rows that begin a form's foot, and rows in which nothing stands."""
    import pyarrow.compute as pc

    made = pc.match_substring_regex(names, _FURNITURE).to_numpy(zero_copy_only=False).copy()
    for row in np.flatnonzero(made):
        made[row] = is_furniture(names[int(row)].as_py())
    for row in np.flatnonzero(_blank(names)):
        made[row] = all(not clean(text_of(column[int(row)].as_py()) or "") for column in rows.columns)
    return made


def _years(rows: Any, at: int | None, n: int, wanted: int | None) -> tuple[Integers, Flags, Counter[str]]:
    import pyarrow.compute as pc

    if at is None:
        return np.full(n, NO_YEAR, np.int64), np.zeros(n, bool), Counter()
    said = pc.dictionary_encode(strings(rows.column(at)), null_encoding="encode")
    read = [_year(text or "", wanted) for text in said.dictionary.to_pylist()]
    codes = said.indices.to_numpy(zero_copy_only=False)
    years = np.array([year or NO_YEAR for year, _, _ in read], np.int64)
    other = np.array([warned for _, _, warned in read], bool)
    times = int(other[codes].sum())
    return years[codes], np.array([wrong for _, wrong, _ in read], bool)[codes], Counter({"W402": times} if times else {})


def _year(text: str, wanted: int | None) -> tuple[int | None, bool, bool]:
    """The year, whether it cannot be read, and whether it is not that of the ruleset."""
    found: list[Diagnostic] = []
    year = year_of(Entry(text, Cell("", "")), found)
    return year, bool(found), bool(other_year(wanted, year, None))


def faults_about(batch: Batch, plan: Plan, row: int, place: Any) -> list[tuple[str, str, Diagnostic]]:
    """What is wrong with the name, the code and the year of a row: heading, text, fault.  *place* gives the cell of a column."""
    found: list[tuple[str, str, Diagnostic]] = []
    for at, what in ((plan.unit, "单位名称"), (plan.code, "单位代码")):
        value = None if at is None else value_at(batch.rows.column(at), row)
        text = text_of(value) or ""
        heading = "" if at is None else plan.headings[at]
        if what == "单位名称" and not clean(text):
            found.append((heading, "", Diagnostic("E402", "这一行没有单位名称", place(at), "在「单位」一列写上名称")))
        elif at is not None and _damaged(batch.rows.column(at).slice(row, 1))[0] and value is not None:
            found.append((heading, text, Diagnostic("E402", f"{what}「{text}」存成了小数，超过 15 位的数字已经不准", place(at),
                                                    "把这一列存成文字，不要存成数")))
    if plan.year is not None:
        text = text_of(value_at(batch.rows.column(plan.year), row)) or ""
        wrong: list[Diagnostic] = []
        year_of(Entry(text, place(plan.year)), wrong)
        found += [(plan.headings[plan.year], text, one) for one in wrong]
    return found
