"""`python -m benchmarks [--quick] [--json FILE] [--record]`"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import click

from benchmarks import claims, cold, growth, tables, warm


class Extent(NamedTuple):
    """How much is measured: the sizes of rulesets, and how often each job runs."""

    load_sizes: tuple[int, ...]
    score_sizes: tuple[int, ...]
    cold_rounds: int
    load_rounds: int
    score_rounds: int
    claim_sizes: tuple[int, ...]
    claim_rounds: int


FULL = Extent((10, 100, 1000, 10_000), (100, 1000, 10_000), 25, 9, 9, (100, 1000), 5)
QUICK = Extent((10, 100, 1000), (100, 1000), 7, 3, 3, (100, 300), 2)


FIGURES = "## Figures\n"
"""The heading in docs/benchmarks.md below which everything is written by --record."""


@click.command()
@click.option("--quick", is_flag=True, help="Fewer runs, and no ruleset of 10,000 indicators.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Also write the numbers to FILE.")
@click.option("--record", is_flag=True, help="Also write the figures into docs/benchmarks.md.")
def command(quick: bool, file: Path | None, record: bool) -> None:
    """Measure and print; a target that is missed does not fail the run, as a busy machine would make it fail."""
    measured = run(QUICK if quick else FULL, lambda table: click.echo(tables.text([table])))
    if file:
        file.write_text(tables.as_json(measured, about()), encoding="utf-8")
    if record:
        page = cold.ROOT / "docs" / "benchmarks.md"
        page.write_text(recorded(page.read_text(encoding="utf-8"), measured), encoding="utf-8")


def recorded(page: str, measured: Sequence[tables.Table]) -> str:
    """*page* with these figures in place of those it had."""
    machine = ", ".join(f"{name} {value}" for name, value in about().items())
    return f"{page.partition(FIGURES)[0]}{FIGURES}\n{machine}.\n\n```text\n{tables.text(measured)}```\n"


def run(extent: Extent, show: Callable[[tables.Table], None]) -> Sequence[tables.Table]:
    """All tables, each shown as soon as it is there.  The user's cache folder is neither read nor written."""
    made = []
    with patch.dict(os.environ, PERFDSL_CACHE=""):
        for table in _measured(extent):
            show(table)
            made.append(table)
    return made


def _measured(extent: Extent) -> Iterator[tables.Table]:
    yield cold.table(extent.cold_rounds)
    yield growth.table(extent.load_sizes, extent.load_rounds)
    yield warm.table(extent.score_sizes, extent.score_rounds)
    yield claims.table(extent.claim_sizes, extent.claim_rounds)


def about() -> dict[str, Any]:
    """What the numbers depend on."""
    import lark

    from perfdsl import __version__

    return {"perfdsl": __version__, "python": platform.python_version(), "lark": lark.__version__,
            "system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count()}


if __name__ == "__main__":
    command()
