"""`python -m benchmarks [--quick] [--only PART] [--sizes N,N] [--rounds N] [--json FILE] [--record]`"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
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
    race_sizes: tuple[int, ...]
    race_rounds: int
    file_sizes: tuple[tuple[str, int], ...]
    file_rounds: int


FULL = Extent((10, 100, 1000, 10_000), (100, 1000, 10_000), 25, 9, 9, (100, 1000), 5,
              (10**3, 10**4, 10**5, 10**6), 3,
              (("csv", 10**3), ("csv", 10**5), ("csv", 10**6), ("parquet", 10**6), ("parquet", 10**7)), 3)
QUICK = Extent((10, 100, 1000), (100, 1000), 7, 3, 3, (100, 300), 2,
               (10**3, 10**5), 1, (("csv", 10**3), ("csv", 10**5), ("parquet", 10**5)), 1)

OWN, SINGLE, RIVALS, LARGE, FILES = "own", "single", "rivals", "large", "files"
PARTS = (OWN, SINGLE, RIVALS, LARGE, FILES)
"""perfdsl alone; one unit after another (needs the extra `batch`); the race in memory, the same with ten million units, and whole processes
(need `bench`)."""
_TEN_MILLION = 10**7


FIGURES = "## Figures\n"
"""The heading in docs/benchmarks.md below which everything is written by --record."""
SECTIONS = {OWN: "perfdsl alone", SINGLE: "One unit after another", RIVALS: "In memory, beside others",
            LARGE: "Ten million units", FILES: "Whole processes, beside others"}
"""The heading of each part there; parts that are not measured keep the figures that they had."""


@click.command()
@click.option("--quick", is_flag=True, help="Fewer runs, and no ruleset of 10,000 indicators.")
@click.option("--only", "parts", type=click.Choice(PARTS), multiple=True, help="Measure this part (may be given again).")
@click.option("--sizes", help="In the race: numbers of units, such as 1000,100000.")
@click.option("--rounds", type=click.IntRange(1), help="In the race and of whole processes: rounds.")
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="Also write the numbers to FILE.")
@click.option("--record", is_flag=True, help="Also write the figures into docs/benchmarks.md.")
def command(quick: bool, parts: tuple[str, ...], sizes: str | None, rounds: int | None, file: Path | None, record: bool) -> None:
    """Measure and print; a target that is missed does not fail the run, as a busy machine would make it fail."""
    extent = QUICK if quick else FULL
    if sizes:
        extent = extent._replace(race_sizes=tuple(map(int, sizes.split(","))))
    if rounds:
        extent = extent._replace(race_rounds=rounds, file_rounds=rounds)
    measured = []
    for part in parts or (OWN,):
        made = run(extent, lambda table: click.echo(tables.text([table])), (part,))
        measured += made
        if record:
            page = cold.ROOT / "docs" / "benchmarks.md"
            page.write_text(recorded(page.read_text(encoding="utf-8"), part, made), encoding="utf-8")
    if file:
        file.write_text(tables.as_json(measured, about()), encoding="utf-8")


def recorded(page: str, part: str, measured: Sequence[tables.Table]) -> str:
    """*page* with these figures in place of those that it had of this part."""
    machine = ", ".join(f"{name} {value}" for name, value in about().items())
    prose, _, figures = page.partition(FIGURES)
    sections = dict(one.split("\n", 1) for one in figures.split("### ")[1:])
    sections[SECTIONS[part]] = f"\n{machine}.\n\n```text\n{tables.text(measured)}```\n\n"
    body = "".join(f"### {heading}\n{sections[heading]}" for heading in SECTIONS.values() if heading in sections)
    return f"{prose}{FIGURES}\n{body.rstrip()}\n"


def run(extent: Extent, show: Callable[[tables.Table], None], parts: Sequence[str] = (OWN,)) -> Sequence[tables.Table]:
    """All tables of *parts*, each shown as soon as it is there.  The user's cache folder is neither read nor written."""
    made = []
    with patch.dict(os.environ, PERFDSL_CACHE=""):
        for table in chain.from_iterable(_MEASURED[part](extent) for part in parts):
            show(table)
            made.append(table)
    return made


def _own(extent: Extent) -> Iterator[tables.Table]:
    yield cold.table(extent.cold_rounds)
    yield growth.table(extent.load_sizes, extent.load_rounds)
    yield warm.table(extent.score_sizes, extent.score_rounds)
    yield claims.table(extent.claim_sizes, extent.claim_rounds)


def _single(extent: Extent) -> Iterator[tables.Table]:
    from benchmarks import single

    yield from single.tables(extent.score_rounds)


def _rivals(extent: Extent) -> Iterator[tables.Table]:
    from benchmarks.rivals import race

    return race.tables(extent.race_sizes, extent.race_rounds)


def _large(_: Extent) -> Iterator[tables.Table]:
    from benchmarks.rivals import race
    from benchmarks.rivals.contestants import LARGE as FEW

    yield race.table(_TEN_MILLION, 1, FEW)


def _files(extent: Extent) -> Iterator[tables.Table]:
    from benchmarks.rivals import processes

    return processes.tables(extent.file_sizes, extent.file_rounds)


_MEASURED = {OWN: _own, SINGLE: _single, RIVALS: _rivals, LARGE: _large, FILES: _files}


def about() -> dict[str, Any]:
    """What the numbers depend on."""
    import lark

    from perfdsl import __version__

    return {"perfdsl": __version__, "python": platform.python_version(), "lark": lark.__version__, **_rival_versions(),
            "system": platform.system(), "machine": platform.machine(), "cores": os.cpu_count()}


def _rival_versions() -> dict[str, str]:
    """Of those that are installed."""
    found = {}
    for name in ("numpy", "polars", "duckdb", "pyarrow", "zen-engine", "rule-engine", "openfisca-core", "pyspark"):
        with suppress(PackageNotFoundError):
            found[name] = version(name)
    return found


if __name__ == "__main__":
    command()
