"""YAML: every scalar is the text as written; equal keys, references and tags are refused."""

from __future__ import annotations

from typing import Any

from perfdsl.data import nested
from perfdsl.data.nested import Members
from perfdsl.data.table import Table
from perfdsl.diagnostics import Cell, Diagnostic

LONGEST = 2_000_000
"""Characters; the parser needs a second for each million or so."""
DEEPEST = 50
"""Lists and mappings inside one another."""


class _Fault(Exception):  # noqa: N818  # carries a finding out of the recursion
    pass


def tables(text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    data, found = parsed(text, file)
    return ([], found) if found else nested.tables(data, file)


def parsed(text: str, file: str) -> tuple[object, list[Diagnostic]]:
    """Members, lists and texts; E401 where it is no YAML, or more than data needs."""
    try:
        import yaml
    except ImportError:
        return None, [_broken(file, 1, "是 YAML，读它要另装一个组件", '安装：pip install "perfdsl[yaml]"；或者改用 JSON、CSV')]
    if len(text) > LONGEST:
        return None, [_broken(file, 1, "的 YAML 太长", "改用 CSV 或 xlsx")]
    try:
        _look_through(yaml.parse(text, Loader=_loader(yaml)), file, yaml)
        return _value(yaml.compose(text, Loader=_loader(yaml)), file, yaml), []
    except _Fault as fault:
        return None, [fault.args[0]]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        return None, [_broken(file, line, "不合 YAML 的写法", "一行一个「名称: 值」：冒号用半角，后面空一格；不用制表符缩进；值里有「: 」「#」的加引号")]
    except RecursionError:
        return None, [_broken(file, 1, "一层套一层，太深了", "一层指标最多缩进一层")]


def _loader(yaml: Any) -> Any:
    """The loader in C where there is one; both keep every scalar as text."""
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _look_through(events: Any, file: str, yaml: Any) -> None:
    """What would make the tree large, deep or more than data, before there is a tree."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise RecursionError
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise _Fault(_broken(file, event.start_mark.line + 1, "用了 YAML 的引用或标签（& * !）", "把值直接写出来"))


def _value(node: Any, file: str, yaml: Any) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [_value(one, file, yaml) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return Members(tuple(_pairs(node, file, yaml)))
    return None if node is None or (node.style is None and node.value in ("", "~", "null")) else node.value


def _pairs(node: Any, file: str, yaml: Any) -> list[tuple[str, object]]:
    seen: set[str] = set()
    made: list[tuple[str, object]] = []
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise _Fault(_broken(file, line, "的键不是一个名称", "写成「名称: 值」"))
        if key.value in seen:
            place = Cell(file, f"第{line}行", line=line)
            raise _Fault(Diagnostic("E407", f"第{line}行的「{key.value}」前面已经写过", place, "同一个名称只写一次"))
        seen.add(key.value)
        made.append((key.value, _value(value, file, yaml)))
    return made


def _broken(file: str, line: int, why: str, hint: str) -> Diagnostic:
    return Diagnostic("E401", f"第{line}行{why}" if line > 1 else f"「{file}」{why}", Cell(file, f"第{line}行", line=line), hint)
