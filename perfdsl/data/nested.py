"""Nested data (JSON, TOML) as tables: keys are names, or headings where an object describes one value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time

from perfdsl.data.headings import Role, role_of
from perfdsl.data.table import Entry, Row, Table, clean
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.record import record


@record
class Members:
    """The members of an object in order, with keys that occur twice."""

    pairs: tuple[tuple[str, object], ...]


@record
class _Place:
    """Where in a file we are: the levels of a name so far, and the address for messages."""

    file: str
    name: str = ""
    address: str = ""

    def at(self, key: str, time: int = 1) -> _Place:
        twice = "" if time == 1 else f"（第{time}次）"
        return _Place(self.file, _joined(self.name, key), _joined(self.address, key + twice))

    def item(self, number: int) -> _Place:
        return _Place(self.file, "", _joined(self.address, f"第{number}项"))

    @property
    def cell(self) -> Cell:
        return Cell(self.file, self.address or "开头")


_Column = tuple[str, int]
"""A heading and how many times it stood before in the same object: equal keys make two columns."""
_Cells = dict[_Column, Entry]
_Found = tuple[list[Table], list[Diagnostic]]


def _joined(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key


def tables(data: object, file: str) -> _Found:
    """One object is one unit; a list, or `units`, holds many units, or the rows of one where its objects say 指标."""
    top = _Place(file)
    if isinstance(data, list):
        return _many(data, (), top)
    if not isinstance(data, Members):
        return [], [_no_object(top, "最外层")]
    lists = [value for key, value in data.pairs if clean(key) == "units" and isinstance(value, list)]
    if not lists:
        return [_one(data, top)], []
    common = tuple(pair for pair in data.pairs if clean(pair[0]) != "units")
    return _many([one for units in lists for one in units], common, _Place(file, "", "units"))


def _no_object(place: _Place, what: str) -> Diagnostic:
    return Diagnostic("E401", f"{what}应是对象：名称和值一一对应", place.cell, '写成 {"税收": "3.6亿元"} 的样子')


def _one(data: Members, top: _Place) -> Table:
    """A row for each name, below the headings that the values use."""
    rows: dict[str, _Cells] = {}
    for name, role, entry in _values(data, top):
        row = rows.setdefault(name.cell.address, {(str(Role.NAME), 0): name})
        row[_fresh(row, role)] = entry
    return _table([*rows.values()], [str(Role.NAME), str(Role.ACTUAL)], top)


def _fresh(row: _Cells, heading: str) -> _Column:
    """The column of *heading*, or where the row has it already, a second of that heading."""
    return heading, sum(1 for known, _ in row if known == heading)


def _table(rows: list[_Cells], always: list[str], top: _Place) -> Table:
    columns = list(dict.fromkeys([*((heading, 0) for heading in always), *(key for row in rows for key in row)]))
    first = {key: entry.cell for row in reversed(rows) for key, entry in row.items()}
    headings: Row = tuple(Entry(key[0], first.get(key, top.cell)) for key in columns)
    return Table(top.file, (headings, *(tuple(row.get(key) for key in columns) for row in rows)))


def _values(data: Members, place: _Place) -> Iterator[tuple[Entry, str, Entry]]:
    """Every value below *data*: its name (a path), the heading it belongs under, and its text."""
    seen: Counter[str] = Counter()
    for key, value in data.pairs:
        seen[key] += 1
        here = place.at(key, seen[key])
        name = Entry(here.name, here.cell)
        if not isinstance(value, Members):
            yield name, str(Role.ACTUAL), _entry(value, here.cell)
        elif any(role_of(inner) in Role.of_a_value() for inner, _ in value.pairs):
            times: Counter[str] = Counter()
            for inner, part in value.pairs:
                heading = str(role_of(inner) or clean(inner))
                times[heading] += 1
                yield name, heading, _entry(part, here.at(inner, times[heading]).cell)
        else:
            yield from _values(value, here)


def _entry(value: object, cell: Cell) -> Entry:
    """A scalar as people would write it; what is none carries a fault."""
    match value:
        case list() | Members() | time():
            what = "列表" if isinstance(value, list) else "时刻" if isinstance(value, time) else "对象"
            return Entry("", cell, Diagnostic("E402", f"这里要一个值，不能是{what}", cell, '写成一个值，如 "3.6亿元"'))
        case None:
            return Entry("", cell)
        case bool():
            return Entry("是" if value else "否", cell)
        case datetime():
            return Entry(value.isoformat(" ") if value.time() != time() else value.date().isoformat(), cell)
        case date():
            return Entry(value.isoformat(), cell)
    return Entry(_number_text(value), cell)


def _number_text(value: object) -> str:
    """Whole numbers of TOML may be longer than Python turns into text; such a one is no measured value."""
    try:
        return str(value)
    except ValueError:
        return "（太长的数）"


def _many(data: list[object], common: tuple[tuple[str, object], ...], top: _Place) -> _Found:
    """Objects as rows: of one unit where they have a key 指标, else of a unit each; *common* belongs to each."""
    wrong = [_no_object(top.item(at), f"第{at}项") for at, one in enumerate(data, 1) if not isinstance(one, Members)]
    units = [(one, top.item(at)) for at, one in enumerate(data, 1) if isinstance(one, Members)]
    if any(role_of(key) is Role.NAME for one, _ in units for key, _ in one.pairs):
        rows = [_cells(one, place) for one, place in units]
        reserved = [_table_row(key, value, top) for key, value in common]
        return [_table(reserved + rows, [], top)] if units else [], wrong
    rows = [_cells(Members(common + one.pairs), place) for one, place in units]
    named = any(role_of(heading) is Role.UNIT for row in rows for heading, _ in row)
    return [_table(rows, [] if named else [str(Role.UNIT)], top)] if units else [], wrong


def _table_row(key: str, value: object, top: _Place) -> _Cells:
    """What stands beside a list of rows (年度) as one row more."""
    cell = Cell(top.file, key)
    return {(str(Role.NAME), 0): Entry(key, cell), (str(Role.ACTUAL), 0): _entry(value, cell)}


def cells_of(one: Members, file: str) -> _Cells:
    """The cells of one object that stands by itself."""
    return _cells(one, _Place(file))


def _cells(one: Members, place: _Place) -> _Cells:
    """The cells of one object of a list; a value with scores becomes `名称.自评得分` and so on."""
    row: _Cells = {}
    for name, role, entry in _values(one, place):
        heading = name.text if role == Role.ACTUAL else f"{name.text}.{role}"
        row[_fresh(row, str(role_of(heading) or heading))] = entry
    return row
