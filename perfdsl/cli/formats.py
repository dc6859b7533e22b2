"""Which format a command writes: the one that is named, else the one that the name of the output file ends in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

BINARY = ("xlsx", "docx")
_SUFFIXES = {"": "table", ".txt": "table", ".md": "markdown", ".json": "json", ".csv": "csv", ".html": "html", ".htm": "html",
             ".xlsx": "xlsx", ".docx": "docx"}


def chosen_format(kind: str | None, output: str | None, formats: tuple[str, ...]) -> str:
    """One of *formats*; ends the command with 2 where the name of the file asks for none of them."""
    if kind is not None:
        return kind
    suffix = "" if output in (None, "-") else Path(str(output)).suffix.lower()
    found = _SUFFIXES.get(suffix)
    if found not in formats:
        known = "、".join(end for end, of in _SUFFIXES.items() if end and of in formats)
        raise click.UsageError(f"不知道「{output}」要写成什么格式；用 --format 写明，或用这些后缀：{known}")
    return str(found)


def writable(kind: str, output: str | None) -> None:
    """Ends the command where the format cannot be written, before anything is read."""
    from importlib.util import find_spec

    if kind in BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{kind} 不能打印在屏幕上；用 -o 写明文件")
    if kind == "docx" and find_spec("docx") is None:
        raise click.ClickException('写 Word 文档要先装 python-docx：pip install "perfdsl[office]"')
    if kind == "xlsx" and find_spec("xlsxwriter") is None:
        raise click.ClickException("写 xlsx 要先装 xlsxwriter：pip install xlsxwriter")
