"""perfdsl test"""

from __future__ import annotations

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, show
from perfdsl.diagnostics import Diagnostic, blocking, errors


@chinese_command("test")
@click.argument("rulesets", nargs=-1, required=True, metavar="规则集…")
def command(rulesets: tuple[str, ...]) -> None:
    """运行规则集里的「测试」，不通过的把各个值挂在算式下面。"""
    found: list[Diagnostic] = []
    for path in rulesets:
        found += _one(path)
    show(found)
    leave(found)


def _one(path: str) -> list[Diagnostic]:
    from perfdsl.pipeline import check, load
    from perfdsl.testing import run_tests

    loaded = load(path)
    found = errors(check(loaded))
    if loaded.ruleset is None or blocking(found):
        return found
    results = run_tests(loaded.ruleset, found)
    failed = [result for result in results if result.failures]
    click.echo(f"{path}：{len(results) - len(failed)} 个测试通过，{len(failed)} 个不通过")
    return [*found, *(fault for result in failed for fault in result.failures)]
