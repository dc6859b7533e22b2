"""`perfdsl batch --engine spark`: from folders and tables to folders and tables, and the counts add up."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import FAULTY, HEADINGS, UNITS
from tests.batch.spark.conftest import by_unit
from tests.batch.spark.units import SIZE, table

ON_SPARK = ("--engine", "spark", "--master", "local[2]")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    from pyarrow import parquet

    (tmp_path / "数据").mkdir()
    whole = table()
    parquet.write_table(whole.slice(0, 500), tmp_path / "数据" / "1.parquet")
    parquet.write_table(whole.slice(500), tmp_path / "数据" / "2.parquet")
    return tmp_path / "数据"


def test_a_folder(spark: Any, run: Any, tmp_path: Path, rules: Path, data: Path) -> None:
    from pyarrow import parquet

    here, there = tmp_path / "本机.parquet", tmp_path / "集群"
    run("batch", rules, data, "-o", here)
    left = run("batch", rules, data, "-o", there, *ON_SPARK)

    assert left.code == 0, left.err
    assert f"读入 {SIZE:,} 个单位：计分 {SIZE:,} 个，退回 0 个。" in left.err
    assert (there / "_SUCCESS").exists()
    assert not (tmp_path / "集群.退回").exists()
    assert not list(tmp_path.glob("_perfdsl*"))
    assert by_unit(parquet.read_table(there)) == by_unit(parquet.read_table(here))


def test_rejects_partitions_and_counts(spark: Any, run: Any, tmp_path: Path, rules: Path) -> None:
    from pyarrow import parquet

    rows = [*UNITS, *FAULTY, ["合计", *[""] * 12]]
    spark.createDataFrame([tuple(row) for row in rows], HEADINGS).repartition(3).write.parquet(str(tmp_path / "数据"))
    left = run("batch", rules, tmp_path / "数据", "-o", tmp_path / "得分", "--partition-by", "年度", "--brief", *ON_SPARK)

    assert left.code == 1
    assert "读入 8 个单位：计分 4 个，退回 4 个。" in left.err
    assert "合计行、空行等 1 行没有用到。" in left.err
    assert {path.name for path in (tmp_path / "得分").iterdir() if path.is_dir()} == {"年度=2024"}
    assert sorted(row["单位"] for row in parquet.read_table(tmp_path / "得分").to_pylist()) == sorted(["甲局", "乙局", "丙局", "丁局"])
    rejected = parquet.read_table(tmp_path / "得分.退回").to_pylist()
    assert {row["单位代码"] for row in rejected} == {"005", "006", "008"}
    assert sum("在数据里有 2 行" in row["退回原因"] for row in rejected) == 2


def test_tables_of_the_catalog(spark: Any, run: Any, rules: Path) -> None:
    spark.createDataFrame([tuple(row) for row in (*UNITS, FAULTY[0])], HEADINGS).write.saveAsTable("units")
    left = run("batch", rules, "spark:units", "-o", "spark:scores", *ON_SPARK)
    again = run("batch", rules, "spark:", "--query", "SELECT * FROM units WHERE `单位` <> '己局'", "-o", "spark:scores", *ON_SPARK, "--overwrite")

    assert (left.code, again.code) == (1, 0), left.err + again.err
    assert spark.table("scores").count() == 5
    assert not spark.catalog.tableExists("scores_rejects")
    warehouse = Path(spark.conf.get("spark.sql.warehouse.dir").removeprefix("file:"))
    assert not list(warehouse.glob("_perfdsl*"))


def test_nothing_is_written_over(spark: Any, run: Any, tmp_path: Path, rules: Path, data: Path) -> None:
    (tmp_path / "得分").mkdir()
    (tmp_path / "得分" / "要紧的").write_text("x")
    left = run("batch", rules, data, "-o", tmp_path / "得分", *ON_SPARK)

    assert (left.code, "已经有了" in left.err) == (1, True)
    assert (tmp_path / "得分" / "要紧的").exists()


@pytest.mark.parametrize(("options", "code", "said"), [
    (("--partition-by", "省"), 1, "结果里没有「省」一列"), (("--resume",), 2, "不用 --resume"), (("--format", "csv"), 2, "parquet"),
    (("--conf", "x"), 2, "名=值")])
def test_what_cannot_be_asked(spark: Any, run: Any, tmp_path: Path, rules: Path, data: Path, options: tuple[str, ...], code: int, said: str) -> None:
    left = run("batch", rules, data, "-o", tmp_path / "得分", *ON_SPARK, *options)

    assert (left.code, said in left.err) == (code, True), left.err
    assert not (tmp_path / "得分").exists()


def test_what_cannot_be_read(spark: Any, run: Any, tmp_path: Path, rules: Path) -> None:
    left = run("batch", rules, tmp_path / "没有", "-o", tmp_path / "得分", *ON_SPARK)

    assert (left.code, "PATH_NOT_FOUND" in left.err) == (1, True), left.err


def test_the_last_word_of_a_worker_is_said(spark: Any, run: Any, tmp_path: Path, rules: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdsl.batch.spark import frame
    from perfdsl.batch.spark.sent import sent
    from perfdsl.record import changed

    monkeypatch.setattr(frame, "sent", lambda loaded: changed(sent(loaded), version="0.0.0"))
    left = run("batch", rules, data, "-o", tmp_path / "得分", *ON_SPARK)

    assert left.code == 1
    assert "不计分：提交作业的 perfdsl 是 0.0.0 版" in left.err
    assert "Traceback" not in left.err
    assert not (tmp_path / "得分").exists()


def test_without_java(run: Any, tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    monkeypatch.setattr(SparkSession, "getActiveSession", lambda: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    left = run("batch", rules, tmp_path, "-o", tmp_path / "得分", *ON_SPARK)

    assert (left.code, "要有 Java 17" in left.err) == (1, True)


def test_options_of_spark_without_it(run: Any, tmp_path: Path, rules: Path) -> None:
    left = run("batch", rules, tmp_path, "-o", tmp_path / "得分.csv", "--master", "local[2]")

    assert (left.code, "--engine spark" in left.err) == (2, True)
