"""JSON: numbers are kept as they are written, keys that occur twice are kept twice."""

from __future__ import annotations

import json

from perfdsl.data import nested
from perfdsl.data.nested import Members
from perfdsl.data.table import Table
from perfdsl.diagnostics import Cell, Diagnostic


def tables(text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    data, found = parsed(text, file)
    try:
        return ([], found) if found else nested.tables(data, file)
    except RecursionError:
        return [], [too_deep(file)]


def parsed(text: str, file: str) -> tuple[object, list[Diagnostic]]:
    """Members, lists and texts; E401 where it is no JSON."""
    try:
        return json.loads(text, object_pairs_hook=_members, parse_float=str, parse_int=str, parse_constant=str), []
    except json.JSONDecodeError as error:
        place = Cell(file, f"第{error.lineno}行第{error.colno}列", "", error.lineno, error.colno)
        return None, [Diagnostic("E401", f"第{error.lineno}行不合 JSON 的写法", place,
                                 "检查这里或前一行的逗号、引号和括号：最后一项后面不写逗号，标点用半角")]
    except RecursionError:
        return None, [too_deep(file)]


def too_deep(file: str) -> Diagnostic:
    return Diagnostic("E401", "括号套得太深，读不下去", Cell(file, "开头"), "一层指标最多一层括号")


def _members(pairs: list[tuple[str, object]]) -> Members:
    return Members(tuple(pairs))
