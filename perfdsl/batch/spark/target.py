"""Where the scores of a run on a cluster go: a folder of Parquet or a table, whole or not at all."""

from __future__ import annotations

from typing import Any

from perfdsl.batch.given import REJECTED
from perfdsl.batch.spark.columns import KIND, REJECTS, SCORES, column
from perfdsl.batch.spark.places import Places
from perfdsl.batch.stopped import Refused
from perfdsl.record import record

CATALOG = "spark:"
"""Before the name of a table of the cluster's catalog."""
REASON = "版本和摘要"
"""The column in which the reason of a rejected unit travels: it has no scores whose version that could be."""


def staged_reason(columns: list[str]) -> list[Any]:
    from pyspark.sql import functions as F  # noqa: N812

    why = F.coalesce(column(REJECTED), column(REASON)).alias(REASON)
    return [why if name == REASON else column(name) for name in columns if name != REJECTED]


def kind_folder(staging: str, kind: int) -> str:
    return f"{staging}/{KIND}={kind}"


@record
class Target:
    """`out` and `rejects`: folders, or `spark:` and a table."""

    session: Any
    out: str
    rejects: str
    overwrite: bool

    def refuse_if_there(self) -> None:
        """Nothing is lost of what was there before, unless that is asked for."""
        for name in (self.out, self.rejects):
            if not self.overwrite and self._is_there(name):
                raise Refused(f"「{name}」已经有了；换一个名称，或用 --overwrite 换掉它")

    def staging(self) -> str:
        """A folder on the file system where the scores will be."""
        warehouse = str(self.session.conf.get("spark.sql.warehouse.dir"))
        return Places(self.session).beside(f"{warehouse}/x" if self.out.startswith(CATALOG) else self.out)

    def take(self, staging: str, by: tuple[str, ...], schema: Any) -> None:
        """What was staged comes to where it belongs, the scores last."""
        places = Places(self.session)
        why, scores = kind_folder(staging, REJECTS), kind_folder(staging, SCORES)
        if places.exists(why):
            rows = self.session.read.parquet(why).select("单位", "单位代码", "年度", column(REASON).alias(REJECTED))
            self._write(rows.coalesce(1), self.rejects, ())
        else:
            self._remove(self.rejects)
        if not places.exists(scores):
            self._write(self.session.createDataFrame([], schema), self.out, by)
        elif self.out.startswith(CATALOG):
            self._write(self.session.read.schema(schema).parquet(scores), self.out, by)
        else:
            places.mark(scores)
            self._remove(self.out)
            places.move(scores, self.out)

    def _write(self, rows: Any, name: str, by: tuple[str, ...]) -> None:
        writer = rows.write.mode("overwrite" if self.overwrite else "error").partitionBy(*by)
        if name.startswith(CATALOG):
            writer.format("parquet").saveAsTable(name.removeprefix(CATALOG))
        else:
            writer.parquet(name)

    def _is_there(self, name: str) -> bool:
        if name.startswith(CATALOG):
            return bool(self.session.catalog.tableExists(name.removeprefix(CATALOG)))
        return Places(self.session).exists(name)

    def _remove(self, name: str) -> None:
        if not self._is_there(name):
            return
        if name.startswith(CATALOG):
            self.session.sql(f"DROP TABLE {name.removeprefix(CATALOG)}")
        else:
            Places(self.session).remove(name)
