"""The cells that belong to one name become a fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from perfdsl.data.cells import read_cell, read_score
from perfdsl.data.facts import Absent, Fact, Value
from perfdsl.data.headings import Header, Role
from perfdsl.data.marks import is_power
from perfdsl.data.names import Actual, Slot
from perfdsl.data.table import Entry, clean, filled, is_blank, quoted
from perfdsl.diagnostics import Cell, Diagnostic, Note, Severity
from perfdsl.model import kernel as k
from perfdsl.model.references import EVALUATION_DAY
from perfdsl.model.ruleset import Expected, Kind, Ruleset

Cells = Mapping[Role, Entry | None]

_TITLE = re.compile(r"(?:^|[（(])\s*([0-9０-９]{4})\s*年度")
_SURE = 15
"""Digits of a number that a spreadsheet keeps."""
_YEAR = re.compile(r"([0-9０-９]{4})\s*年?度?")


def fact_of(slot: Slot, cells: Cells, found: list[Diagnostic]) -> Fact:
    """The fact that *cells* give for *slot*; what is wrong with them is added to *found*."""
    actual = cells.get(Role.ACTUAL)
    return Fact(
        _value(slot, actual, found),
        clean(actual.text) if actual else "",
        actual.cell if actual else next((entry.cell for entry in cells.values() if entry), None),
        _score(cells.get(Role.CLAIMED), found),
        _score(cells.get(Role.CHOSEN), found),
        _score(cells.get(Role.AUDITED), found),
        _reason(cells.get(Role.REASON), found),
    )


def _value(slot: Slot, entry: Entry | None, found: list[Diagnostic]) -> Value | Absent:
    if entry is None:
        return Absent.MISSING
    if slot.actual is not Actual.CELL:
        if read_cell(entry.text, Expected(Kind.TEXT), entry.cell)[0] is Absent.NOT_APPLICABLE:
            return Absent.NOT_APPLICABLE
        found.extend(_superfluous(slot, entry))
        return Absent.MISSING
    if entry.fault:
        found.append(entry.fault)
        return Absent.UNREADABLE
    value, wrong = read_cell(entry.text, slot.expected, entry.cell)
    found.extend(wrong)
    return value


def _superfluous(slot: Slot, entry: Entry) -> list[Diagnostic]:
    """An actual value where none is read: the indicator's comes from its parts, or from other data."""
    if is_blank(entry) or (entry.fault is None and read_score(entry.text, entry.cell) == (None, [])):
        return []
    if slot.actual is Actual.PARTS:
        return [Diagnostic("E412", f"「{slot.path}」的实际值由各分项而来，不能另填{quoted(entry.text)}", entry.cell,
                           "实际完成值填在各分项的名称下，这里留空")]
    return [Diagnostic("W403", f"「{slot.path}」的实际值由其他数据算出，所填{quoted(entry.text)}不用", entry.cell,
                       "这里留空", severity=Severity.WARNING)]


def _score(entry: Entry | None, found: list[Diagnostic]) -> Fraction | None:
    if entry is None:
        return None
    if entry.fault:
        found.append(entry.fault)
        return None
    value, wrong = read_score(entry.text, entry.cell)
    found.extend(wrong)
    return value


def _reason(entry: Entry | None, found: list[Diagnostic]) -> str:
    if entry is not None and entry.fault:
        found.append(entry.fault)
    return clean(entry.text) if entry else ""


def year_of(entry: Entry | None, found: list[Diagnostic]) -> int | None:
    """The year in a cell (`2023`, `2023年度`); None where it is empty or unreadable."""
    if entry is None or is_blank(entry):
        return None
    year = _YEAR.fullmatch(clean(entry.text))
    if year is None:
        found.append(entry.fault or Diagnostic("E402", f"年度{quoted(entry.text)}读不出", entry.cell, "写成「2023」"))
    return int(year[1]) if year else None


def titled_year(header: Header) -> Entry | None:
    """The year in a title above the headings, the nearest one: `（2023年度）`, `2023年度自评表`."""
    titles = [entries[0] for row in header.table.rows[: header.at] if len(entries := filled(row)) == 1]
    said = [Entry(found[1], entry.cell) for entry in (*header.table.above, *titles) if (found := _TITLE.search(clean(entry.text)))]
    return said[-1] if said else None


def code_of(entry: Entry | None, found: list[Diagnostic]) -> str:
    """The code of a unit as it is written; empty, with E402, where a spreadsheet has kept it as a number and lost its last digits."""
    if entry is None or is_blank(entry):
        return ""
    code = "".join(clean(entry.text).split())
    lost = is_power(code) or (entry.is_number and len(code) > _SURE)
    if entry.fault or lost:
        found.append(entry.fault or Diagnostic("E402", f"单位代码{quoted(entry.text)}存成了数，{_SURE} 位以后的数字已经丢失", entry.cell,
                                               "先把这一列的格式设为「文本」，再重新填完整的代码"))
        return ""
    return code


def other_year(ruleset: Ruleset, year: int | None, cell: Cell | None) -> list[Diagnostic]:
    """A warning where a ruleset of one year is used on data of another; it says on which day periods are judged (decision 0027)."""
    if ruleset.year is None or year is None or ruleset.year == year:
        return []
    day = next((let.value.value for let in ruleset.lets if let.name == EVALUATION_DAY and isinstance(let.value, k.Day)), None)
    judged = f"。「自 … 起」「至 … 止」的规定按规则集年度的最后一天（{day}）算，不按数据的年度" if day else ""
    return [Diagnostic("W402", f"数据是{year}年度的，规则集是{ruleset.year}年度的{judged}", cell,
                       f"换用{year}年度的规则集，或更正年度" + ("；要由数据定哪一天，规则集里加一行：数据 评价基准日 日期" if day else ""),
                       severity=Severity.WARNING)]


def given_twice(what: str, first: Entry, second: Entry) -> Diagnostic:
    return Diagnostic("E407", f"{what}给了两次", second.cell, "只留一处", (Note("先在这里给出", first.cell),))
