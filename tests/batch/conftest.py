"""A ruleset with every kind of cell, some units, and a run of `perfdsl batch` whose output is read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")

RULESET = """规则集 「成批」
年度 2024
版本 1
引用 「标准计分方法」
总分 100分
取舍 每项得分 保留2位 四舍五入
取舍 总分 保留2位 四舍五入
等级依据 总分
等级 优 ≥ 90分
等级 良 ≥ 80分
等级 中 ≥ 60分
等级 差 < 60分
不适用 其余按比例折算
数据 全年预算数 万元
数据 全年执行数 万元
偏差 未得满分 须说明原因

三级指标 预算执行率 10分
  目标 ≥ 100%
  计分 执行率（预算数 = 全年预算数，执行数 = 全年执行数）
三级指标 税收 30分
  目标 ≥ 3亿元
  计分 正向比率
三级指标 满意度 20分
  目标 ≥ 90%
  ≥ 90% 得 分值
  80%（含）至 90%（不含） 得 分值 × 80%
  否则 得 0
三级指标 制度建设 10分
  定性 达成 评分 80%（含）至 100%（含）
  定性 部分达成 评分 60%（含）至 80%（不含）
  定性 未达成 评分 0%（含）至 60%（不含）
三级指标 验收时间 10分
  目标 2024-12-31 前
  当 实际值 ≤ 目标值 得 分值
  否则 得 0
三级指标 招商项目 20分
  计分 正向比率
  合成 平均
  分项 新签约，目标 ≥ 30个
  分项 新开工，目标 ≥ 20个
"""
HEADINGS = ["单位", "单位代码", "年度", "全年预算数", "全年执行数", "税收", "满意度",
            "制度建设", "制度建设.评定得分", "验收时间", "新签约", "新开工", "税收.偏差原因"]
UNITS = [
    ["甲局", "001", "2024", "2510.12", "2384.61", "28000万元", "95%", "达成", "9", "2024-12-20", "30", "18", "减税，政策"],
    ["乙局", "002", "2024", "100", "100", "1,030,700,000元", "85%", "部分达成", "7", "2025-01-03", "30", "20", ""],
    ["丙局", "003", "2024", "1万", "9999.5", "３.６亿元", "不适用", "达成", "9.5", "2024年12月20日", "12个", "20", ""],
    ["丁局", "004", "2024", "", "", "", "", "", "", "", "", "", ""],
    ["戊局", "005", "2023", "300", "250", "2.5", "79.99%", "未达成", "3", "2024-12-31", "29", "19", "原因"],
]
FAULTY = [
    ["己局", "006", "2024", "无", "1", "≥3亿元", "0.95", "较好", "九", "昨天", "30", "20", ""],
    ["庚局", "005", "2023", "300", "250", "2.5", "79.99%", "未达成", "3", "2024-12-31", "29", "19", "原因"],
    ["", "008", "2024", "300", "250", "2.5亩", "79.99%", "未达成", "3", "2024-12-31", "29", "19", "原因"],
]


def csv_text(rows: list[list[str]], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of an output, whatever its format, with what there is not left out and decimals as texts."""
    return [{key: _text(value) for key, value in row.items() if value not in (None, "") and value is not False} for row in _rows(path)]


def _shown(key: str, value: object) -> object:
    return f"{value:.2f}" if isinstance(value, int | float) and key != "年度" else value


def _text(value: object) -> str:
    return "是" if value is True else str(value)


def _rows(path: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    from pyarrow import parquet

    match path.suffix:
        case ".parquet":
            return list(parquet.read_table(path).to_pylist())
        case ".arrow":
            return list(pa.ipc.open_file(path).read_all().to_pylist())
        case ".jsonl":
            import json

            return [json.loads(line, parse_float=str, parse_int=str) for line in path.read_text(encoding="utf-8").splitlines()]
        case ".xlsx":
            import openpyxl

            head, *rows = openpyxl.load_workbook(path).worksheets[0].values
            return [{str(key): _shown(str(key), value) for key, value in zip(head, row, strict=True)} for row in rows]
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


@pytest.fixture
def ruleset(tmp_path: Path) -> Path:
    path = tmp_path / "规则.perf"
    path.write_text(RULESET, encoding="utf-8")
    return path


@pytest.fixture
def expected(tmp_path: Path, ruleset: Path, run: Any) -> list[dict[str, Any]]:
    """What a plain CSV of `UNITS` gives."""
    data = tmp_path / "对照.csv"
    data.write_text(csv_text([HEADINGS, *UNITS]), encoding="utf-8")
    out = tmp_path / "对照得分.csv"
    assert run("batch", ruleset, data, "-o", out).code == 0
    return rows_of(out)


Scored = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def scored(tmp_path: Path, ruleset: Path, run: Any) -> Scored:
    """`scored(data, "--table", "t")`: the rows that come of it."""

    def command(data: Path | str, *options: str, code: int = 0, suffix: str = ".parquet") -> list[dict[str, Any]]:
        out = tmp_path / f"得分{suffix}"
        left = run("batch", ruleset, data, "-o", out, *options)
        assert left.code == code, left.err
        return rows_of(out)

    return command
