"""Ruleset files as text: the one asked for, those beside it, those that ship."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record
from perfdsl.resources import CHECKSUMS, RULESET_SUFFIX, around, checksums_of, shipped
from perfdsl.source import Source

__all__ = ["CHECKSUMS", "SUFFIX", "Around", "Carried", "beside", "checksums", "decode", "library", "listed_name", "nearby", "read_source"]

SUFFIX = RULESET_SUFFIX


@record
class Carried:
    """Texts that stand in for a folder, where the ruleset was sent without it."""

    sources: tuple[Source, ...]


Around = Path | Carried | None
"""Where the rulesets beside one are; None: nowhere."""


def read_source(path: Path) -> Source | Diagnostic:
    """The text of a ruleset file: UTF-8 (with or without a mark) or GB 18030; `-` is standard input; E010 if it is neither or cannot be read."""
    if str(path) == "-":
        return decode("<stdin>", sys.stdin.buffer.read())
    try:
        data = path.read_bytes()
    except OSError as fault:
        why = "没有这个文件" if isinstance(fault, FileNotFoundError) else "打不开这个文件"
        return Diagnostic("E010", f"{why}：{path}", None, "检查路径和文件名；规则集文件以 .perf 结尾")
    return decode(str(path), data)


def decode(name: str, data: bytes) -> Source | Diagnostic:
    """The source in *data*; line breaks become `\\n`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return Source(name, text.replace("\r\n", "\n").replace("\r", "\n"))
    return Diagnostic("E010", f"不是文字文件：{name}", None, "规则集是纯文本，请用记事本另存为 UTF-8")


def beside(folder: Around) -> list[Source]:
    """The readable rulesets in *folder* itself."""
    if isinstance(folder, Carried):
        return list(folder.sources)
    return _readable(sorted(folder.glob(f"*{SUFFIX}"))) if folder else []


def library() -> list[Source]:
    """The rulesets that ship with perfdsl."""
    return _readable(sorted(shipped("rulesets").rglob(f"*{SUFFIX}")))


def checksums(folder: Around) -> Source | None:
    """The list of the published rulesets of *folder*, in it or in the one above; None where there is none that can be read."""
    path = checksums_of(folder) if isinstance(folder, Path) else None
    source = read_source(path) if path else None
    return source if isinstance(source, Source) else None


def listed_name(path: Path, listed: Source) -> str:
    """What a ruleset is called in the list that `checksums` finds for it: `methods/标准计分方法.perf`."""
    return path.relative_to(Path(listed.name).parent).as_posix()


def nearby(folder: Around) -> list[Source]:
    """Every text that the meaning of a ruleset in *folder*, or what is said of it, can depend on."""
    if isinstance(folder, Carried):
        return [*beside(folder), *library()]
    return _readable(around(folder))


def _readable(paths: Iterable[Path]) -> list[Source]:
    sources = (read_source(path) for path in paths if path.is_file())
    return [source for source in sources if isinstance(source, Source)]
