"""A table of one unit: each row an indicator, a part or a datum."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.data.entries import code_of, fact_of, given_twice, other_year, titled_year, year_of
from perfdsl.data.facts import Fact, Facts
from perfdsl.data.headings import Header, Role, is_passed_over, labelled, role_of
from perfdsl.data.marks import is_furniture
from perfdsl.data.names import Slot, Slots
from perfdsl.data.table import Entry, Row, clean, filled, is_blank, quoted
from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.ruleset import Ruleset
from perfdsl.spelling import nearest

_ELSEWHERE = {Role.UNIT: "计量单位写在数后面，如「30000万元」；单位名称另写一行：单位,某某局", Role.CODE: "单位代码另写一行：单位代码,001001"}
"""Headings that are rows where each row is an indicator, and how to write them."""
_READ = (Role.NAME, *Role.of_a_value())


def read(header: Header, names: Slots, ruleset: Ruleset) -> tuple[list[Facts], list[Diagnostic]]:
    found: list[Diagnostic] = []
    columns = _columns(header.row, found)
    above = header.table.rows[: header.at]
    below = header.table.rows[header.at + 1 :]
    said = _about([*above, *(row for row in below if _is_about(row, columns[Role.NAME]))], found)
    unit, year_cell = said.get(Role.UNIT), said.get(Role.YEAR) or titled_year(header)
    year = year_of(year_cell, found)
    found.extend(other_year(ruleset, year, year_cell.cell if year_cell else None))
    items = _items([row for row in below if not _is_about(row, columns[Role.NAME])], columns, names, found)
    return [Facts(clean(unit.text) if unit else "", year, items, code=code_of(said.get(Role.CODE), found))], found


def _columns(row: Row, found: list[Diagnostic]) -> dict[Role, int]:
    """Where each heading stands; headings that nobody knows are warned of."""
    columns: dict[Role, int] = {}
    for at, entry in enumerate(row):
        if entry is None or is_blank(entry):
            continue
        role = role_of(entry.text)
        before = row[columns[role]] if role in columns else None
        if role in _ELSEWHERE and role is not None:
            found.append(Diagnostic("E408", f"每行一个指标的表里，{quoted(entry.text)}一列没有读", entry.cell, _ELSEWHERE[role]))
        elif role not in _READ:
            found.extend(_unused(entry))
        elif before is None:
            columns[role] = at
        elif before.cell != entry.cell:
            found.append(given_twice(f"标题「{role}」", before, entry))
    return columns


def _unused(entry: Entry) -> list[Diagnostic]:
    if is_passed_over(entry.text):
        return []
    known = [str(role) for role in _READ]
    near = nearest(clean(entry.text), known)
    listed = "、".join(f"「{one}」" for one in near or known)
    hint = f"是不是{listed}？" if near else f"可读的标题：{listed}"
    return [Diagnostic("W401", f"标题{quoted(entry.text)}不认得，这一列没有读", entry.cell, hint,
                       severity=Severity.WARNING)]


def _is_about(row: Row, name_at: int) -> bool:
    """Whether a row names the unit, its code or the year."""
    name = row[name_at] if name_at < len(row) else None
    return name is not None and role_of(name.text) in Role.of_a_unit()


def _about(rows: list[Row], found: list[Diagnostic]) -> dict[Role, Entry]:
    """The cells of the unit's name, its code and the year: each stands behind its word, or in one cell with it, above or below the headings."""
    said: dict[Role, Entry] = {}
    for entries in map(filled, rows):
        for role, value in (*_beside(entries), *(pair for entry in entries for pair in labelled(entry))):
            if role in said:
                found.append(given_twice(f"「{role}」", said[role], value))
            said.setdefault(role, value)
    return said


def _beside(entries: list[Entry]) -> Iterator[tuple[Role, Entry]]:
    """Each word for a unit or a year with the cell behind it."""
    for word, value in zip(entries, entries[1:], strict=False):
        role = role_of(word.text)
        if role in Role.of_a_unit() and role is not None and role_of(value.text) is None:
            yield role, value


def _items(rows: list[Row], columns: dict[Role, int], names: Slots, found: list[Diagnostic]) -> dict[str, Fact]:
    items: dict[str, Fact] = {}
    first: dict[str, Entry] = {}
    for row in rows:
        cells = {role: row[at] if at < len(row) else None for role, at in columns.items()}
        slot = _slot(cells, names, found)
        name = cells[Role.NAME]
        if slot is None or name is None:
            continue
        if slot.path not in items:
            first[slot.path] = name
            items[slot.path] = fact_of(slot, cells, found)
        elif first[slot.path].cell != name.cell:
            found.append(given_twice(quoted(name.text), first[slot.path], name))
    return items


def _slot(cells: dict[Role, Entry | None], names: Slots, found: list[Diagnostic]) -> Slot | None:
    """What a row is about; None for a blank row, and where the name is missing, unknown or ambiguous."""
    name = cells[Role.NAME]
    if name is None or is_blank(name):
        stray = [entry for entry in cells.values() if entry is not None and not is_blank(entry) and not is_furniture(entry.text)]
        if stray:
            found.append(Diagnostic("E405", "这一行有值而没有指标名称", stray[0].cell, "在「指标」一列写上名称"))
        return None
    if is_furniture(name.text) and not names.knows(name.text):
        found.append(Diagnostic("W401", f"{quoted(name.text)}这一行没有用到", name.cell, "表尾的合计、签字和注释不参与计分，可以留着",
                                severity=Severity.REMARK))
        return None
    slot = name.fault or names.resolve(name.text, name, ("E405", Severity.ERROR))
    if isinstance(slot, Slot):
        return slot
    found.append(slot)
    return None
