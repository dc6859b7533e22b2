"""perfdsl fmt"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, show, write
from perfdsl.diagnostics import Diagnostic


@chinese_command("fmt")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
@click.option("--check", "only_check", is_flag=True, help="只看是否已经整齐，不改文件；不整齐则退出码为 1。")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", metavar="语言", help="关键词用 zh（缺省）或 en。")
@click.option("--stdout", is_flag=True, help="打印结果，不改文件。")
def command(rulesets: tuple[str, ...], only_check: bool, lang: str, stdout: bool) -> None:
    """把规则集排整齐：缩进、空格、标点统一，注释和换行保留，意思不变。"""
    found: list[Diagnostic] = []
    untidy = 0
    for path in rulesets:
        changed = _one(path, lang == "en", only_check, stdout, found)
        untidy += changed
    show(found)
    if only_check and untidy and not found:
        sys.exit(1)
    leave(found)


def _one(path: str, english: bool, only_check: bool, stdout: bool, found: list[Diagnostic]) -> bool:
    """Lay out one file; whether it was not yet so."""
    from perfdsl.files import read_source
    from perfdsl.syntax.format import format_source

    source = read_source(Path(path))
    if isinstance(source, Diagnostic):
        found.append(source)
        return False
    text, faults = format_source(source, english)
    found += faults
    changed = text != source.text
    if stdout and not faults:
        write(text, None)
    elif changed and only_check:
        click.echo(f"{path} 还不整齐")
    elif changed and not faults:
        write(text, path)
        click.echo(f"{path} 已排整齐")
    return changed
