"""Data files become facts: the first bytes tell the format, one module reads each, `layout` finds the names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from perfdsl.data.facts import Facts
    from perfdsl.data.table import Table
    from perfdsl.diagnostics import Diagnostic
    from perfdsl.model.ruleset import Ruleset

__all__ = ["read", "read_bytes", "read_mapping"]

_SHEETS = (".xls", ".xlsx", ".et", ".ods")


def read(path: str | Path, ruleset: Ruleset, text_stream: Any = None) -> tuple[list[Facts], list[Diagnostic]]:
    """The facts of every unit in a file (`-`: *text_stream*, else stdin), and all that is wrong with it."""
    file = "<stdin>" if str(path) == "-" else str(path)
    data = _bytes(path, text_stream)
    if isinstance(data, str):
        return [], [_unreadable(file, data, "检查文件名和所在的文件夹，以及有没有读它的权限")]
    return read_bytes(data, file, ruleset)


def read_bytes(data: bytes, file: str, ruleset: Ruleset) -> tuple[list[Facts], list[Diagnostic]]:
    """As `read`, from what a file holds; *file* is its name in messages."""
    from perfdsl.data.layout import read_tables

    tables, found = _tables(data, file)
    if found and not tables:
        return [], found
    facts, more = read_tables(tables, file, ruleset)
    return facts, [*found, *more]


def read_mapping(data: object, ruleset: Ruleset) -> tuple[list[Facts], list[Diagnostic]]:
    """As `read`, from dicts and lists shaped like the JSON file: a dict of one unit, or a list of them."""
    import json

    from perfdsl.data import json_file
    from perfdsl.data.layout import read_tables

    try:
        text = json.dumps(data, ensure_ascii=False, default=str)
    except (TypeError, ValueError) as fault:
        return [], [_unreadable("<data>", f"不是 JSON 能表示的数据（{fault}）", "用字符串作键，值用字符串、数或 Decimal")]
    tables, found = json_file.tables(text, "<data>")
    if found and not tables:
        return [], found
    facts, more = read_tables(tables, "<data>", ruleset)
    return facts, [*found, *more]


def _bytes(path: str | Path, text_stream: Any) -> bytes | str:
    """What the file holds, or why it cannot be read."""
    try:
        if str(path) != "-":
            with open(path, "rb") as stream:  # pathlib is slow to load
                return stream.read()
        return _from_stream(text_stream)
    except FileNotFoundError:
        return "没有这个文件"
    except IsADirectoryError:
        return "这是文件夹，不是文件"
    except PermissionError:
        return "没有读它的权限"
    except (OSError, ValueError) as error:
        return f"读不了（{error}）"


def _from_stream(text_stream: Any) -> bytes:
    """All of a text stream, as bytes where it has them: what comes through a pipe may be GB 18030."""
    import sys

    stream = sys.stdin if text_stream is None else text_stream
    if stream is None:
        raise ValueError("没有标准输入")
    raw = getattr(stream, "buffer", None)
    return bytes(raw.read()) if raw is not None else str(stream.read()).encode()


def _unreadable(file: str, why: str, hint: str) -> Diagnostic:
    from perfdsl.data.kinds import unreadable

    return unreadable(file, why, hint)


def _tables(data: bytes, file: str) -> tuple[list[Table], list[Diagnostic]]:
    """By the first bytes, whatever the file is called."""
    from perfdsl.data.kinds import TEXTS, Kind, kind_of, text_of

    kind = kind_of(data, file)
    if not isinstance(kind, Kind):
        return [], [kind]
    if kind in TEXTS:
        tables, found = _of_text(kind, text_of(data) or "", file)
        return tables, [*found, *_misnamed(kind, file)]
    return _of_bytes(kind, data, file)


def _misnamed(kind: str, file: str) -> list[Diagnostic]:
    """A text that is called a spreadsheet is read, and said to be one."""
    from perfdsl.diagnostics import Cell, Diagnostic, Severity

    if not file.lower().endswith(_SHEETS):
        return []
    suffix = file.lower().rpartition(".")[2]
    return [Diagnostic("W405", f"文件名是 {suffix}，内容是文字（{kind}），照文字读的", Cell(file, "开头"),
                       f"改名为 .{kind}，或用 WPS、Excel 打开另存为 xlsx", severity=Severity.REMARK)]


def _of_text(kind: str, text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    if kind == "toml":
        from perfdsl.data.toml_file import tables
    elif kind == "json":
        from perfdsl.data.json_file import tables
    elif kind == "yaml":
        from perfdsl.data.yaml_file import tables
    else:
        from perfdsl.data.csv_file import tables
    return tables(text, file)


def _of_bytes(kind: str, data: bytes, file: str) -> tuple[list[Table], list[Diagnostic]]:
    from perfdsl.data.sheet import tables_of

    if kind == "zip":
        return [], [_unreadable(file, "是压缩包，里面不是一个表格", "解开以后，一个一个地读")]
    if kind == "xlsx":
        from perfdsl.data.xlsx_file import sheets
    elif kind == "docx":
        from perfdsl.data.docx_file import sheets
    elif kind == "ods":
        from perfdsl.data.ods_file import sheets
    else:
        from perfdsl.data.calamine_file import sheets
    return tables_of(*sheets(data, file))
