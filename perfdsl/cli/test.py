"""perfdsl test"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, never_over, show, write
from perfdsl.diagnostics import Diagnostic, blocking, errors

if TYPE_CHECKING:
    from perfdsl.model.ruleset import Ruleset
    from perfdsl.testing.measured import Measured


@chinese_command("test")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
@click.option("--boundaries", is_flag=True, help="在每个指标的每个界限两侧各写一个测试，期望是现在的结果，供核对。")
@click.option("-o", "--output", metavar="文件", help="--boundaries 写到这个文件；缺省写到屏幕。")
@click.option("--mutate", is_flag=True, help="把规则集各处改动一点，列出没有一个测试发现的改动。")
@click.option("--format", "kind", type=click.Choice(["text", "json"]), default="text", metavar="格式",
              help="text（缺省）或 json。")
@click.option("--strict", is_flag=True, help="有规则没有测试、有改动没有发现，退出码也是 1。")
def command(rulesets: tuple[str, ...], boundaries: bool, output: str | None, mutate: bool, kind: str, strict: bool) -> None:
    """运行规则集里的「测试」，不通过的把各个值挂在算式下面；列出没有测试的规则。"""
    if boundaries:
        _write_boundaries(rulesets, output)
        return
    if output is not None:
        raise click.UsageError("-o 只与 --boundaries 一起用")
    measured = [_measured(path, mutate) for path in rulesets]
    if kind == "json":
        from perfdsl.report.findings import as_json

        shown = [{**one.as_json(), "diagnostics": [as_json(d) for d in one.faults]} for one in measured]
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(line for one in measured for line in one.lines()))
    found = [fault for one in measured for fault in one.faults]
    show(found)
    if strict and any(one.is_open for one in measured):
        sys.exit(1)
    leave(found)


def _loaded(path: str) -> tuple[Ruleset | None, list[Diagnostic]]:
    """The ruleset, None where nothing can be run, and its errors."""
    from perfdsl.pipeline import check, load

    loaded = load(path)
    found = errors(check(loaded))
    return (None if blocking(found) else loaded.ruleset), found


def _measured(path: str, mutate: bool) -> Measured:
    from perfdsl.testing import run_tests
    from perfdsl.testing.measured import Measured, unreadable

    ruleset, found = _loaded(path)
    if ruleset is None:
        return unreadable(path, found)
    return Measured.of(path, ruleset, run_tests(ruleset, found), found, mutate)


def _write_boundaries(rulesets: tuple[str, ...], output: str | None) -> None:
    from perfdsl.testing.boundaries import boundaries, text

    if len(rulesets) > 1:
        raise click.UsageError("--boundaries 一次写一个规则集")
    never_over(output, *rulesets)
    ruleset, found = _loaded(rulesets[0])
    if ruleset is not None:
        made = boundaries(ruleset)
        write(text(made), output)
        click.echo(f"{len(made)} 个测试，期望是现在的结果；核对以后再放进规则集。", err=True)
    show(found)
    leave(found)
