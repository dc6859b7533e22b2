"""A table of many units: each row a unit, each column an indicator, a part or a datum, or a score of one."""

from __future__ import annotations

from perfdsl.data.entries import code_of, fact_of, given_twice, other_year, titled_year, year_of
from perfdsl.data.facts import Fact, Facts
from perfdsl.data.headings import Header, Role, column_of, is_passed_over, role_of
from perfdsl.data.marks import is_furniture
from perfdsl.data.names import Slot, Slots
from perfdsl.data.table import Entry, Row, clean, is_blank
from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed, record


@record
class Columns:
    """Where the unit's name and the year stand, and each cell of each name."""

    about: dict[Role, int]
    slots: dict[str, Slot]
    cells: dict[str, dict[Role, int]]


def read(header: Header, names: Slots, ruleset: Ruleset) -> tuple[list[Facts], list[Diagnostic]]:
    found: list[Diagnostic] = []
    columns = columns_of(header.row, names, found)
    units: list[Facts] = []
    first: dict[tuple[str, str, int | None], Entry] = {}
    years: set[int | None] = set()
    title = titled_year(header)
    for row in header.table.rows[header.at + 1 :]:
        if (foot := _at(row, columns.about.get(Role.UNIT))) is not None and is_furniture(foot.text):
            found.append(Diagnostic("W401", f"「{clean(foot.text)}」这一行没有用到", foot.cell, "合计行不是一个单位，可以留着", severity=Severity.REMARK))
            continue
        name, year_cell = _about(row, columns, found), _at(row, columns.about[Role.YEAR]) if Role.YEAR in columns.about else title
        year = year_of(year_cell, found)
        if year not in years:
            years.add(year)
            found.extend(other_year(ruleset, year, year_cell.cell if year_cell else None))
        code_cell = _at(row, columns.about.get(Role.CODE))
        unit = Facts(clean(name.text) if name else "", year, {}, name.cell if name else None, code=code_of(code_cell, found))
        place = code_cell if unit.code else name
        if place is not None and (before := first.setdefault(unit.key, place)) is not place:
            found.append(given_twice(f"单位代码「{unit.code}」" if unit.code else f"单位「{unit.unit}」", before, place))
            continue
        units.append(changed(unit, items=items_of(row, columns, found)))
    if not units:
        found.append(_no_rows(header))
    return units, found


def _no_rows(header: Header) -> Diagnostic:
    place = next((entry.cell for entry in header.row if entry), None)
    return Diagnostic("E408", "只有标题，下面没有一行单位的数据", place, "每个单位填一行；只有一个单位的，也可以每行写一个指标，标题写「指标」「实际完成值」")


def columns_of(row: Row, names: Slots, found: list[Diagnostic]) -> Columns:
    """What each heading means; one that means nothing is warned of."""
    columns = Columns({}, {}, {})
    for at, entry in enumerate(row):
        if entry is None or is_blank(entry) or (is_passed_over(entry.text) and not names.knows(entry.text)):
            continue
        role = role_of(entry.text)
        if role in Role.of_a_unit() and role is not None:
            _place(columns.about, role, at, row, found)
            continue
        name, role = column_of(entry.text)
        slot = entry.fault or names.resolve(name, entry, ("W401", Severity.WARNING))
        if isinstance(slot, Slot):
            columns.slots[slot.path] = slot
            _place(columns.cells.setdefault(slot.path, {}), role, at, row, found)
        else:
            found.append(slot)
    return columns


def _place(columns: dict[Role, int], role: Role, at: int, row: Row, found: list[Diagnostic]) -> None:
    """Note that *role* stands in column *at*, unless an earlier column has it."""
    before, entry = row[columns.get(role, at)], row[at]
    if columns.setdefault(role, at) != at and before and entry and before.cell != entry.cell:
        found.append(given_twice(f"列「{clean(entry.text)}」", before, entry))


def _at(row: Row, at: int | None) -> Entry | None:
    return row[at] if at is not None and at < len(row) else None


def _about(row: Row, columns: Columns, found: list[Diagnostic]) -> Entry | None:
    """The cell with the unit's name; a row without one is read, but says so."""
    name = _at(row, columns.about.get(Role.UNIT))
    if name is not None and name.fault:
        found.append(name.fault)
    elif name is None or is_blank(name):
        place = next((entry.cell for entry in row if entry is not None), None)
        found.append(Diagnostic("E402", "这一行没有单位名称", place, "在「单位」一列写上名称"))
    return None if name is None or is_blank(name) or name.fault else name


def items_of(row: Row, columns: Columns, found: list[Diagnostic]) -> dict[str, Fact]:
    """What a row says of every name that it has a cell for."""
    items: dict[str, Fact] = {}
    for path, places in columns.cells.items():
        cells = {role: _at(row, at) for role, at in places.items()}
        if any(entry is not None for entry in cells.values()):
            items[path] = fact_of(columns.slots[path], cells, found)
    return items
