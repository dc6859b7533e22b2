"""`perfdsl eval`: formats, files, many units."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

SEED = Path(__file__).parent.parent.parent / "examples" / "lingling-2023"
CORRECTED, PUBLISHED = SEED / "corrected.perf", SEED / "as-published.perf"
FULL, SHORT = SEED / "corrected.csv", SEED / "shortfall.csv"


@pytest.mark.parametrize(("name", "start"), [
    ("表.md", "## "), ("表.json", "{"), ("表.csv", "\ufeff单位"), ("表.html", "<!doctype html>"), ("表.htm", "<!doctype html>"),
    ("表.txt", "部门整体"), ("表", "部门整体"), ("表.JSON", "{"),
])
def test_the_suffix_of_the_file_says_the_format(name: str, start: str, run: Any, tmp_path: Path) -> None:
    ran = run("eval", CORRECTED, FULL, "-o", tmp_path / name)

    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / name).read_text(encoding="utf-8").lower().startswith(start.lower())


def test_the_format_that_is_asked_for_goes_before_the_suffix(run: Any, tmp_path: Path) -> None:
    run("eval", CORRECTED, FULL, "-o", tmp_path / "表.md", "--format", "csv")

    assert (tmp_path / "表.md").read_text(encoding="utf-8").startswith("\ufeff单位")


def test_what_is_written_is_what_is_printed(run: Any, tmp_path: Path) -> None:
    run("eval", CORRECTED, FULL, "-o", tmp_path / "表.json")

    assert (tmp_path / "表.json").read_bytes().decode() == run("eval", CORRECTED, FULL, "--format", "json").out


def test_a_file_is_written_whole_or_stays_as_it_was(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.txt"
    target.write_text("旧", encoding="utf-8")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "磁盘满了")

    monkeypatch.setattr(Path, "replace", full)
    ran = run("eval", CORRECTED, FULL, "-o", target)

    assert ran.code == 1
    assert "写不了" in ran.err
    assert target.read_text(encoding="utf-8") == "旧"
    assert [file.name for file in tmp_path.iterdir()] == ["表.txt"]


def test_nothing_is_left_beside_a_written_file(run: Any, tmp_path: Path) -> None:
    run("eval", CORRECTED, FULL, "-o", tmp_path / "表.txt")

    assert [file.name for file in tmp_path.iterdir()] == ["表.txt"]


def test_a_folder_that_is_not_there_is_said(run: Any, tmp_path: Path) -> None:
    ran = run("eval", CORRECTED, FULL, "-o", tmp_path / "没有" / "表.txt")

    assert ran.code == 1
    assert "写不了" in ran.err
    assert "Traceback" not in ran.err


def test_where_there_is_nothing_to_score_no_file_is_written(run: Any, tmp_path: Path) -> None:
    ran = run("eval", CORRECTED, SEED / "没有.csv", "-o", tmp_path / "表.txt")

    assert ran.code == 1
    assert list(tmp_path.iterdir()) == []


# ---- --strict, --summary


def test_strict_makes_warnings_errors(run: Any, tmp_path: Path) -> None:
    silent = tmp_path / "空.perf"
    run("new", silent)

    assert run("eval", CORRECTED, SHORT, "--strict").code == 1
    assert run("check", silent, "--strict").code == 0
    warned = tmp_path / "警告.perf"
    warned.write_text(silent.read_text(encoding="utf-8") + "\n数据 没人用 万元\n", encoding="utf-8")
    assert (run("check", warned).code, run("check", warned, "--strict").code) == (0, 1)


def _units(tmp_path: Path) -> Path:
    """Three units in one table."""
    file = tmp_path / "三个.csv"
    head = ("单位,全年预算数,全年执行数,税收,新入统规模企业,新签约工业项目,新开工项目,新竣工投产项目,企业收入相应增加,"
            "提供就业岗位,生态环境保护程度,本部门可持续正常运转,企业满意度\n")
    rest = "20,30,20,16,增加,1660,98,持续正常运转,95%\n"
    file.write_text(head + f"甲局,100,90,3亿元,{rest}乙局,100,100,3亿元,{rest}丙局,100,100,1.5亿元,{rest}", encoding="utf-8")
    return file


def test_many_units_one_table_each_or_one_ranked(run: Any, tmp_path: Path) -> None:
    file = _units(tmp_path)
    each, ranked = run("eval", CORRECTED, file), run("eval", CORRECTED, file, "--summary")

    assert [each.out.count(f"单位：{name}") for name in ("甲局", "乙局", "丙局")] == [1, 1, 1]
    assert ranked.out.index("乙局") < ranked.out.index("甲局") < ranked.out.index("丙局")
    assert [u["total"]["score"] for u in json.loads(run("eval", CORRECTED, file, "--format", "json").out)["units"]] == [
        "99.00", "100.00", "92.50"]


def test_csv_has_a_line_for_every_row_of_every_unit(run: Any, tmp_path: Path) -> None:
    text = run("eval", CORRECTED, _units(tmp_path), "--format", "csv").out.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert {row["单位"] for row in rows} == {"甲局", "乙局", "丙局"}
    assert [row["得分"] for row in rows if row["指标"] == "税收"] == ["15.00", "15.00", "7.50"]
