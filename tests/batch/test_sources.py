"""Every source, layout and encoding gives the same scores."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.batch.conftest import HEADINGS, UNITS, Scored, csv_text, rows_of

TABLE = [HEADINGS, *UNITS]


def _typed() -> Any:
    """The units as columns of Arrow, numbers as numbers where all of them are."""
    import pyarrow as pa

    return pa.table({name: pa.array([row[at] or None for row in UNITS], pa.string()) for at, name in enumerate(HEADINGS)})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_in_any_encoding(scored: Scored, expected: Any, tmp_path: Path, encoding: str) -> None:
    data = tmp_path / "数据.csv"
    text = csv_text(TABLE)
    data.write_bytes(b"\xff\xfe" + text.encode(encoding) if encoding == "utf-16-le" else text.encode(encoding))

    assert scored(data) == expected


@pytest.mark.parametrize("change", [
    lambda text: text.replace(",", "\t").replace("1\t030\t700\t000元", "1030700000元").replace('"', ""),
    lambda text: "某市2024年度自评\n\n" + text,
    lambda text: text.replace("\n", "\n\n"),
    lambda text: text.replace("减税，政策", '"减税\n政策"'),
    lambda text: text.rstrip("\n,") + "",
    lambda text: text.replace("\r\n", "\n"),
    lambda text: text.replace("\r\n", "\r"),
    lambda text: text.replace("\r\n", "\r", 3),
    lambda text: text.replace("\r\n", "\r\r\n", 2),
])
def test_csv_of_odd_shapes(scored: Scored, expected: Any, tmp_path: Path, change: Any) -> None:
    data = tmp_path / "数据.csv"
    data.write_text(change(csv_text(TABLE)), encoding="utf-8", newline="")

    assert scored(data) == expected


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".arrows"])
def test_columnar_files(scored: Scored, expected: Any, tmp_path: Path, suffix: str) -> None:
    assert scored(_written(tmp_path / f"数据{suffix}", _typed())) == expected


def _written(path: Path, table: Any) -> Path:
    import pyarrow as pa
    from pyarrow import parquet

    if path.suffix == ".parquet":
        parquet.write_table(table, path)
        return path
    new = pa.ipc.new_file if path.suffix == ".arrow" else pa.ipc.new_stream
    with pa.OSFile(str(path), "wb") as stream, new(stream, table.schema) as writer:
        writer.write_table(table)
    return path


def test_a_folder_and_a_pattern(scored: Scored, expected: Any, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    _written(folder / "a.parquet", _typed().slice(0, 2))
    _written(folder / "b.parquet", _typed().slice(2).select(list(reversed(HEADINGS))))

    assert scored(folder) == expected
    assert scored(f"{folder}/*.parquet") == expected


def test_csv_files_of_a_folder(scored: Scored, expected: Any, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    (folder / "a.csv").write_text(csv_text(TABLE[:3]), encoding="utf-8")
    (folder / "b.csv").write_text(csv_text([HEADINGS, *TABLE[3:]]), encoding="gb18030")

    assert scored(folder) == expected


def test_files_with_other_columns_are_refused(run: Any, ruleset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "数据"
    folder.mkdir()
    _written(folder / "a.parquet", _typed())
    _written(folder / "b.parquet", _typed().drop_columns(["税收"]))
    left = run("batch", ruleset, folder, "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert "「税收」" in left.err
    assert "E408" in left.err


def test_json_lines(scored: Scored, expected: Any, tmp_path: Path) -> None:
    data = tmp_path / "数据.jsonl"
    objects = [{name: value for name, value in zip(HEADINGS, row, strict=True) if value} for row in UNITS]
    objects[0]["制度建设"] = {"实际完成值": "达成", "评定得分": 9}
    del objects[0]["制度建设.评定得分"]
    data.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects), encoding="utf-8")

    assert scored(data) == expected


def test_a_line_that_is_no_json(run: Any, ruleset: Path, tmp_path: Path) -> None:
    data = tmp_path / "数据.jsonl"
    data.write_text('{"单位": "甲局", "税收": 3}\n{"单位": "乙局", 税收: 3}\n', encoding="utf-8")
    left = run("batch", ruleset, data, "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert "第2行" in left.err
    assert not list(tmp_path.glob(".o*"))


def test_duckdb(scored: Scored, expected: Any, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect(str(tmp_path / "库.duckdb")) as connection:
        connection.register("一", _typed())
        connection.execute("CREATE TABLE units AS SELECT * FROM 一")

    assert scored(f"duckdb:{tmp_path}/库.duckdb", "--table", "units") == expected
    assert scored(f"duckdb:{tmp_path}/库.duckdb", "--table", "main.units") == expected
    assert len(scored(f"duckdb:{tmp_path}/库.duckdb", "--query", "SELECT * FROM units WHERE 单位 = '甲局'")) == 1


def test_sqlite(scored: Scored, expected: Any, tmp_path: Path) -> None:
    columns = ", ".join(f'"{name}"' for name in HEADINGS)
    with sqlite3.connect(tmp_path / "库.db") as connection:
        connection.execute(f"CREATE TABLE units ({columns})")
        connection.executemany(f"INSERT INTO units VALUES ({','.join('?' * len(HEADINGS))})", [[_number(v) for v in row] for row in UNITS])
    connection.close()

    assert scored(f"sqlite:{tmp_path}/库.db", "--table", "units") == expected


def _number(text: str) -> object:
    """Cells of one column have several types in SQLite."""
    if text.startswith("00") or not text:
        return text or None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text


@pytest.mark.parametrize(("options", "said"), [([], "--table"), (["--table", "没有"], "没有成功"), (["--query", "DROP TABLE units"], "没有成功")])
def test_a_database_is_only_read(run: Any, ruleset: Path, tmp_path: Path, options: list[str], said: str) -> None:
    with sqlite3.connect(tmp_path / "库.db") as connection:
        connection.execute("CREATE TABLE units (单位)")
    connection.close()
    left = run("batch", ruleset, f"sqlite:{tmp_path}/库.db", "-o", tmp_path / "o.csv", *options)

    assert left.code == 1
    assert said in left.err


def test_what_eval_reads_is_read(scored: Scored, expected: Any, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in TABLE:
        book.active.append(row)
    book.save(tmp_path / "数据.xlsx")
    without_codes = [{key: value for key, value in row.items() if key != "单位代码"} for row in expected]

    assert scored(tmp_path / "数据.xlsx") == without_codes


# ---- one row an indicator

LONG = [
    ["单位", "单位代码", "年度", "指标", "实际完成值", "评定得分", "偏差原因"],
    *([unit[0], unit[1], unit[2], name, unit[HEADINGS.index(name)],
       unit[HEADINGS.index("制度建设.评定得分")] if name == "制度建设" else "", unit[-1] if name == "税收" else ""]
      for unit in UNITS for name in ("全年预算数", "全年执行数", "税收", "满意度", "制度建设", "验收时间", "新签约", "新开工")),
]


def test_a_row_for_each_indicator(scored: Scored, expected: Any, tmp_path: Path) -> None:
    data = tmp_path / "数据.csv"
    data.write_text(csv_text(LONG), encoding="utf-8")

    assert scored(data) == expected


@pytest.mark.parametrize("size", [1, 3, 8, 11, 100])
def test_units_go_on_in_the_next_batch(scored: Scored, expected: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    import pyarrow as pa

    monkeypatch.setattr("perfdsl.batch.sources.parquet.ROWS", size)
    table = pa.table({name: [row[at] or None for row in LONG[1:]] for at, name in enumerate(LONG[0])})

    assert scored(_written(tmp_path / "数据.parquet", table)) == expected


def test_rows_of_a_unit_that_are_apart_are_refused(run: Any, ruleset: Path, tmp_path: Path) -> None:
    data = tmp_path / "数据.csv"
    data.write_text(csv_text([LONG[0], *LONG[2:], LONG[1]]), encoding="utf-8")
    left = run("batch", ruleset, data, "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert "「甲局」的行不连在一起" in left.err
    assert "排序" in left.err
    assert not (tmp_path / "o.csv").exists()
    assert not list(tmp_path.glob(".o*"))


def test_faults_of_long_rows_have_their_places(run: Any, ruleset: Path, tmp_path: Path) -> None:
    data = tmp_path / "数据.csv"
    wrong = [row[:] for row in LONG]
    wrong[4][4] = "0.95"
    wrong.insert(9, ["甲局", "001", "2024", "没有的指标", "1", "", ""])
    wrong.insert(10, ["甲局", "001", "2024", "税收", "1", "", ""])
    wrong.insert(11, ["甲局", "001", "2024", "", "1", "", ""])
    data.write_text(csv_text(wrong), encoding="utf-8")
    left = run("batch", ruleset, data, "-o", tmp_path / "o.csv")
    rejects = rows_of(tmp_path / "o.退回.csv")

    assert left.code == 1
    assert "读入 5 个单位：计分 4 个，退回 1 个" in left.err
    assert {(row["代码"], row["位置"].partition("「")[0]) for row in rejects} == {("E404", "第5行"), ("E405", "第10行"), ("E407", "第11行"), ("E405", "第12行")}


# ---- what cannot be read at all


@pytest.mark.parametrize(("text", "said"), [
    ("单位;税收\n甲;3\n", "用的是「;」"),
    ("税收,满意度\n3,95%\n", "没有「单位」一列"),
    ("单位,税收,税收\n甲,3,4\n", "给了两次"),
    ('单位,税收\n甲,"3\n乙,4\n', "引号没有成对"),
    ("", "是空的"),
])
def test_what_has_no_headings_is_told(run: Any, ruleset: Path, tmp_path: Path, text: str, said: str) -> None:
    data = tmp_path / "数据.csv"
    data.write_text(text, encoding="utf-8")
    left = run("batch", ruleset, data, "-o", tmp_path / "o.csv")

    assert left.code == 1
    assert said in left.err
    assert not (tmp_path / "o.csv").exists()
    assert not list(tmp_path.glob(".o*"))


def test_a_row_in_another_encoding_behind_a_megabyte(run: Any, ruleset: Path, tmp_path: Path) -> None:
    """The names of all units would be other ones."""
    rows = [["单位", "税收"], *([f"审计{at:06}", "3"] for at in range(80_000))]
    data = tmp_path / "混.csv"
    data.write_bytes(csv_text(rows).encode() + csv_text([["财政", "5"]]).encode("gb18030"))
    made = run("batch", ruleset, data, "-o", tmp_path / "o.csv")

    assert made.code == 1
    assert "E401" in made.err
    assert not (tmp_path / "o.csv").exists()


@pytest.mark.parametrize("written", ["1e0005", "1e-0001", ".5", "5."])
def test_what_arrow_takes_for_a_number_and_eval_does_not(run: Any, ruleset: Path, tmp_path: Path, written: str) -> None:
    data = tmp_path / "数据.csv"
    data.write_text(csv_text([["单位", "单位代码", "新签约"], *([f"单位{at}", f"{at}", "30"] for at in range(7000)), ["末", "末", written]]), encoding="utf-8")
    made = run("batch", ruleset, data, "-o", tmp_path / "o.csv")

    assert made.code == 1
    assert written in (tmp_path / "o.退回.csv").read_text(encoding="utf-8-sig")
    assert len((tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()) == 7001


@pytest.mark.parametrize("blank", ["\x85", "\u3000", "\xa0", "\u2003", "\x0b"])
def test_no_blank_hides_a_formula(blank: str) -> None:
    import pyarrow as pa

    from perfdsl.batch.sinks.csv_cells import lines

    assert bytes(lines(pa.RecordBatch.from_arrays([pa.array([f"{blank}=1"])], ["单位"]))).decode() == f"'{blank}=1\r\n"
