"""A DataFrame has the digits of `score_table`, whatever its types and partitions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import FAULTY, HEADINGS, UNITS
from tests.batch.spark.conftest import by_unit
from tests.batch.spark.units import table
from tests.batch.test_same_as_eval import ROOT, _same


@pytest.fixture(scope="module")
def stored(spark: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from pyarrow import parquet

    path = tmp_path_factory.mktemp("data") / "units.parquet"
    parquet.write_table(table(), path)
    return spark.read.parquet(str(path)).repartition(5)


@pytest.mark.parametrize("brief", [True, False])
def test_the_digits_of_score_table(stored: Any, rules: Path, brief: bool) -> None:
    from perfdsl.batch import schema_of, score_table
    from perfdsl.batch.spark import score

    made = score(stored, rules, brief).toArrow()

    assert made.schema.names == schema_of(rules, brief).names
    assert by_unit(made) == by_unit(score_table(rules, table(), brief))


def test_without_whole_numbers_between_java_and_python(stored: Any, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfdsl.batch import score_table
    from perfdsl.batch.spark import score
    from perfdsl.batch.spark.whole import Whole

    assert Whole(stored).works
    monkeypatch.setattr(Whole, "works", False)

    assert by_unit(score(stored, rules, brief=True, unique=True).toArrow()) == by_unit(score_table(rules, table(), True))


SHIPPED = ["rulesets/project/项目支出绩效自评.csv", "rulesets/hubei/项目支出绩效自评（湖北）.csv", "rulesets/common/共性指标.csv",
           "rulesets/department/部门整体支出绩效自评（湖南）.csv", "examples/lingling-2023/corrected.csv"]


@pytest.mark.parametrize("data", SHIPPED, ids=lambda data: Path(data).stem)
def test_what_ships_is_scored_as_by_eval(spark: Any, run: Any, data: str) -> None:
    from perfdsl.batch.spark import score

    ruleset = (ROOT / data).with_suffix(".perf")
    card = json.loads(run("eval", ruleset, ROOT / data, "--format", "json").out)
    made, = score(spark.createDataFrame([tuple(_one_row(ROOT / data).values())], list(_one_row(ROOT / data))), ruleset).toArrow().to_pylist()

    assert made["退回原因"] is None
    _same(card, {key: str(value) for key, value in made.items() if value is not None})


def _one_row(path: Path) -> dict[str, str]:
    """The sheet of one unit, laid on its side."""
    import csv

    row: dict[str, str] = {}
    for line in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()):
        for heading, text in line.items():
            if heading != "指标" and text:
                row[line["指标"] + ("" if heading == "实际完成值" else f".{heading}")] = text
    return {key: text for key, text in row.items() if not key.endswith((".自评得分", ".复核得分"))}


def test_a_cell_that_cannot_be_read_is_a_reject(spark: Any, rules: Path) -> None:
    from perfdsl.batch.spark import score

    rows = [*UNITS[:4], FAULTY[0], FAULTY[2]]
    made = {row["单位代码"]: row for row in score(spark.createDataFrame([tuple(row) for row in rows], HEADINGS), rules).toArrow().to_pylist()}

    assert [code for code, row in made.items() if row["退回原因"]] == ["006", "008"]
    assert "E402 税收：" in made["006"]["退回原因"]
    assert made["006"]["总分"] is None
    assert str(made["001"]["总分"]) == "95.50"


def test_a_unit_with_two_rows_is_not_scored(spark: Any, rules: Path) -> None:
    from perfdsl.batch.spark import score

    rows = [tuple(row) for row in (*UNITS, FAULTY[1], [" 甲局", "001", "2024年", *UNITS[0][3:]])]
    df = spark.createDataFrame(rows, HEADINGS).repartition(4)
    made = score(df, rules).toArrow().to_pylist()

    again = [row for row in made if row["退回原因"]]
    assert sorted(row["单位代码"] for row in again) == ["001", "001", "005", "005"]
    assert all("在数据里有 2 行" in row["退回原因"] and row["总分"] is None and row["版本和摘要"] is None for row in again)
    assert len(made) == len(rows)


def test_columns_that_mean_nothing(spark: Any, rules: Path) -> None:
    from perfdsl.batch.spark import score
    from perfdsl.batch.stopped import Unreadable

    with pytest.raises(Unreadable, match="没有找到认得的列名"):
        score(spark.createDataFrame([("a", 1)], ["x", "y"]), rules)
    with pytest.raises(Unreadable, match="每行是一个指标"):
        score(spark.createDataFrame([("甲", "税收", "1")], ["单位", "指标", "实际完成值"]), rules)


def test_a_unit_of_eval(spark: Any, run: Any, tmp_path: Path, rules: Path) -> None:
    """As `eval` has it, row by row."""
    from perfdsl.batch.spark import score
    from tests.batch.conftest import csv_text

    data = tmp_path / "数据.csv"
    data.write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    cards = json.loads(run("eval", rules, data, "--format", "json").out)["units"]
    rows = score(spark.createDataFrame([tuple(row) for row in UNITS], HEADINGS).repartition(3), rules).toArrow().to_pylist()
    found = {row["单位"]: {key: str(value) for key, value in row.items() if value is not None} for row in rows}

    for card in cards:
        _same(card, found[card["unit"]])
