"""What cannot be read is given back with its place, and the counts add up."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import FAULTY, HEADINGS, UNITS, csv_text, rows_of

_COUNTS = re.compile(r"读入 ([\d,]+) 个单位：计分 ([\d,]+) 个，退回 ([\d,]+) 个")


def _write(tmp_path: Path, suffix: str) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    rows = [*UNITS, *FAULTY]
    path = tmp_path / f"数据{suffix}"
    if suffix == ".parquet":
        parquet.write_table(pa.table({name: pa.array([row[at] or None for row in rows], pa.string()) for at, name in enumerate(HEADINGS)}), path)
    else:
        path.write_text(csv_text([HEADINGS, *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize(("suffix", "first"), [(".csv", 1), (".parquet", 0)])
def test_every_fault_of_a_unit_is_told(run: Any, ruleset: Path, tmp_path: Path, suffix: str, first: int) -> None:
    left = run("batch", ruleset, _write(tmp_path, suffix), "-o", tmp_path / "o.csv")
    counts = _COUNTS.search(left.err)
    rejects = rows_of(tmp_path / "o.退回.csv")

    assert left.code == 1
    assert counts
    assert counts.groups() == ("8", "5", "3")
    assert len(rows_of(tmp_path / "o.csv")) == 5
    assert [(row["位置"], row["代码"], row.get("原文")) for row in rejects] == [
        (f"第{6 + first}行「全年预算数」", "E402", "无"),
        (f"第{6 + first}行「税收」", "E402", "≥3亿元"),
        (f"第{6 + first}行「满意度」", "E404", "0.95"),
        (f"第{6 + first}行「制度建设」", "E411", "较好"),
        (f"第{6 + first}行「制度建设.评定得分」", "E410", "九"),
        (f"第{6 + first}行「验收时间」", "E402", "昨天"),
        (f"第{7 + first}行「单位」", "E407", None),
        (f"第{8 + first}行「单位」", "E402", None),
        (f"第{8 + first}行「税收」", "E403", "2.5亩"),
    ]
    assert f"第{5 + first}行" in rejects[6]["原因"]
    assert "写「95%」或「0.95%」" in rejects[2]["怎样改"]


def test_rejects_go_where_they_are_told_to(run: Any, ruleset: Path, tmp_path: Path) -> None:
    run("batch", ruleset, _write(tmp_path, ".csv"), "-o", tmp_path / "o.csv", "--rejects", tmp_path / "退.csv")

    assert (tmp_path / "退.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (tmp_path / "o.退回.csv").exists()


def test_old_rejects_do_not_stay_beside_a_clean_run(run: Any, ruleset: Path, tmp_path: Path) -> None:
    run("batch", ruleset, _write(tmp_path, ".csv"), "-o", tmp_path / "o.csv")
    (tmp_path / "好.csv").write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    left = run("batch", ruleset, tmp_path / "好.csv", "-o", tmp_path / "o.csv")

    assert left.code == 0
    assert not (tmp_path / "o.退回.csv").exists()


def test_rows_that_are_no_units_are_counted_apart(run: Any, ruleset: Path, tmp_path: Path) -> None:
    blank, total = [""] * len(HEADINGS), ["合计", *[""] * (len(HEADINGS) - 1)]
    (tmp_path / "数据.csv").write_text(csv_text([HEADINGS, *UNITS, blank, total]), encoding="utf-8")
    left = run("batch", ruleset, tmp_path / "数据.csv", "-o", tmp_path / "o.csv")

    assert left.code == 0
    assert "读入 5 个单位" in left.err
    assert "2 行没有用到" in left.err
    assert re.search(r"警告 W402 .+：1 处", left.err)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_floats_that_are_no_numbers(run: Any, ruleset: Path, tmp_path: Path, value: float) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"单位": ["甲", "乙"], "税收": [3.0, value]}), tmp_path / "d.parquet")
    left = run("batch", ruleset, tmp_path / "d.parquet", "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert [(row["位置"], row["代码"]) for row in rows_of(tmp_path / "o.退回.csv")] == [("第2行「税收」", "E402")]


def test_a_code_kept_as_a_long_float_is_a_fault(run: Any, ruleset: Path, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({"单位": ["甲", "乙"], "单位代码": [123456789012345.0, 1234567890123456789.0], "税收": [3, 3]})
    parquet.write_table(table, tmp_path / "d.parquet")
    left = run("batch", ruleset, tmp_path / "d.parquet", "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert rows_of(tmp_path / "o.csv")[0]["单位代码"] == "123456789012345"
    assert "15 位" in rows_of(tmp_path / "o.退回.csv")[0]["原因"]


@pytest.mark.parametrize("value", ["0.12345678901234567890123", "99999999999999999999", "3.6亿元", "1e-30"])
def test_numbers_that_fit_no_column_are_worked_out_apart(run: Any, ruleset: Path, tmp_path: Path, value: str) -> None:
    (tmp_path / "d.csv").write_text(csv_text([["单位", "税收"], ["甲", value], ["乙", "2.5"], ["丙", "99999999999.5"]]), encoding="utf-8")
    left = run("batch", ruleset, tmp_path / "d.csv", "-o", tmp_path / "o.csv")
    by_eval = run("eval", ruleset, tmp_path / "d.csv", "--format", "json").out

    assert left.code == 0
    shown = [f"{float(row['score']):.2f}" for card in json.loads(by_eval)["units"] for row in card["indicators"] if row["name"] == "税收"]
    assert [row["税收.得分"] for row in rows_of(tmp_path / "o.csv")] == shown
