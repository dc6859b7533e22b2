"""perfdsl batch --engine spark"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from perfdsl.cli.output import show
from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record

if TYPE_CHECKING:
    from perfdsl.batch.counts import Counts
    from perfdsl.batch.spark.job import Order
    from perfdsl.pipeline import Loaded

_OURS = re.compile(r"perfdsl\.batch\.(?:stopped\.(?:Refused|Unreadable)|extra\.Lacking): (.+)")
"""In what Spark says of a task that failed, what a worker said."""


@record
class Wanted:
    """What is asked for on the command line."""

    data: str
    output: str
    table: str | None
    query: str | None
    rejects: str | None
    brief: bool
    master: str | None
    conf: tuple[str, ...]
    partition_by: tuple[str, ...]
    overwrite: bool
    progress: bool


def run_on_spark(loaded: Loaded, it: Wanted) -> tuple[Counts, list[Diagnostic], str]:
    """The counts, what was found, and where the rejects are; ends the command where nothing can be scored."""
    from perfdsl.batch.extra import Lacking, need
    from perfdsl.batch.stopped import Refused, Unreadable

    for one in it.conf:
        if "=" not in one:
            raise click.UsageError(f"--conf {one}：写成 名=值，如 spark.executor.memory=4g")
    rejects = it.rejects or beside(it.output)
    try:
        need("在 Spark 上计分", "pyspark", "pandas", "numpy", "pyarrow")
        from perfdsl.batch.spark.job import Order

        order = Order(loaded, it.data, it.table, it.query, it.output.rstrip("/"), rejects, it.partition_by, it.brief, it.overwrite)
        counts, found = _run(order, it)
        return counts, [*loaded.diagnostics, *found], rejects
    except Unreadable as fault:
        show([*loaded.diagnostics, fault.diagnostic, *fault.more])
        sys.exit(1)
    except (Lacking, Refused) as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(f"写不了「{it.output}」：{fault}") from None


def _run(order: Order, it: Wanted) -> tuple[Counts, tuple[Diagnostic, ...]]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    from perfdsl.batch.spark.job import run
    from perfdsl.batch.spark.session import session

    try:
        with session(it.master, it.conf, it.progress) as made:
            return run(order, made)
    except (PySparkException, Py4JError) as fault:
        _failed(str(fault))


def _failed(said: str) -> NoReturn:
    """Spark's account of it runs over pages; the first words say what happened, and what we said stands alone."""
    ours = _OURS.search(said)
    raise click.ClickException(ours[1] if ours else f"Spark 没有做完，什么也没有写：{' '.join(said.split())[:500]}") from None


def beside(output: str) -> str:
    """Where the rejects go: `得分` to `得分.退回`, `spark:t` to `spark:t_rejects`, as tables have no other names."""
    plain = output.rstrip("/")
    return f"{plain}_rejects" if plain.startswith("spark:") else f"{re.sub(r'[.]parquet$', '', plain)}.退回"
