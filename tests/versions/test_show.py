"""perfdsl show: the effective ruleset means what the ruleset means, and every clause knows where it comes from."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from perfdsl.diagnostics import errors
from perfdsl.files import read_source
from perfdsl.model.effective import effective_ruleset
from perfdsl.pipeline import Loaded, check, load, load_source
from perfdsl.source import Source

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted([*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "examples").rglob("*.perf")])

NATION = """规则集 「国家自评」
  年度 2023
  引用 「标准计分方法」
  总分 100分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  不适用 其余按比例折算
  等级依据 总分
  等级 优 ≥ 90分，等级 差 < 90分

数据 地区（东部、西部）
数据 投入 万元
一级指标 产出 90分
  二级指标 数量
    三级指标 税收 50分，目标 ≥ 3亿元，计分 正向比率
    三级指标 企业 40分，目标 ≥ 20家
      当 实际值 ≥ 目标值 得 （分值）
      否则 得 （（分值 ÷ 2））
一级指标 满意度 10分
  三级指标 群众满意度 10分，目标 ≥ 90%，计分 正向比率
加分项 表彰，最多加 2分
  每出现1次 加 1分
总分 不高于 100分
计分方法 折半（起点 = 60%）
  当 完成率 ≥ 起点 得 分值
  否则 得 0
测试 「国家的」，给定 税收 = 3亿元，期望 税收 得 50
"""
PROVINCE = """规则集 「某省自评」
  年度 2024
  沿用 「国家自评」 2023
  取舍 总分 保留1位 四舍五入
修改 三级指标 税收 40分
  目标 ≥ 3.3亿元
删除 三级指标 企业
新增 三级指标 文旅 50分 归入 产出
  目标 ≥ 5家
  计分 折半（50%）
新增 数据 开工日 日期
修改 数据 投入 亿元
新增 加分项 创新，最多加 1分
  每出现1次 加 1分
"""
COUNTY = """规则集 「某县自评」
  年度 2024
  沿用 「某省自评」
修改 一级指标 产出 85分
修改 三级指标 文旅
  分值 45分
  当 实际值 ≥ 目标值 得满分，否则 不得分
新增 三级指标 创新数 5分
  目标 ≥ 1个，计分 正向比率
测试 「县的」
  给定 税收 = 3.3亿元，给定 文旅 = 5家，给定 群众满意度 = 90%，给定 创新数 = 1个，给定 表彰 = 0次，给定 创新 = 0次
  期望 总分 100分
"""
CITY = """规则集 「某市自评」
  沿用 「国家自评」
