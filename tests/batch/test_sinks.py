"""Every format holds the same rows, whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import HEADINGS, UNITS, Scored, csv_text, rows_of

FORMATS = [".parquet", ".csv", ".arrow", ".jsonl", ".xlsx"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "数据.csv"
    path.write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", FORMATS)
def test_formats_say_the_same(scored: Scored, expected: Any, data: Path, suffix: str) -> None:
    rows = [{key: value for key, value in row.items() if value not in ("False", "false")} for row in scored(data, suffix=suffix)]

    assert rows == expected


@pytest.mark.parametrize("suffix", FORMATS)
def test_parts_become_one_file(scored: Scored, expected: Any, data: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    monkeypatch.setattr("perfdsl.batch.sinks.sink.Sink.rows", 1)
    monkeypatch.setattr("perfdsl.batch.sinks.csv_text.CsvSink.rows", 1)
    monkeypatch.setattr("perfdsl.batch.sources.parquet.ROWS", 2)
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({name: pa.array([row[at] or None for row in UNITS], pa.string()) for at, name in enumerate(HEADINGS)})
    parquet.write_table(table, data.with_suffix(".parquet"))

    assert scored(data.with_suffix(".parquet"), suffix=suffix) == expected


@pytest.mark.parametrize("suffix", FORMATS)
def test_no_units_at_all(run: Any, ruleset: Path, tmp_path: Path, suffix: str) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"单位": pa.array([], pa.string()), "税收": pa.array([], pa.float64())}), tmp_path / "d.parquet")
    left = run("batch", ruleset, tmp_path / "d.parquet", "-o", tmp_path / f"o{suffix}")

    assert left.code == 0
    assert "读入 0 个单位" in left.err
    assert rows_of(tmp_path / f"o{suffix}") == []


def test_the_parquet_file_is_what_others_read(scored: Scored, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    from pyarrow import parquet

    rows = scored(data)
    path = tmp_path / "得分.parquet"

    assert [str(row[0]) for row in duckdb.sql(f"SELECT 总分 FROM '{path}' WHERE 总分 IS NOT NULL").fetchall()] == [row["总分"] for row in rows if "总分" in row]
    assert polars.read_parquet(path).height == len(UNITS)
    assert parquet.ParquetFile(path).schema_arrow.field("税收.得分").type.scale == 2
    assert parquet.ParquetFile(path).metadata.metadata[b"perfdsl.digest"]


@pytest.mark.parametrize("name", ["=1+1", "@甲", "+甲", "-2+3", " =甲"])
def test_no_name_is_a_formula(scored: Scored, tmp_path: Path, name: str) -> None:
    (tmp_path / "d.csv").write_text(csv_text([["单位", "税收"], [name, "3"]]), encoding="utf-8")

    assert scored(tmp_path / "d.csv", suffix=".csv")[0]["单位"] == f"'{name.strip()}"
    assert scored(tmp_path / "d.csv", suffix=".parquet")[0]["单位"] == name.strip()


def test_brief(scored: Scored, data: Path) -> None:
    full, brief = scored(data), scored(data, "--brief")

    assert set(brief[0]) == {"单位", "单位代码", "年度", "总分", "等级", "版本和摘要", *(key for key in full[0] if key.endswith(".得分"))}
    assert [{key: row[key] for key in short} for row, short in zip(full, brief, strict=True)] == brief


def test_an_unknown_suffix(run: Any, ruleset: Path, data: Path, tmp_path: Path) -> None:
    left = run("batch", ruleset, data, "-o", tmp_path / "o.doc")

    assert left.code == 2
    assert "--format" in left.err


def test_the_input_is_not_written_over(run: Any, ruleset: Path, data: Path) -> None:
    assert run("batch", ruleset, data, "-o", data).code == 2


def test_an_output_among_the_inputs_is_refused(run: Any, ruleset: Path, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "全部"
    folder.mkdir()
    data.rename(folder / "a.csv")
    assert run("batch", ruleset, folder, "-o", folder / "得分.csv").code == 0
    left = run("batch", ruleset, folder, "-o", folder / "得分.csv")

    assert left.code == 1
    assert "得分.csv" in left.err


def test_more_rows_than_a_sheet_has(scored: Scored, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import openpyxl

    monkeypatch.setattr("perfdsl.batch.sinks.xlsx.ROWS", 2)
    scored(data, suffix=".xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "得分.xlsx").worksheets

    assert [(sheet.title, sheet.max_row) for sheet in sheets] == [("得分", 3), ("得分2", 3), ("得分3", 2)]
