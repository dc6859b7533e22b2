"""TOML: numbers are kept as decimal text, never as binary floats."""

from __future__ import annotations

import re
import tomllib

from perfdsl.data import nested
from perfdsl.data.json_file import too_deep
from perfdsl.data.nested import Members
from perfdsl.data.table import Table
from perfdsl.diagnostics import Cell, Diagnostic

_BARE_KEY = re.compile(r"""^\s*(?:\[+\s*)?([^\s"'=\[\]#,]*[^\x00-\x7f][^\s"'=\[\]#,]*)\s*(?:=|\])""", re.MULTILINE)


def tables(text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    data, found = parsed(text, file)
    return ([], found) if found else nested.tables(data, file)


def parsed(text: str, file: str) -> tuple[object, list[Diagnostic]]:
    """Members, lists and scalars; E401 where it is no TOML."""
    try:
        return _members(tomllib.loads(text, parse_float=str)), []
    except ValueError as error:
        return None, [_broken(text, str(error), file)]
    except RecursionError:
        return None, [too_deep(file)]


def _members(value: object) -> object:
    if isinstance(value, dict):
        return Members(tuple((key, _members(inner)) for key, inner in value.items()))
    if isinstance(value, list):
        return [_members(inner) for inner in value]
    return value


def _broken(text: str, message: str, file: str) -> Diagnostic:
    """What is wrong; most often a Chinese key without the quotes that TOML demands."""
    bare = _BARE_KEY.search(text)
    if bare and "overwrite" not in message and "twice" not in message:
        line = text.count("\n", 0, bare.start(1)) + 1
        place = Cell(file, f"第{line}行", line=line)
        return Diagnostic("E401", f"TOML 的中文键「{bare[1]}」没有加引号", place, f'写成 "{bare[1]}"')
    at = re.search(r"at line (\d+)", message)
    line = int(at[1]) if at else 1
    place = Cell(file, f"第{line}行", line=line)
    if "overwrite" in message or "twice" in message:
        return Diagnostic("E407", f"第{line}行的键前面已经写过", place, "同一个名称只写一次")
    return Diagnostic("E401", f"第{line}行不合 TOML 的写法", place,
                      '一行一个：名称加引号，等号，再写加引号的值，如 "税收" = "3.6亿元"')
