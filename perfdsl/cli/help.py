"""Help texts that line up although Chinese characters are two columns wide, with Chinese headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import click

from perfdsl.text import wrap
from perfdsl.width import width_of

_HEADINGS = {"Options": "选项", "Commands": "命令", "Usage": "用法", "Arguments": "参数"}
_WORDS = {"Show this message and exit.": "显示这份帮助。"}
_WIDEST_FIRST = 30


class ChineseFormatter(click.HelpFormatter):
    """Pads by columns instead of characters, and breaks Chinese lines where they are full."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or f"{_HEADINGS['Usage']}：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        for at, paragraph in enumerate(re.split(r"\n\s*\n", text)):
            self.write("\n" if at else "")
            for line in _lines(paragraph, self.width - self.current_indent):
                self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = _WIDEST_FIRST, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max(width_of(term) for term, _ in rows), col_max) + col_spacing
        for term, text in rows:
            self._entry(term, _WORDS.get(text, text), first)

    def _entry(self, term: str, text: str, first: int) -> None:
        indent = " " * self.current_indent
        lines = wrap(" ".join(text.split()), max(20, self.width - self.current_indent - first))
        gap = first - width_of(term)
        if gap < 1:
            self.write(f"{indent}{term}\n")
            lines, gap, term = ["", *lines][1:], first, ""
        for at, line in enumerate(lines or [""]):
            self.write(f"{indent}{term + ' ' * gap if at == 0 else ' ' * first}{line}".rstrip() + "\n")


def _lines(paragraph: str, columns: int) -> list[str]:
    """A paragraph filled; one that begins with `\\b` keeps its lines, as elsewhere in click."""
    if paragraph.startswith("\b"):
        return paragraph.removeprefix("\b").strip("\n").split("\n")
    return wrap(" ".join(paragraph.split()), columns)


class _Formatted:
    """Uses the formatter above."""

    def get_help(self, ctx: click.Context) -> str:
        formatter = ChineseFormatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)  # type: ignore[attr-defined]  # a mixin of click commands
        return formatter.getvalue().rstrip("\n")


class ChineseCommand(_Formatted, click.Command):
    """A command with Chinese help."""


class ChineseGroup(_Formatted, click.Group):
    """A group of commands with Chinese help."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]", "命令", "[参数]…"]


def command(name: str, **settings: Any) -> Callable[[Callable[..., None]], click.Command]:
    """`click.command` with Chinese help."""
    settings.setdefault("context_settings", {"help_option_names": ["-h", "--help"], "max_content_width": 100})
    return click.command(name, cls=ChineseCommand, options_metavar="[选项]", **settings)

