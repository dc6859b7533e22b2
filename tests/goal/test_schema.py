"""What goal gives to machines keeps to its schema."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from perfdsl.cli.goal import command

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted(path for path in (ROOT / "rulesets").rglob("*.perf") if path.with_suffix(".csv").exists())
SCHEMA = json.loads((files("perfdsl.report") / "goal.schema.json").read_text(encoding="utf-8"))
RULES = """规则集 「小」，总分 100分，不适用 得零分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，等级依据 总分
等级 优 ≥ 90分，等级 差 < 90分
数据 违规（是、否）
数据 办结日 日期
当 违规 = 是，总分 不高于 59分
三级指标 税收 60分，目标 ≥ 3亿元
  当 实际值 ≥ 目标值 得 分值，否则 得 分值 × 完成率
三级指标 投诉 20分，目标 2024-12-31 前
  当 实际值 ≤ 目标值 得 分值，否则 得 0
三级指标 管理 20分
  评分 0分（含）至 分值（含） 由评审人填写
"""
UNITS = ("单位,单位代码,税收,管理,管理.评定得分,投诉,违规\n甲,01,2.4亿元,好,15,2025-01-02,否\n乙,02,,好,,2024-12-01,否\n"
         "丙,03,3亿元,好,20,2024-12-01,是\n丁,04,3亿元,好,20,2024-12-01,否\n")


def _valid(text: str) -> dict[str, object]:
    jsonschema = pytest.importorskip("jsonschema")
    made = json.loads(text)
    jsonschema.validate(made, SCHEMA)
    return made  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_the_shipped_rulesets(path: Path) -> None:
    _valid(CliRunner().invoke(command, [str(path), str(path.with_suffix(".csv")), "--reach", "80分", "--format", "json"]).stdout)


@pytest.mark.parametrize("aim", ["优", "99.5分", "101分"])
def test_many_units(tmp_path: Path, aim: str) -> None:
    rules, data, out = tmp_path / "小.perf", tmp_path / "小.csv", tmp_path / "目标.json"
    rules.write_text(RULES, encoding="utf-8")
    data.write_text(UNITS, encoding="utf-8")
    assert CliRunner().invoke(command, [str(rules), str(data), "--reach", aim, "-o", str(out)]).exit_code == 0
    assert [one["code"] for one in _valid(out.read_text(encoding="utf-8"))["units"]] == ["01", "02", "03", "04"]  # type: ignore[attr-defined]
    _valid(CliRunner().invoke(command, [str(rules), str(data), "--reach", aim, "--unit", "02", "--format", "json"]).stdout)
