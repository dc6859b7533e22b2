"""What a file of text holds: its encoding, its kind, what parts its columns.  No other module is needed."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum


class Kind(StrEnum):
    """The formats that are read, and `ZIP`, a packet of files."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    DOCX = "docx"
    ZIP = "zip"
    CSV = "csv"
    JSON = "json"
    YAML = "yaml"
    TOML = "toml"


TEXTS = (Kind.CSV, Kind.JSON, Kind.YAML, Kind.TOML)

OTHERS = (
    (b"%PDF", " PDF 文件"), (b"{\\rtf", " RTF 文件"), (b"MIME-Version:", "网页（mht）文件"), (b"\x1f\x8b", "压缩文件"), (b"Rar!", "压缩文件"),
    (b"7z\xbc\xaf", "压缩文件"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"<", "网页或 XML 文件"),
)
"""First bytes of what is no table, and what it is."""
_COMMENTS = re.compile(r"(?:[ \t\r]*(?:#[^\n]*)?\n)*[ \t]*")
_TOML = re.compile(r"""[^,\t=\[{\n]+=|\[{1,2}[ ]*(?:"[^"\n]*"|[^\s\[\]{},"])+[ ]*\]""")
_YAML = re.compile(r"""(?:---|\.\.\.|-)(?:\s|$)|(?:"[^"]*"|'[^']*'|[^\s,\t"'][^,\t:]*):(?:\s|$)|[ ]""")
_YAML_LINES = 30


def encoding_of(start: bytes, whole: bool) -> str | None:
    """By a BOM, else strictly UTF-8, else strictly GB 18030; None where it is neither.  *whole*: nothing follows."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    for name in ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(name)().decode(start, whole)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else name
    return None


def text_kind(text: str) -> Kind:
    """TOML by its first line that is no comment, JSON by its bracket, YAML where every line looks it, else CSV."""
    start = _COMMENTS.match(text)
    if _TOML.match(text, start.end() if start else 0):
        return Kind.TOML
    if text.lstrip().startswith(("{", "[")):
        return Kind.JSON
    lines = [line for line in text[:20_000].splitlines() if line.strip() and not line.lstrip().startswith("#")][:_YAML_LINES]
    return Kind.YAML if lines and all(map(_YAML.match, lines)) else Kind.CSV


def delimiter(text: str) -> str:
    """Comma or tab, whichever the first line that has either holds more of."""
    for line in text.splitlines():
        if "," in line or "\t" in line:
            return "\t" if line.count("\t") > line.count(",") else ","
    return ","
