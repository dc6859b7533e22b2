"""perfdsl doc"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from perfdsl.cli.help import command as chinese_command
from perfdsl.cli.output import leave, never_over, show, write

_SUFFIXES = {".docx": "docx", ".html": "html", ".htm": "html", ".md": "markdown"}


@chinese_command("doc")
@click.argument("ruleset", metavar="规则集")
@click.option("-o", "--output", metavar="文件", help="写到文件；后缀是 .docx、.html 或 .md。必须写。")
def command(ruleset: str, output: str | None) -> None:
    """把规则集写成可以签发的办法：指标体系、各项怎样计分、总分和等级、版本沿革、算例。

    \b
    perfdsl doc 自评.perf -o 办法.docx
    perfdsl doc 自评.perf -o 办法.html
    """
    if output is None:
        raise click.UsageError("没有写要写到哪个文件：加上 -o 办法.docx（或 .html、.md）")
    kind = _kind(output)
    never_over(output, ruleset)
    if kind == "docx" and find_spec("docx") is None:
        raise click.ClickException('写 Word 文档要先装 python-docx：pip install "perfdsl[office]"')
    _written(ruleset, kind, output)


def _kind(output: str) -> str:
    """The format that the name of the file asks for."""
    suffix = Path(output).suffix.lower()
    if suffix not in _SUFFIXES:
        raise click.UsageError(f"不知道「{output}」要写成什么格式；用这些后缀：{'、'.join(_SUFFIXES)}")
    return _SUFFIXES[suffix]


def _written(path: str, kind: str, output: str) -> None:
    """A ruleset with errors is no regulation: nothing is written."""
    from perfdsl.diagnostics import errors
    from perfdsl.pipeline import check, load

    loaded = load(path)
    found = check(loaded)
    if loaded.ruleset is not None and not errors(found):
        from perfdsl.document import render

        write(render(loaded.ruleset, loaded.digest, kind, Path(path).parent), output)
    show(found)
    leave(found)
