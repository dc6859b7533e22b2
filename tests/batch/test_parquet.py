"""Parquet by DuckDB: the batches that Arrow gives, to the last cell, whatever DuckDB makes of names, types and faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pa = pytest.importorskip("pyarrow")

import duckdb  # noqa: E402
from pyarrow import parquet as pq  # noqa: E402

from perfdsl.batch.sources import parquet  # noqa: E402
from tests.batch.conftest import Scored  # noqa: E402

ROWS = 700
COUNT = 5000
COLUMNS: dict[str, Any] = {
    "单位": pa.array([f"某{at}局" for at in range(COUNT)]),
    "税收": pa.array([None if at % 7 == 0 else Decimal(at * 37 - 9000).scaleb(-4) for at in range(COUNT)], pa.decimal128(18, 4)),
    'a "b".c': pa.array([Decimal(at - 2500) ** 9 for at in range(COUNT)], pa.decimal128(38, 0)),
    "百分比": pa.array([at / 7 if at % 5 else None for at in range(COUNT)]),
    "家": pa.array([at * 10**12 if at % 3 else None for at in range(COUNT)]),
    "是否": pa.array([at % 3 == 0 if at % 4 else None for at in range(COUNT)]),
    "日": pa.array([date.fromordinal(700_000 + at) for at in range(COUNT)]),
}
TABLE = pa.table(COLUMNS)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB from the first cell on, batches of few rows."""
    monkeypatch.setattr("perfdsl.batch.sources.parquet.PAYS", 1)
    monkeypatch.setattr("perfdsl.batch.sources.parquet.ROWS", ROWS)
    monkeypatch.setattr("perfdsl.batch.sources.duck.ROWS", ROWS)


def written(path: Path, table: Any = TABLE, group: int = 1000) -> str:
    path.parent.mkdir(exist_ok=True)
    pq.write_table(table, path, row_group_size=group)
    return str(path)


def by_arrow(file: str, columns: list[str]) -> list[Any]:
    return [batch.select(columns) for batch in pq.ParquetFile(Path(file).absolute()).iter_batches(ROWS, columns=columns)]


def same(file: str, columns: list[str]) -> None:
    found, expected = list(parquet.parquet_file(file)[2](columns)), by_arrow(file, columns)
    assert [one.num_rows for one in found] == [one.num_rows for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert one.schema.names == other.schema.names
        assert one.equals(other)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows DuckDB gave, each time that it was asked."""
    rows = list[int]()

    def noted(*asked: Any) -> Iterator[Any]:
        rows.append(0)
        for batch in original(*asked):
            rows[-1] += batch.num_rows
            yield batch

    original = parquet._by_duckdb
    monkeypatch.setattr(parquet, "_by_duckdb", noted)
    return rows


@pytest.mark.parametrize("group", [1, 333, 700, 1000, 1400, 5000])
@pytest.mark.parametrize("columns", [list(COLUMNS), list(reversed(COLUMNS)), ["税收"]])
def test_the_same_batches(tmp_path: Path, given: list[int], columns: list[str], group: int) -> None:
    same(written(tmp_path / "数据.parquet", TABLE if group > 1 else TABLE.slice(0, 900), group), columns)
    assert given == [COUNT if group > 1 else 900]


@pytest.mark.parametrize("path", ["年=2023/数据.parquet", "it's/数据.parquet", "a.b/数据 (1).parquet"])
def test_odd_paths_are_read(tmp_path: Path, given: list[int], path: str) -> None:
    same(written(tmp_path / path), list(COLUMNS))
    assert given == [COUNT]


def test_a_folder_whose_name_is_the_sign_for_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[int]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "家"))
    written(tmp_path / "家" / "数据.parquet", TABLE.slice(1))
    written(tmp_path / "~" / "数据.parquet")
    same("~/数据.parquet", list(COLUMNS))
    assert given == [COUNT]


@pytest.mark.parametrize("name", ["数据[1].parquet", "数据?.parquet", "数据*.parquet", "{a,b}.parquet"])
def test_no_name_is_a_pattern(tmp_path: Path, given: list[int], name: str) -> None:
    written(tmp_path / "数据1.parquet", TABLE.slice(0, 10))
    same(written(tmp_path / name), list(COLUMNS))
    assert not given


def test_names_that_differ_in_capital_letters(tmp_path: Path, given: list[int]) -> None:
    money = TABLE["税收"].combine_chunks()
    table = pa.table({"GDP": money, "gdp": money.take(list(reversed(range(COUNT))))})
    same(written(tmp_path / "数据.parquet", table), ["gdp", "GDP"])
    assert not given


@pytest.mark.parametrize("kind", [pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_another_type_is_left_to_arrow(tmp_path: Path, given: list[int], kind: Any) -> None:
    table = TABLE.set_column(0, "单位", TABLE["单位"].combine_chunks().cast(kind))
    same(written(tmp_path / "数据.parquet", table), list(COLUMNS))
    assert given == [0]


@pytest.mark.parametrize("good", [0, 1, 3])
def test_arrow_reads_on_where_duckdb_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[int], good: int) -> None:
    def failing(connection: Any, sql: str) -> Any:
        stream = original(connection, sql)

        def batches() -> Iterator[Any]:
            for at, batch in enumerate(stream):
                if at == good:
                    raise duckdb.InvalidInputException("broken")
                yield batch

        return pa.RecordBatchReader.from_batches(stream.schema, batches())

    original = parquet.stream_of
    monkeypatch.setattr(parquet, "stream_of", failing)
    same(written(tmp_path / "数据.parquet", group=ROWS), list(COLUMNS))
    assert given == [good * ROWS]


@pytest.mark.parametrize("fault", [ImportError("no such library"), duckdb.IOException("no room"), AttributeError("too old")])
def test_arrow_reads_where_duckdb_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[int], fault: Exception) -> None:
    def failing() -> Any:
        raise fault

    monkeypatch.setattr(parquet, "reader", failing)
    same(written(tmp_path / "数据.parquet"), list(COLUMNS))
    assert given == [0]


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    """DuckDB refuses it; Arrow passes it on as it is."""
    bad = pa.array([b"\xff\xfe", b"ok"], pa.binary()).view(pa.string())
    same(written(tmp_path / "数据.parquet", pa.table({"单位": bad, "税收": TABLE["税收"].slice(0, 2)})), ["单位", "税收"])


def test_few_cells_are_left_to_arrow(tmp_path: Path, given: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdsl.batch.sources.parquet.PAYS", 2 * COUNT + 1)
    same(written(tmp_path / "数据.parquet"), list(COLUMNS))
    assert not given


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "这里").mkdir()
    monkeypatch.chdir(tmp_path / "这里")
    same(written(tmp_path / "数据.parquet"), list(COLUMNS))
    assert not list(Path().iterdir())


def test_scores(scored: Scored, tmp_path: Path, given: list[int]) -> None:
    money = pa.array([Decimal("28000.0000"), None, Decimal("2.5")], pa.decimal128(18, 4))
    table = pa.table({"单位": ["甲局", "乙局", "丙局"], "年度": ["2024"] * 3, "税收": money, "全年预算数": money, "全年执行数": money})
    texts = table.set_column(2, "税收", pa.array(["28000", None, "2.5"])).set_column(3, "全年预算数", pa.array(["28000", None, "2.5"]))
    pq.write_table(table, tmp_path / "数.parquet")
    pq.write_table(texts.set_column(4, "全年执行数", texts["全年预算数"]), tmp_path / "字.parquet")
    assert scored(tmp_path / "数.parquet") == scored(tmp_path / "字.parquet")
    assert given == [3]
