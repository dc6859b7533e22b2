"""perfdsl show"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, never_over, show, write


@chinese_command("show")
@click.argument("ruleset", metavar="规则集")
@click.option("--origin", is_flag=True, help="每一条后面注明出自哪个规则集的哪一行，本文件改了什么。")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", metavar="格式",
              help="text（缺省）或 json。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
def command(ruleset: str, origin: bool, kind: str, output: str | None) -> None:
    """打印规则集的全文：沿用来的都写出来，修改、删除、新增都做完。

    打印出来的可以另存为规则集，意思（摘要）与原来相同。
    """
    from perfdsl.files import read_source
    from perfdsl.model.effective import effective_ruleset
    from perfdsl.source import Source

    never_over(output, ruleset)
    source = read_source(Path(ruleset))
    if not isinstance(source, Source):
        show([source])
        sys.exit(1)
    made, found = effective_ruleset(source, Path(ruleset).parent)
    if made is not None:
        from perfdsl.cli.origins import as_json, with_origins

        text = json.dumps(as_json(made), ensure_ascii=False, indent=2) if kind == "json" else with_origins(made) if origin else made.text()
        write(text, output)
    show(found)
    leave(found)
