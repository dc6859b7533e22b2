"""What eval does for Word documents: see that they can be written, and fill the officer's own form."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import click

from perfdsl.cli.output import show
from perfdsl.score.scorecard import Scorecard


def ready(chosen: str, template: str | None) -> None:
    """Ends the command where no Word document can be written, or where a template is given for something else."""
    if template and chosen != "docx":
        raise click.UsageError("--template 只用于 docx；写成 -o 自评表.docx --template 样表.docx")
    if chosen == "docx" and find_spec("docx") is None:
        raise click.ClickException('写 Word 文档要先装 python-docx：pip install "perfdsl[office]"')


def filled(template: str, cards: Sequence[Scorecard]) -> bytes:
    """The template with the scores of the one unit; ends the command where it cannot be filled."""
    from perfdsl.report.docx_template import fill

    if len(cards) != 1:
        raise click.UsageError(f"数据里有 {len(cards)} 个单位，一张样表只能填一个单位")
    try:
        data = Path(template).read_bytes()
    except OSError as fault:
        raise click.ClickException(f"读不了样表「{template}」：{fault.strerror}") from None
    made, found = fill(data, template, cards[0])
    show(found)
    if not made:
        raise click.ClickException(f"样表「{template}」没有填")
    return made
