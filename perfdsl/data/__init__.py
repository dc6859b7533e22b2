"""Data files become facts: the first bytes tell the format, one module reads each, `layout` finds the names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from perfdsl.data.facts import Facts
    from perfdsl.data.table import Table
    from perfdsl.diagnostics import Diagnostic
    from perfdsl.model.ruleset import Ruleset

__all__ = ["read", "read_mapping"]

_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "旧式的 xls 或 doc 文件"), (b"%PDF", "PDF 文件"), (b"<", "网页或 XML 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x1f\x8b", "压缩文件"), (b"Rar!", "压缩文件"), (b"7z\xbc\xaf", "压缩文件"),
)
_COMMENTS = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*")
_TOML = re.compile(r"""[^,\t=\[{\n]+=|\[{1,2}[ ]*(?:"[^"\n]*"|[^\s\[\]{},"])+[ ]*\]""")


def read(path: str | Path, ruleset: Ruleset, text_stream: Any = None) -> tuple[list[Facts], list[Diagnostic]]:
    """The facts of every unit in a file (`-`: *text_stream*, else stdin), and all that is wrong with it."""
    from perfdsl.data.layout import read_tables

    file = "<stdin>" if str(path) == "-" else str(path)
    data = _bytes(path, text_stream)
    if isinstance(data, str):
        return [], [_unreadable(file, data, "检查文件名和所在的文件夹，以及有没有读它的权限")]
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
    from perfdsl.diagnostics import Cell, Diagnostic

    return Diagnostic("E401", f"「{file}」{why}", Cell(file, "开头"), hint)


def _tables(data: bytes, file: str) -> tuple[list[Table], list[Diagnostic]]:
    """By the first bytes, whatever the file is called."""
    if data.startswith(b"PK"):
        from perfdsl.data import xlsx_file

        return xlsx_file.tables(data, file)
    for start, what in _OTHERS:
        if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(start):
            return [], [_unreadable(file, f"是{what}，不是能读的表格", "另存为 xlsx 或 CSV 再读")]
    text = _text(data)
    if text is None or "\0" in text:
        return [], [_unreadable(file, "既不是 UTF-8 也不是 GB 18030 的文字", "另存为 xlsx，或「CSV UTF-8」")]
    if not text.strip():
        return [], [_unreadable(file, "是空的", "填好数据再读")]
    return _by_text(text, file)


def _text(data: bytes) -> str | None:
    """With a BOM, else strictly UTF-8, else strictly GB 18030; None where it is neither."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _by_text(text: str, file: str) -> tuple[list[Table], list[Diagnostic]]:
    start = _COMMENTS.match(text)
    if _TOML.match(text, start.end() if start else 0):
        from perfdsl.data import toml_file

        return toml_file.tables(text, file)
    if text.lstrip().startswith(("{", "[")):
        from perfdsl.data import json_file

        return json_file.tables(text, file)
    from perfdsl.data import csv_file

    return csv_file.tables(text, file)