删除 计分方法 折半
删除 加分项 表彰
新增 三级指标 甲 5分
  目标 ≥ 1个，计分 正向比率
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A chain of three levels."""
    for name, text in (("国家", NATION), ("省", PROVINCE), ("县", COUNTY)):
        (tmp_path / f"{name}.perf").write_text(text, encoding="utf-8")
    return tmp_path / "县.perf"


def _shown(path: Path) -> str:
    source = read_source(path)
    assert isinstance(source, Source)
    made, found = effective_ruleset(source, path.parent)
    assert made is not None, found
    return made.text()


def _again(path: Path, text: str) -> Loaded:
    """*text* as a ruleset of its own beside the file *path*."""
    return load_source(Source(str(path), text), path.parent)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_what_is_shown_of_a_ruleset_means_the_same(path: Path) -> None:
    before, after = load(path), _again(path.with_stem("全文"), _shown(path))

    assert (after.digest, [d.code for d in check(after)]) == (before.digest, [d.code for d in check(before)])
    assert after.ruleset == before.ruleset


def test_a_chain_is_shown_as_one_ruleset(county: Path, tmp_path: Path) -> None:
    text = _shown(county)

    assert errors(check(load(county))) == []
    assert "沿用" not in text
    assert "修改" not in text
    assert "三级指标 文旅 归入 产出" in text
    assert "三级指标 创新数 5分\n" in text
    assert _again(county, text).ruleset == load(county).ruleset
    assert _again(county, text).digest == load(county).digest
    assert _again(county, text.replace("45分", "44分")).digest != load(county).digest


def test_what_would_go_under_the_heading_above_says_where_it_belongs(county: Path) -> None:
    """A 三级指标 of the ruleset itself, behind a 一级指标."""
    short = county.parent / "市.perf"
    short.write_text(CITY, encoding="utf-8")
    text = _shown(short)

    assert "三级指标 甲 5分 归入 「某市自评」" in text
    assert _again(short, text).digest == load(short).digest
    assert _again(short, text.replace(" 归入 「某市自评」", "")).digest != load(short).digest


def test_it_is_laid_out_and_stays_as_it_is_when_shown_again(county: Path, tmp_path: Path, run: Any) -> None:
    out = tmp_path / "单独" / "县.perf"
    out.parent.mkdir()

    assert run("show", county, "-o", out).code == 0
    assert run("fmt", "--check", out).code == 0
    assert _shown(out) == out.read_text(encoding="utf-8")
    assert load(out).digest == load(county).digest


def test_brackets_at_the_end_of_a_clause_are_kept(county: Path) -> None:
    text = _shown(county.parent / "国家.perf")

    assert "得 （分值）" in text
    assert "（（分值 ÷ 2））" in text


def _comment(text: str, clause: str) -> str:
    line = next(line for line in text.split("\n") if line.strip().startswith(clause))
    return line.partition("# ")[2]


def test_every_clause_says_where_it_comes_from(county: Path, run: Any) -> None:
    text = run("show", county, "--origin").out

    assert _comment(text, "规则集 「某县自评」").startswith("本文件，第1行，修改")
    assert _comment(text, "总分 100分") == "国家自评 2023，第4行"
    assert _comment(text, "取舍 总分") == "某省自评 2024，第4行，修改；原为：取舍 总分 保留2位 四舍五入（国家自评 2023，第6行）"
    assert _comment(text, "三级指标 税收") == "某省自评 2024，第5行，修改；原为：三级指标 税收 50分（国家自评 2023，第15行）"
    assert _comment(text, "目标 ≥ 3.3亿元") == "某省自评 2024，第6行，修改；原为：目标 ≥ 3亿元（国家自评 2023，第15行）"
    assert _comment(text, "分值 45分") == "本文件，第6行，新增"
    assert _comment(text, "三级指标 创新数") == "本文件，第8行，新增"
    assert "# 三级指标 企业 40分（国家自评 2023，第16行），由某省自评 2024，第7行删除" in text


def test_the_comments_change_nothing(county: Path, run: Any) -> None:
    text = run("show", county, "--origin").out

    assert all("#" in line for line in text.split("\n") if line)
    assert _again(county, text).digest == load(county).digest


def test_json_has_every_clause(county: Path, run: Any) -> None:
    made = json.loads(run("show", county, "--format", "json").out)
    weight = next(c for c in made["clauses"] if c["text"] == "分值 45分")
    target = next(c for c in made["clauses"] if c["text"] == "目标 ≥ 3.3亿元")

    assert made["text"] == _shown(county)
    assert weight["own"]
    assert weight["origin"] == {"name": "某县自评", "year": 2024, "file": str(county), "line": 6}
    assert (target["own"], target["change"], target["before"][0]["text"]) == (False, "修改", "目标 ≥ 3亿元")
    assert made["removed"][0]["text"] == "三级指标 企业 40分"
    assert made["removed"][0]["by"]["origin"]["name"] == "某省自评"


def test_a_ruleset_with_faults_is_not_shown(county: Path, run: Any) -> None:
    county.write_text(COUNTY.replace("三级指标 文旅\n", "三级指标 文旅游\n"), encoding="utf-8")
    ran = run("show", county)

    assert (ran.code, ran.out) == (1, "")
    assert re.search("E111 +没有可修改的三级指标「文旅游」", ran.err)
    assert "「文旅」在这里" in ran.err
    assert "省.perf:8" in ran.err


def test_a_file_that_is_not_there(tmp_path: Path, run: Any) -> None:
    assert run("show", tmp_path / "没有.perf").code == 1


def test_it_is_not_written_over_what_it_was_read_from(county: Path, run: Any) -> None:
    assert run("show", county, "-o", county).code == 2


def test_nothing_is_new_in_a_ruleset_that_extends_none(county: Path, run: Any) -> None:
    text = run("show", county.parent / "国家.perf", "--origin").out

    assert _comment(text, "总分 100分") == "本文件，第4行"
    assert "新增" not in text


def test_every_layer_is_told_and_a_grade_only_of_its_own_name(county: Path, run: Any) -> None:
    (county.parent / "国家.perf").write_text(NATION.replace("  总分 100分\n", "  总分 100分\n  依据 「国家」\n"), encoding="utf-8")
    (county.parent / "省.perf").write_text(PROVINCE.replace("取舍", "依据 「某省」\n取舍", 1), encoding="utf-8")
    county.write_text(COUNTY.replace("修改", "等级 优 ≥ 92分，等级 良 ≥ 80分，等级 差 < 80分\n依据 「某县」\n修改", 1), encoding="utf-8")
    text = run("show", county, "--origin").out

    assert _comment(text, "依据 「某县」") == (
        "本文件，第5行，修改；原为：依据 「某省」（某省自评 2024，第4行）；更早为：依据 「国家」（国家自评 2023，第5行）")
    assert _comment(text, "等级 优") == "本文件，第4行，修改；原为：等级 优 ≥ 90分（国家自评 2023，第10行）"
    assert _comment(text, "等级 良") == "本文件，第4行，新增"
    assert _comment(text, "等级 差") == "本文件，第4行，修改；原为：等级 差 < 90分（国家自评 2023，第10行）"


def test_the_lines_of_a_rule_tell_once_what_they_replace(county: Path, run: Any) -> None:
    county.write_text("规则集 「某县自评」\n沿用 「国家自评」\n修改 三级指标 企业\n  当 实际值 ≥ 目标值 得满分\n  否则 得 3\n", encoding="utf-8")
    text = run("show", county, "--origin").out

    assert "原为：当 实际值 ≥ 目标值 得 （分值）" in _comment(text, "当 实际值 ≥ 目标值 得满分")
    assert _comment(text, "否则") == "本文件，第5行，修改；原文见上一条"
