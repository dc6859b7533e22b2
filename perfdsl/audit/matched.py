"""What a form says for the names of a ruleset: its rows by the indicators' names, its budget block by the data's."""

from __future__ import annotations

import re

from perfdsl.audit import basis
from perfdsl.audit.kinds import WARNING, finding
from perfdsl.audit.result import Finding
from perfdsl.audit.sheet import Item, Sheet
from perfdsl.audit.texts import squeezed
from perfdsl.data.cells import read_cell
from perfdsl.data.facts import NOTHING, Fact, Facts
from perfdsl.forms.form import Said
from perfdsl.model.ruleset import Expected, Kind, Ruleset

_FRAME = re.compile(r"^指标[0-9]+[:：]?|[★☆*\s]|[（(][^）)]*[）)]")
_AMOUNTS = {"年初预算数": "initial", "全年预算数": "budget", "全年执行数": "spent"}


def _bare(name: str) -> str:
    return _FRAME.sub("", squeezed(name))


def pairs_of(sheet: Sheet, ruleset: Ruleset) -> dict[str, Item]:
    """Indicator path → the row of that name; a name that stands twice is told apart by its levels."""
    found: dict[str, Item] = {}
    for indicator in ruleset.indicators():
        same = [item for item in sheet.items if _bare(item.name) == _bare(indicator.name)]
        levels = [item for item in same if [_bare(x) for x in item.row.levels if x] == [_bare(x) for x in indicator.levels if x]]
        chosen = same if len(same) == 1 else levels
        if len(chosen) == 1:
            found[indicator.path] = chosen[0]
    return found


def facts_of(sheet: Sheet, ruleset: Ruleset, pairs: dict[str, Item]) -> tuple[Facts, list[Finding]]:
    """What the form says for each name of the ruleset, and the cells that cannot be read for it."""
    items: dict[str, Fact] = {}
    faults: list[Finding] = []
    for path, expected in ruleset.inputs().items():
        if path in pairs:
            items[path], told = _fact(pairs[path], expected)
            faults += told
        elif path in _AMOUNTS and sheet.total is not None:
            items[path] = _amount(getattr(sheet.total.row, _AMOUNTS[path]), expected, sheet.form.money_unit)
    unit = sheet.form.unit.text if sheet.form.unit else ""
    return Facts(unit, sheet.form.year, items), faults


def _fact(item: Item, expected: Expected) -> tuple[Fact, list[Finding]]:
    said = item.row.actual
    if said is None:
        return NOTHING, []
    text = squeezed(said)
    if expected.kind is Kind.QUANTITY and item.actual.number is not None and not item.actual.unit_text and item.aim.unit is not None:
        text += item.aim.unit.symbol
    value, found = read_cell(text, expected, said.cell)
    told = [finding("A306", WARNING, item.title, said.cell, d.message, basis.RULESET) for d in found]
    return Fact(value, said.text, said.cell, claimed=item.claimed.value, reason=item.reason), told


def _amount(said: Said | None, expected: Expected, money_unit: str) -> Fact:
    """An amount of the budget block, in the form's unit where it has none."""
    if said is None:
        return NOTHING
    text = squeezed(said)
    value, _ = read_cell(text + (money_unit if re.fullmatch(r"[0-9.,]+", text) else ""), expected, said.cell)
    return Fact(value, said.text, said.cell)
