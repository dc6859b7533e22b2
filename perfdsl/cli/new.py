"""perfdsl new"""

from __future__ import annotations

from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, show, write
from perfdsl.resources import template


@chinese_command("new")
@click.argument("path", default="自评.perf", metavar="[文件]")
@click.option("--for", "ruleset", metavar="规则集", help="给这个规则集写一份空的数据表（csv），要填的都列出来。")
def command(path: str, ruleset: str | None) -> None:
    """新建一个带注释的规则集，旁边放一份可以直接填写的数据表（csv）。已有的文件不覆盖。"""
    if ruleset is not None:
        _sheet(Path(path), ruleset)
        return
    made = Path(path) if path.endswith(".perf") else Path(f"{path}.perf")
    data = made.with_suffix(".csv")
    _free(made, data)
    write(template("starter.perf"), str(made))
    write("\ufeff" + template("starter.csv"), str(data))
    click.echo(f"写好了 {made} 和 {data}。\n接着：perfdsl check {made}\n　　　perfdsl eval {made} {data}")


def _free(*files: Path) -> None:
    for file in files:
        if file.exists():
            raise click.ClickException(f"「{file}」已经在了，没有覆盖；换一个名称再试")


def _sheet(path: Path, ruleset: str) -> None:
    """An empty data sheet with every name that the ruleset wants."""
    import csv
    import io

    from perfdsl.data.blank import lines
    from perfdsl.diagnostics import blocking
    from perfdsl.pipeline import check, load

    target = path.with_suffix(".csv")
    _free(target)
    loaded = load(ruleset)
    if loaded.ruleset is None or blocking(check(loaded)):
        show(check(loaded))
        leave(check(loaded), False)
        return
    out = io.StringIO()
    csv.writer(out).writerows(lines(loaded.ruleset))
    write("\ufeff" + out.getvalue(), str(target))
    click.echo(f"写好了 {target}：在「实际完成值」一栏填数，填完运行\n　　　perfdsl eval {ruleset} {target}")
