"""Tables become facts: finds the headings, and reads the rows as one unit or as many."""

from __future__ import annotations

from perfdsl.data import many_units, one_unit
from perfdsl.data.facts import Facts
from perfdsl.data.headings import Header, Layout, Role, find_header, role_of
from perfdsl.data.names import Slots
from perfdsl.data.table import Table, filled, quoted
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.spelling import nearest


def read_tables(tables: list[Table], file: str, ruleset: Ruleset) -> tuple[list[Facts], list[Diagnostic]]:
    """The facts of every unit in the first of *tables* that has the headings."""
    names = Slots(ruleset)
    header = find_header(tables, names)
    if header is None:
        return [], [no_headings(tables, file, names)]
    match header.layout:
        case Layout.ONE:
            return one_unit.read(header, names, ruleset)
        case Layout.MANY | Layout.MANY_UNKNOWN:
            return many_units.read(header, names, ruleset)
        case Layout.ONE_BROKEN:
            return [], [_missing_heading(header)]


def _missing_heading(header: Header) -> Diagnostic:
    """A row with one of the headings 指标 and 实际完成值, but not with the other."""
    entries = filled(header.row)
    roles = [role_of(entry.text) for entry in entries]
    lacking = Role.ACTUAL if Role.NAME in roles else Role.NAME
    others = [entry for entry, role in zip(entries, roles, strict=True) if role is None]
    near = [entry for entry in others if nearest(entry.text, [lacking])]
    if near:
        message = f"没有标题「{lacking}」，{quoted(near[0].text)}是不是它？"
        return Diagnostic("E408", message, near[0].cell, f"写「{lacking}」")
    return Diagnostic("E408", f"这一行标题中没有「{lacking}」", entries[0].cell, f"加一列，标题写「{lacking}」")


def no_headings(tables: list[Table], file: str, names: Slots) -> Diagnostic:
    """Nothing that looks like headings; perhaps many units without the column of their names."""
    for table in tables:
        for row in table.rows[:1]:
            known = [entry for entry in filled(row) if names.knows(entry.text)]
            if len(known) > 1:
                return Diagnostic("E408", "每行像是一个单位，但没有「单位」一列", known[0].cell,
                                  "加一列单位名称，标题写「单位」")
    first = next((row[0] for table in tables for row in table.rows[:1] if row and row[0]), None)
    if first is not None and len(filled(tables[0].rows[0])) == 1 and (mark := next((m for m in "，;；" if m in first.text), "")):
        return Diagnostic("E408", f"各列之间用的是「{mark}」，读不成表格", first.cell, "CSV 各列之间用半角逗号「,」；或另存为 xlsx")
    return Diagnostic("E408", "没有找到标题行", Cell(file, "开头"),
                      "每行一个指标：标题写「指标」「实际完成值」；每行一个单位：标题写「单位」和各指标的名称")
