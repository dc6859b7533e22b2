"""A ruleset of one year on data of another: a warning, whatever the data are written in."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from perfdsl.diagnostics import Cell, Severity
from perfdsl.pipeline import evaluate, load

RULES = """规则集 「园区自评」
  年度 2023
  引用 「标准计分方法」
  总分 10分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  不适用 得零分

三级指标 税收 10分，目标 ≥ 3亿元，计分 正向比率
"""
ROWS = (("单位", "某局"), ("年度", "2024"), ("指标", "实际完成值"), ("税收", "3亿元"))
MANY = (("单位", "年度", "税收"), ("甲局", "2023", "3亿元"), ("乙局", "2024", "3亿元"))
UNITS = [{"单位": unit, "年度": int(year), "税收": value} for unit, year, value in MANY[1:]]


def _csv(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    path.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")


def _xlsx(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)


def _docx(path: Path, rows: tuple[tuple[str, ...], ...]) -> None:
    from docx import Document

    made = Document()
    table = made.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    made.save(str(path))


WRITERS = {"csv": _csv, "xlsx": _xlsx, "docx": _docx}
TEXTS = {
    "json": json.dumps({"单位": "某局", "年度": 2024, "税收": "3亿元"}, ensure_ascii=False),
    "yaml": "单位: 某局\n年度: 2024\n税收: 3亿元\n",
    "toml": '"单位" = "某局"\n"年度" = 2024\n"税收" = "3亿元"\n',
}


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "规则集.perf"
    path.write_text(RULES, encoding="utf-8")
    return path


def _warned(rules: Path, data: Path) -> list[tuple[str, str]]:
    """The messages of W402 and the files of their places."""
    found = [d for d in evaluate(load(rules), data).diagnostics if d.code == "W402"]
    assert all(d.severity is Severity.WARNING and isinstance(d.place, Cell) for d in found)
    return [(d.message, Path(d.place.file).name) for d in found if isinstance(d.place, Cell)]


@pytest.mark.parametrize("kind", [*WRITERS, *TEXTS])
def test_one_unit_of_another_year(kind: str, rules: Path, tmp_path: Path) -> None:
    data = tmp_path / f"数据.{kind}"
    if kind in WRITERS:
        WRITERS[kind](data, ROWS)
    else:
        data.write_text(TEXTS[kind], encoding="utf-8")

    assert _warned(rules, data) == [("数据是2024年度的，规则集是2023年度的", data.name)]
    rules.write_text(RULES.replace("2023", "2024"), encoding="utf-8")
    assert _warned(rules, data) == []


@pytest.mark.parametrize("kind", [*WRITERS, "json"])
def test_one_of_many_units_of_another_year(kind: str, rules: Path, tmp_path: Path) -> None:
    data = tmp_path / f"数据.{kind}"
    if kind in WRITERS:
        WRITERS[kind](data, MANY)
    else:
        data.write_text(json.dumps(UNITS, ensure_ascii=False), encoding="utf-8")

    assert _warned(rules, data) == [("数据是2024年度的，规则集是2023年度的", data.name)]


def test_data_that_name_no_year_are_taken_as_they_are(rules: Path, tmp_path: Path) -> None:
    _csv(tmp_path / "数据.csv", ROWS[2:])

    assert _warned(rules, tmp_path / "数据.csv") == []


def test_periods_are_judged_by_the_year_of_the_ruleset_and_that_is_said(rules: Path, tmp_path: Path) -> None:
    """Decision 0027: the digits are those of the ruleset's own day, whatever year the data state."""
    rules.write_text(RULES.replace("目标 ≥ 3亿元，计分", "计分") + "  至 2023-06-30 止，目标 ≥ 3亿元\n  自 2023-07-01 起，目标 ≥ 6亿元\n", encoding="utf-8")
    _csv(tmp_path / "数据.csv", (*ROWS[:1], ("年度", "2022"), *ROWS[2:]))
    result = evaluate(load(rules), tmp_path / "数据.csv")
    (said,) = [d for d in result.diagnostics if d.code == "W402"]

    assert result.scorecards[0].rows[0].score == 5
    assert "按规则集年度的最后一天（2023-12-31）算" in said.message
    assert "数据 评价基准日 日期" in said.hint
