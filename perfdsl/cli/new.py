"""perfdsl new"""

from __future__ import annotations

from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import write
from perfdsl.resources import template


@chinese_command("new")
@click.argument("path", default="自评.perf", metavar="[规则集]")
def command(path: str) -> None:
    """新建一个带注释的规则集，旁边放一份可以直接填写的数据表（csv）。已有的文件不覆盖。"""
    ruleset = Path(path) if path.endswith(".perf") else Path(f"{path}.perf")
    data = ruleset.with_suffix(".csv")
    for file in (ruleset, data):
        if file.exists():
            raise click.ClickException(f"「{file}」已经在了，没有覆盖；换一个名称再试")
    write(template("starter.perf"), str(ruleset))
    write("\ufeff" + template("starter.csv"), str(data))
    click.echo(f"写好了 {ruleset} 和 {data}。\n接着：perfdsl check {ruleset}\n　　　perfdsl eval {ruleset} {data}")
