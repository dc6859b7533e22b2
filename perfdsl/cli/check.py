"""perfdsl check"""

from __future__ import annotations

import json

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import STRICT, leave, show
from perfdsl.diagnostics import Diagnostic


@chinese_command("check")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", metavar="格式",
              help="text（缺省）或 json。")
@STRICT
def command(rulesets: tuple[str, ...], kind: str, strict: bool) -> None:
    """检查规则集：语法、名称、单位、分值之和、没有说明的政策……一次报出全部问题。"""
    from perfdsl.pipeline import check, load

    found: list[Diagnostic] = []
    for path in rulesets:
        found += check(load(path))
    if kind == "json":
        from perfdsl.report.findings import as_json

        click.echo(json.dumps([as_json(d) for d in found], ensure_ascii=False, indent=2))
    elif found:
        show(found)
    else:
        click.echo(f"没有发现问题（{len(rulesets)} 个规则集）。")
    leave(found, strict)
