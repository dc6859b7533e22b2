"""A run of `perfdsl batch` on a cluster: read where its data lives, score, write there, and count what is there."""

from __future__ import annotations

import json
from functools import reduce
from typing import Any

from perfdsl.batch.counts import Counts, from_json
from perfdsl.batch.given import REJECTED, usable
from perfdsl.batch.spark.columns import COUNTS, KIND, REJECTS, SCORES, column, plan_of
from perfdsl.batch.spark.frame import scored
from perfdsl.batch.spark.places import Places
from perfdsl.batch.spark.target import CATALOG, REASON, Target, kind_folder, staged_reason
from perfdsl.batch.stopped import Refused, Unreadable
from perfdsl.data.kinds import unreadable
from perfdsl.diagnostics import Diagnostic
from perfdsl.pipeline import Loaded
from perfdsl.record import record


@record
class Order:
    """What is asked for on the command line: *data* and *out* are folders of Parquet, or `spark:` and a table."""

    loaded: Loaded
    data: str
    table: str | None
    query: str | None
    out: str
    rejects: str
    partition_by: tuple[str, ...] = ()
    brief: bool = False
    overwrite: bool = False


def run(order: Order, session: Any) -> tuple[Counts, tuple[Diagnostic, ...]]:
    """The output is there when this returns, and not before.  Raises `Unreadable` and `Refused`."""
    places, target = Places(session), Target(session, order.out, order.rejects, order.overwrite)
    target.refuse_if_there()
    df = _data(order, session)
    plan = plan_of(df.columns, usable(order.loaded), order.data)
    units = scored(df, plan, order.loaded, order.brief, counted=True)
    _known(order.partition_by, units.columns)
    staging = target.staging()
    try:
        _stage(units, staging, order.partition_by, session)
        counts = _counts(session, staging)
        target.take(staging, order.partition_by, units.drop(KIND, REJECTED).schema)
        return counts, plan.found
    finally:
        places.remove(staging)


def _data(order: Order, session: Any) -> Any:
    """Raises `Unreadable` for what is not there."""
    from pyspark.errors import AnalysisException

    table = order.table or (order.data.removeprefix(CATALOG) if order.data.startswith(CATALOG) else "")
    try:
        if order.query:
            return session.sql(order.query)
        return session.table(table) if table else session.read.parquet(order.data)
    except AnalysisException as fault:
        what = order.query or table or order.data
        raise Unreadable(unreadable(what, f"在这个集群上读不了（{str(fault).splitlines()[0]}）", "写集群能读的 Parquet 文件夹，或 spark: 加表名")) from None


def _known(names: tuple[str, ...], columns: list[str]) -> None:
    for name in names:
        if name not in columns or name in (KIND, REJECTED):
            raise Refused(f"--partition-by：结果里没有「{name}」一列；可以用 年度、等级 等")


def _stage(units: Any, staging: str, by: tuple[str, ...], session: Any) -> None:
    """Scores, rejects and counts in one pass, each in a folder of its own.  A reason stands where scores have their digest."""
    setting = "spark.sql.maxConcurrentOutputFileWriters"
    before = session.conf.get(setting, None)
    session.conf.set(setting, "200")  # else the rows are sorted before they are written
    try:
        units.select(staged_reason(units.columns)).write.partitionBy(KIND, *by).parquet(staging)
    finally:
        session.conf.unset(setting) if before is None else session.conf.set(setting, before)


def _counts(session: Any, staging: str) -> Counts:
    """What the tasks say that they have read, and what is there."""
    said = Counts()
    if Places(session).exists(kind_folder(staging, COUNTS)):
        rows = session.read.parquet(kind_folder(staging, COUNTS)).select(column(REASON)).collect()
        said = reduce(Counts.plus, (from_json(json.loads(row[0])) for row in rows))
    there = [_rows(session, kind_folder(staging, kind)) for kind in (SCORES, REJECTS)]
    if sum(there) != said.read:
        raise AssertionError(f"{said.read} units were read, {there} were written")
    return Counts(said.read, there[0], there[1], min(said.apart, there[0]), said.passed_over, said.warned)


def _rows(session: Any, folder: str) -> int:
    return int(session.read.parquet(folder).count()) if Places(session).exists(folder) else 0
