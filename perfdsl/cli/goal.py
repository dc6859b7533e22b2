"""perfdsl goal"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from perfdsl.cli.formats import chosen_format
from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import USAGE, ascii_only, leave, never_over, show, terminal_width, write

if TYPE_CHECKING:
    from perfdsl.data.facts import Facts
    from perfdsl.goal.aim import Aim
    from perfdsl.model.ruleset import Indicator, Ruleset

_NARROWEST = 32
FORMATS = ("table", "json")


@chinese_command("goal")
@click.argument("ruleset", metavar="规则集")
@click.argument("data", metavar="数据")
@click.option("--reach", metavar="目标", help="等级（优）或总分（85分）；不写时是比现在高一等的等级。")
@click.option("--indicator", "indicators", multiple=True, metavar="指标", help="只看这一个指标；可以写几次。")
@click.option("--unit", "unit", metavar="单位", help="数据里有几个单位时，只看这一个；写名称或单位代码。")
@click.option("--format", "kind", type=click.Choice(FORMATS), metavar="格式", help="table（缺省）或 json；不写时看 -o 的后缀。")
@click.option("-o", "--output", metavar="文件", help="写到文件；不写则打印。")
@click.option("--width", type=int, metavar="列数", help="表的宽度，至少 32；不写时随终端，终端之外为 80。")
def command(ruleset: str, data: str, reach: str | None, indicators: tuple[str, ...], unit: str | None, kind: str | None, output: str | None,
            width: int | None) -> None:
    """要达到一个等级或总分，每一项的实际值要做到多少。

    其他各项不变，单独一项做到什么范围就够；一项不够的，几项一起怎样最省；达不到的，说明为什么；
    未填的各影响多少。取舍、分档、封顶、总分和等级的规定都算在内，范围是确切的。

    \b
    perfdsl goal 自评.perf 自评.csv --reach 优
    perfdsl goal 自评.perf 自评.csv --reach 85分 --indicator 税收
    """
    from importlib import import_module

    from perfdsl.goal.goals import goals
    from perfdsl.report.options import Options

    never_over(output, ruleset, data)
    chosen_kind = chosen_format(kind, output, FORMATS)
    if width is not None and width < _NARROWEST:
        raise click.UsageError(f"--width 至少 {_NARROWEST}")
    loaded, units = _read(ruleset, data)
    chosen = tuple(_indicator(loaded, name) for name in indicators)
    answers = [goals(loaded, facts, _aim(loaded, facts, reach), chosen) for facts in _units(units, unit)]
    writer = import_module(f"perfdsl.report.goal_{chosen_kind}")
    write(writer.write(answers, Options(max(_NARROWEST, width or terminal_width()), output is None and ascii_only(sys.stdout))), output)


def _read(path: str, data: str) -> tuple[Ruleset, list[Facts]]:
    """The ruleset and the units; ends the command with 1 where either has an error: what is wrong must be put right first."""
    from perfdsl.diagnostics import errors
    from perfdsl.pipeline import evaluate, load

    loaded = load(path)
    result = evaluate(loaded, data)
    units = [card.facts for card in result.scorecards if card.facts is not None]
    if loaded.ruleset is None or errors(result.diagnostics) or not units:
        show(result.diagnostics)
        leave(result.diagnostics)
    assert loaded.ruleset is not None  # else the command has ended
    return loaded.ruleset, units


def _units(units: list[Facts], wanted: str | None) -> list[Facts]:
    if wanted is None:
        return units
    from perfdsl.spelling import nearest

    hits = [one for one in units if wanted in (one.unit, one.code)]
    if not hits:
        near = "、".join(nearest(wanted, [one.unit for one in units]))
        _refuse(f"数据里没有单位「{wanted}」" + (f"，是不是 {near}？" if near else ""))
    return hits


def _indicator(ruleset: Ruleset, name: str) -> Indicator:
    from perfdsl.model.names import Ambiguous, Names
    from perfdsl.spelling import nearest

    by_path = {i.path: i for i in ruleset.indicators()}
    names = Names(by_path)
    hit = names.find(name)
    if not isinstance(hit, str):
        near = "、".join(hit.paths) if isinstance(hit, Ambiguous) else "、".join(nearest(name, names.leaves))
        _refuse(f"没有认出指标「{name}」" + (f"，是不是 {near}？" if near else ""))
    return by_path[str(hit)]


def _aim(ruleset: Ruleset, facts: Facts, text: str | None) -> Aim:
    """What is to be reached; ends the command with 2 where that cannot be told."""
    from perfdsl.goal.aim import Aim, next_better, read
    from perfdsl.goal.whole import Whole

    aim = read(ruleset, text) if text is not None else next_better(ruleset, Whole(ruleset, facts).now)
    if not isinstance(aim, Aim):
        _refuse(aim or "这个规则集没有等级；用 --reach 写明要多少分，如 --reach 85分")
    return aim  # type: ignore[return-value]  # else the command has ended


def _refuse(text: str) -> None:
    click.echo(text, err=True)
    sys.exit(USAGE)
