"""perfdsl import"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import never_over, show, write
from perfdsl.diagnostics import errors

if TYPE_CHECKING:
    from perfdsl.forms.form import Form


@chinese_command("import")
@click.argument("form", metavar="自评表")
@click.option("-o", "--output", metavar="规则集", help="规则集写到这个文件（.perf）。")
@click.option("--data", metavar="数据", help="数据写到这个文件（.csv）；不写时与规则集同名。")
@click.option("--nth", type=int, metavar="序号", help="文件里有几张自评表时，取第几张。")
@click.option("--force", is_flag=True, help="文件已经在了也写。")
def command(form: str, output: str | None, data: str | None, nth: int | None, force: bool) -> None:
    """把填好的自评表变成规则集和数据，可以直接用 eval 计分；表上没有写明的，在规则集里用「# 待定」标出来。

    自评表可以是 Word、Excel、WPS 的文件，或 csv、json、yaml、toml。
    """
    from perfdsl.forms.to_ruleset import imported

    if output is None:
        raise click.UsageError("用 -o 写明规则集写到哪里，如 -o 自评.perf")
    ruleset = output if output.endswith(".perf") else f"{output}.perf"
    facts = data or str(Path(ruleset).with_suffix(".csv"))
    for made_file in (ruleset, facts):
        never_over(made_file, form)
    _spare((ruleset, facts), force)
    made = imported(_chosen(_forms(form), nth, form))
    write(made.ruleset, ruleset)
    write("\ufeff" + made.data, facts)
    click.echo(f"写好了 {ruleset} 和 {facts}，待定 {made.questions} 处（搜「# 待定」）。\n"
               f"接着：perfdsl check {ruleset}\n　　　perfdsl eval {ruleset} {facts}")


def _spare(paths: Sequence[str], force: bool) -> None:
    """Nothing that an officer has worked on is written over without being asked for."""
    for path in paths:
        if not force and Path(path).exists():
            raise click.ClickException(f"「{path}」已经在了，没有覆盖；换一个名称，或加上 --force")


def _forms(path: str) -> list[Form]:
    """The forms of the file; ends the command with 1 where it cannot be read."""
    from perfdsl.forms.files import read_grids
    from perfdsl.forms.finder import find_forms

    grids, found = read_grids(Path(path), path)
    show(found)
    if errors(found):
        sys.exit(1)
    return find_forms(grids)


def _chosen(forms: Sequence[Form], nth: int | None, path: str) -> Form:
    if not forms:
        raise click.ClickException(f"「{path}」里没有找到自评表：要有指标、分值、得分这些标题")
    if nth is None and len(forms) > 1:
        listed = "；".join(f"{at} {_title(form)}" for at, form in enumerate(forms, 1))
        raise click.UsageError(f"「{path}」里有 {len(forms)} 张自评表，用 --nth 说明取第几张：{listed}")
    if nth is not None and not 0 < nth <= len(forms):
        raise click.UsageError(f"「{path}」里只有 {len(forms)} 张自评表，没有第 {nth} 张")
    return forms[(nth or 1) - 1]


def _title(form: Form) -> str:
    said = next((one.text for one in (form.project, form.unit, form.title) if one is not None and one.text.strip()), "")
    return said.strip() or form.sheet or "（没有标题）"
