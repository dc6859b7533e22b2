"""perfdsl eval"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from perfdsl.cli.formats import BINARY, chosen_format
from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, ascii_only, leave, never_over, show, terminal_width, write

FORMATS = ("table", "markdown", "json", "csv", "html", "xlsx", "docx")
_DATA = (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".docx", ".json", ".yaml", ".yml", ".toml")


@chinese_command("eval")
@click.argument("ruleset", metavar="规则集")
@click.argument("data", metavar="数据")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式",
              help="table（缺省）、markdown、json、csv、html、xlsx 或 docx；不写时看 -o 的后缀。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
@click.option("--template", metavar="样表", help="docx：把得分、实际完成值、总分填进自己的样表，别处不动。")
@click.option("--summary", is_flag=True, help="多个单位排成一张名次表。")
@click.option("--combine", metavar="名称", help="按规则集的「汇总」把各单位合成一个单位，取这个名称，再计分。")
@click.option("--width", type=int, metavar="列数", help="表的宽度，至少 32；不写时随终端，终端之外为 80。")
@STRICT
def command(ruleset: str, data: str, kind: str | None, output: str | None, summary: bool, combine: str | None,
            width: int | None, strict: bool, template: str | None) -> None:
    """按规则集给数据计分：打印得分表、总分、等级和每一项偏差的说明。

    数据可以是 csv、xlsx、xls、ods、docx、json、yaml 或 toml；写「-」则从标准输入读。
    """
    from perfdsl.pipeline import evaluate, load

    if Path(ruleset).suffix.lower() in _DATA and Path(data).suffix.lower() == ".perf":
        raise click.UsageError(f"规则集写在前面，数据写在后面：perfdsl eval {data} {ruleset}")
    chosen = chosen_format(kind, output, FORMATS)
    if chosen in BINARY and output in (None, "-"):
        raise click.UsageError(f"{chosen} 不能打印在屏幕上；用 -o 写明文件，如 -o 自评表.{chosen}")
    never_over(output, ruleset, data, template)
    if chosen == "docx" or template:
        from perfdsl.cli.template import ready

        ready(chosen, template)
    result = evaluate(load(ruleset), data, combine)
    if template and result.scorecards:
        from perfdsl.cli.template import filled

        write(filled(template, result.scorecards), output)
    elif result.scorecards or chosen == "json":
        from perfdsl.report import render

        made = render(result.scorecards, chosen, width=max(32, width or terminal_width()), summary=summary,
                      ascii_only=output is None and ascii_only(sys.stdout),
                      findings=() if result.scorecards else result.diagnostics)
        write(made, output)
    show(result.diagnostics)
    leave(result.diagnostics, strict)
