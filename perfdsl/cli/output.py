"""What all commands share: showing findings, writing whole files, exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from perfdsl.diagnostics import Diagnostic

_WHY: dict[type, str] = {FileNotFoundError: "没有这个文件夹", PermissionError: "没有写入的权限", IsADirectoryError: "这是一个文件夹"}
DEFAULT_WIDTH = 80
USAGE = 2
_NARROW_ENCODINGS = ("gbk", "cp936", "gb2312", "gb18030")


def terminal_width(stream: Any = None) -> int:
    """Columns of the terminal (None: that of stdout); 80 where the output goes to a file or a pipe."""
    if not (stream or sys.stdout).isatty():
        return DEFAULT_WIDTH
    from shutil import get_terminal_size

    return get_terminal_size((DEFAULT_WIDTH, 24)).columns


def ascii_only(stream: Any) -> bool:
    """Whether the console draws box lines double width, or cannot show them."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower()
    return encoding in _NARROW_ENCODINGS or encoding in ("ascii", "us-ascii", "ansi_x3.4-1968")


def show(found: Sequence[Diagnostic]) -> None:
    """The findings on stderr, in the order of the text."""
    if not found:
        return
    from perfdsl.diagnostics import in_order
    from perfdsl.report.findings import show as shown

    color = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    click.echo(shown(in_order(found), width=terminal_width(sys.stderr), color=color, ascii_only=ascii_only(sys.stderr)).rstrip("\n"), err=True)


def leave(found: Sequence[Diagnostic], strict: bool = False) -> None:
    """End with 1 where there is an error (with *strict*, a warning)."""
    from perfdsl.diagnostics import Severity

    weighty = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    sys.exit(1 if any(d.severity in weighty for d in found) else 0)


def never_over(output: str | None, *inputs: str | None) -> None:
    """Ends the command with 2 where the output would be written over a file that it is made from."""
    target = Path(output) if output and output != "-" else None
    for given in inputs:
        if target and given and given != "-" and target.exists() and Path(given).exists() and target.samefile(given):
            raise click.UsageError(f"「{output}」是输入的文件，不能把结果写在它上面；换一个名称")


def write(made: str | bytes, path: str | None) -> None:
    """*made* to stdout, or whole to a file: it is there complete, or as it was before."""
    if path is None or path == "-":
        click.echo(made, nl=isinstance(made, str) and not made.endswith("\n"))
        return
    target = Path(path)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        partial.write_bytes(made.encode("utf-8", "surrogateescape") if isinstance(made, str) else made)
        partial.replace(target)
    except OSError as fault:
        partial.unlink(missing_ok=True)
        raise click.ClickException(f"写不了「{path}」：{why_unwritten(fault)}") from None


def why_unwritten(fault: OSError) -> str:
    """Why a file could not be written, in Chinese where that is known."""
    return _WHY.get(type(fault)) or ("磁盘满了" if fault.errno == ENOSPC else str(fault.strerror or fault))


STRICT = click.option("--strict", is_flag=True, help="把警告也当作错误。")
