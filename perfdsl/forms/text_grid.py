"""Forms in text: CSV as it stands; JSON, YAML and TOML as the rows that their keys and lists make."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.data.headings import role_of
from perfdsl.data.json_file import too_deep
from perfdsl.data.kinds import Kind
from perfdsl.data.nested import Members
from perfdsl.data.table import clean
from perfdsl.diagnostics import Cell, Diagnostic
from perfdsl.forms.grid import Grid, GridCell

MOST = 200_000
"""Cells of a form in text."""

Line = list[tuple[str, str]]
"""The texts of a row, with their addresses."""


def grids(text: str, kind: Kind, file: str) -> tuple[list[Grid], list[Diagnostic]]:
    """One grid; E401 and E407 as the readers of data give them."""
    if text.count(",") + text.count("\t") + text.count(":") > MOST:
        return [], [Diagnostic("E401", f"没有读这个文件：有 {MOST // 10_000} 万格以上，不是一张自评表", Cell(file, "开头"), "核对文件；只留自评表另存一份")]
    if kind is Kind.CSV:
        return _csv(text, file)
    data, found = _parsed(text, kind, file)
    if found:
        return [], found
    try:
        return [Grid(file, "", tuple(_cells(_lines(data, ""), file)))], []
    except RecursionError:
        return [], [too_deep(file)]


def _csv(text: str, file: str) -> tuple[list[Grid], list[Diagnostic]]:
    from perfdsl.data import csv_file

    tables, found = csv_file.tables(text, file)
    cells = (GridCell(entry.text, entry.cell, row, column)
             for table in tables for row, line in enumerate(table.rows)
             for column, entry in enumerate(line) if entry is not None and clean(entry.text))
    return [Grid(file, "", tuple(cells)) for _ in tables], found


def _parsed(text: str, kind: Kind, file: str) -> tuple[object, list[Diagnostic]]:
    if kind is Kind.JSON:
        from perfdsl.data.json_file import parsed
    elif kind is Kind.TOML:
        from perfdsl.data.toml_file import parsed
    else:
        from perfdsl.data.yaml_file import parsed
    return parsed(text, file)


def _cells(lines: Iterator[Line], file: str) -> Iterator[GridCell]:
    for row, line in enumerate(lines):
        for column, (text, address) in enumerate(line):
            if clean(text):
                yield GridCell(text, Cell(file, address, "", row + 1, column + 1), row, column)


def _lines(value: object, address: str) -> Iterator[Line]:
    """A scalar beside its key; objects in a list, or behind names, as rows below the keys they use."""
    match value:
        case Members():
            if value.pairs and all(isinstance(inner, Members) and _is_flat(inner) for _, inner in value.pairs):
                yield from _table([(key, inner) for key, inner in value.pairs if isinstance(inner, Members)], address)
                return
            for key, inner in value.pairs:
                yield from _member(key, inner, _joined(address, key))
        case list() if value and all(isinstance(one, Members) and _is_flat(one) for one in value):
            yield from _table([("", one) for one in value], address)
        case list():
            for at, one in enumerate(value, 1):
                yield from _lines(one, _joined(address, f"第{at}项"))
        case _:
            yield [(_text(value), address or "开头")]


def _member(key: str, value: object, address: str) -> Iterator[Line]:
    if not isinstance(value, (Members, list)):
        yield [(_heading(key), address), (_text(value), address)]
    elif isinstance(value, list) and not any(isinstance(one, (Members, list)) for one in value):
        yield [(_heading(key), address), *((_text(one), address) for one in value)]
    else:
        yield [(key, address)]
        yield from _lines(value, address)


def _is_flat(value: Members) -> bool:
    return not any(isinstance(inner, (Members, list)) for _, inner in value.pairs)


def _table(rows: list[tuple[str, Members]], address: str) -> Iterator[Line]:
    """A row for each object, below the keys; names before them stand in a column 指标."""
    keys = list(dict.fromkeys(key for _, one in rows for key, _ in one.pairs))
    named = any(name for name, _ in rows)
    yield [*([("指标", address)] if named else []), *((_heading(key), address) for key in keys)]
    for at, (name, one) in enumerate(rows, 1):
        here = _joined(address, name or f"第{at}项")
        values = dict(one.pairs)
        yield [*([(name, here)] if named else []), *((_text(values.get(key)), _joined(here, key)) for key in keys)]


def _heading(key: str) -> str:
    """English keys of data in the words of a form; others as written."""
    return str(role_of(key) or key) if key.isascii() else key


def _joined(address: str, key: str) -> str:
    return f"{address}/{key}" if address else key


def _text(value: object) -> str:
    return "" if value is None else ("是" if value else "否") if isinstance(value, bool) else str(value)
