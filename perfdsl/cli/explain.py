"""perfdsl explain"""

from __future__ import annotations

import sys

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import USAGE, leave, show


@chinese_command("explain")
@click.argument("subject", metavar="代码或规则集")
@click.argument("indicator", required=False, metavar="[指标]")
@click.option("--data", metavar="数据", help="按这份数据说明得分的由来。")
def command(subject: str, indicator: str | None, data: str | None) -> None:
    """说明一个代码（E201），或规则集里的一个指标怎样计分。

    \b
    perfdsl explain E201
    perfdsl explain 自评.perf 税收 --data 数据.csv
    """
    if indicator is None:
        _page(subject)
    else:
        _indicator(subject, indicator, data)


def _page(code: str) -> None:
    from perfdsl.pages import codes, page
    from perfdsl.spelling import nearest

    text = page(code)
    if text is None:
        near = "、".join(nearest(code.upper(), codes()))
        click.echo(f"没有代码「{code}」" + (f"，是不是 {near}？" if near else "；说明一个指标时，写：perfdsl explain 规则集 指标"), err=True)
        sys.exit(USAGE)
    click.echo(text.rstrip("\n"))


def _indicator(path: str, name: str, data: str | None) -> None:
    from perfdsl.diagnostics import blocking
    from perfdsl.model.names import Ambiguous, Names
    from perfdsl.pipeline import check, evaluate, load
    from perfdsl.score.describe import describe
    from perfdsl.score.explain import because
    from perfdsl.spelling import nearest

    loaded = load(path)
    found = check(loaded)
    if loaded.ruleset is None or blocking(found):
        show(found)
        leave(found)
        return
    by_path = {i.path: i for i in loaded.ruleset.indicators()}
    names = Names(by_path)
    hit = names.find(name)
    if not isinstance(hit, str):
        near = "、".join(hit.paths) if isinstance(hit, Ambiguous) else "、".join(nearest(name, names.leaves))
        click.echo(f"没有认出指标「{name}」" + (f"，是不是 {near}？" if near else ""), err=True)
        sys.exit(USAGE)
    click.echo("\n".join(describe(loaded.ruleset, by_path[hit])))
    if data is None:
        return
    result = evaluate(loaded, data)
    for card in result.scorecards:
        row = next(r for r in card.rows if r.indicator.path == hit)
        click.echo(f"\n{card.unit or '数据'}：{because(row)}")
    if not result.scorecards:
        show(result.diagnostics)
        leave(result.diagnostics)
