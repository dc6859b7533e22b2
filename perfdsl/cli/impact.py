"""perfdsl impact"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from perfdsl.cli.diff import both
from perfdsl.cli.formats import chosen_format, writable
from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, ascii_only, leave, never_over, show, terminal_width, write

if TYPE_CHECKING:
    from perfdsl.compare.affected import Impact

FORMATS = ("table", "markdown", "json", "csv", "xlsx")


@chinese_command("impact")
@click.argument("old", metavar="原规则集")
@click.argument("new", metavar="新规则集")
@click.option("--data", "data", multiple=True, metavar="数据",
              help="上一年的数据：文件（也可以是 parquet、arrow、jsonl）、文件夹、通配符或 zip；可以写几次。必须写。")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式",
              help="table（缺省）、markdown、json、csv 或 xlsx；不写时看 -o 的后缀。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
@click.option("--width", type=int, metavar="列数", help="表的宽度，至少 48；不写时随终端，终端之外为 80。")
@STRICT
def command(old: str, new: str, data: tuple[str, ...], kind: str | None, output: str | None, width: int | None, strict: bool) -> None:
    """用上一年的数据，比较新旧规则集对每个单位的影响：得分、等级的变化，和每一处改动各占多少。

    单位以单位代码为准，没有代码的以名称为准。每一处改动占的分与次序无关（沙普利值），加起来恰好等于变化。数据里缺新规则要的值的单位，给出新得分的范围和要补的值。
    没有一个单位能比较的，退出码为 1。
    """
    from perfdsl.batch.extra import Lacking
    from perfdsl.compare.impact import impact

    if not data:
        raise click.UsageError("没有写上一年的数据：加上 --data 数据文件或文件夹")
    never_over(output, old, new, *data)
    chosen = chosen_format(kind, output, FORMATS)
    writable(chosen, output)
    (first, second), found = both(old, new)
    try:
        made = impact(first, second, data, found)
    except Lacking as fault:
        raise click.ClickException(str(fault)) from None
    if made.units or made.ranged or made.uncompared or chosen == "json":
        write(_text(made, chosen, max(48, width or terminal_width()), output), output)
    every = [*found, *made.found]
    show(every)
    if not made.units and not made.ranged:
        sys.exit(1)
    leave(every, strict)


def _text(made: Impact, kind: str, width: int, output: str | None) -> str | bytes:
    if kind == "json":
        from perfdsl.report import impact_json

        return impact_json.write(made)
    if kind == "markdown":
        from perfdsl.report import impact_markdown

        return impact_markdown.write(made)
    if kind == "csv":
        from perfdsl.report import impact_csv

        return impact_csv.write(made)
    if kind == "xlsx":
        from perfdsl.report import impact_xlsx

        return impact_xlsx.write(made)
    from perfdsl.report import impact_table

    return impact_table.write(made, width, output is None and ascii_only(sys.stdout))
