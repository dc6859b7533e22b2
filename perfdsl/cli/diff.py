"""perfdsl diff"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from perfdsl.cli.formats import chosen_format
from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import ascii_only, never_over, show, terminal_width, write
from perfdsl.diagnostics import Diagnostic, blocking

if TYPE_CHECKING:
    from perfdsl.compare.result import Diff
    from perfdsl.model.ruleset import Ruleset

FORMATS = ("table", "markdown", "json")


@chinese_command("diff")
@click.argument("old", metavar="原规则集")
@click.argument("new", metavar="新规则集")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式", help="table（缺省）、markdown 或 json；不写时看 -o 的后缀。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
@click.option("--width", type=int, metavar="列数", help="表的宽度，至少 32；不写时随终端，终端之外为 80。")
@click.option("--exit-code", "telling", is_flag=True, help="意思有不同时，退出码为 1。")
def command(old: str, new: str, kind: str | None, output: str | None, width: int | None, telling: bool) -> None:
    """比较两个规则集的意思：哪些指标改了，填什么的得分不同，最多多得、少得几分，哪些总分的等级不同。

    只改写法、注释、次序的，是「意思相同」。
    """
    from perfdsl.compare.diff import diff

    never_over(output, old, new)
    chosen = chosen_format(kind, output, FORMATS)
    first, second = both(old, new)[0]
    found = diff(first, second)
    write(_text(found, chosen, max(32, width or terminal_width()), output), output)
    sys.exit(1 if telling and not found.is_empty else 0)


def both(old: str, new: str) -> tuple[tuple[Ruleset, Ruleset], list[Diagnostic]]:
    """Both rulesets and all that is wrong with them; ends the command where one leaves nothing to compare."""
    from perfdsl.pipeline import load

    loaded = [load(old), load(new)]
    found = [d for one in loaded for d in one.diagnostics]
    first, second = (one.ruleset for one in loaded)
    if first is None or second is None or blocking(found):
        show(found)
        sys.exit(1)
    return (first, second), found


def _text(found: Diff, kind: str, width: int, output: str | None) -> str:
    if kind == "json":
        from perfdsl.report import diff_json

        return diff_json.write(found)
    if kind == "markdown":
        from perfdsl.report import diff_markdown

        return diff_markdown.write(found)
    from perfdsl.report import diff_table

    return diff_table.write(found, width, output is None and ascii_only(sys.stdout))
