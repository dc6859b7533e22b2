"""Which clauses no test decides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.source import Source
from perfdsl.testing import run_tests
from perfdsl.testing.clauses import clauses
from perfdsl.testing.decided import undecided

HEAD = """规则集 「试」
  总分 10分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
"""


def ruleset(text: str) -> Ruleset:
    made = load_source(Source("试.perf", HEAD + text)).ruleset
    assert made is not None
    return made


def untested(text: str) -> list[str]:
    made = ruleset(text)
    results = run_tests(made)
    assert all(not result.failures for result in results)
    return [clause.words for clause in undecided(made, results, clauses(made))]


BANDS = """三级指标 覆盖率 10分
  ≥ 90% 得 10分
  ≥ 60% 得 5分
  否则 得 0
"""


def test_each_case_is_a_clause_and_the_held_one_is_decided() -> None:
    assert untested(BANDS + "测试 「高」，给定 覆盖率 = 95%，期望 覆盖率 得 10分\n") == ["≥ 60% 得 5分", "否则 0"]


def test_a_row_that_no_test_expects_decides_nothing() -> None:
    text = BANDS.replace("10分\n", "5分\n", 1).replace("得 10分", "得 5分").replace("得 5分\n  否则", "得 3分\n  否则")
    other = "三级指标 数量 5分，目标 ≥ 1个\n  当 实际值 ≥ 目标值 得满分，否则 不得分\n"
    given = "，给定 覆盖率 = 95%，给定 数量 = 1个"

    assert "≥ 90% 得 5分" in untested(text + other + f"测试 「一」{given}，期望 数量 得 5分\n")
    assert "≥ 90% 得 5分" not in untested(text + other + f"测试 「一」{given}，期望 总分 10分\n")


def test_a_step_that_counts_nothing_and_a_limit_that_does_not_bind_are_undecided() -> None:
    text = "三级指标 事故 10分\n  每出现 1例 扣 2分，最多扣 6分\n"

    assert untested(text + "测试 「零」，给定 事故 = 0例，期望 事故 得 10分\n") == ["每出现 1例 扣 2分", "每出现 1例 扣 2分，最多 6分"]
    assert untested(text + "测试 「一」，给定 事故 = 1例，期望 事故 得 8分\n") == ["每出现 1例 扣 2分，最多 6分"]
    assert untested(text + "测试 「五」，给定 事故 = 5例，期望 事故 得 4分\n") == []


def test_a_bound_a_veto_and_an_alert_must_take_effect() -> None:
    text = """数据 违规（是、否）
三级指标 事故 10分
  当 违规 = 是，本项 不得分
  当 实际值 > 3例，预警 「多」
  每出现 1例 扣 2分，扣完为止
"""
    one = "测试 「一」，给定 事故 = 1例，给定 违规 = 否，期望 事故 得 8分\n"
    six = "测试 「六」，给定 事故 = 6例，给定 违规 = 否，期望 事故 得 0\n"

    assert untested(text + one) == ["当 违规 = 是，本项 不得分", "当 实际值 > 3例，预警 「多」", "扣完为止"]
    assert untested(text + six) == ["当 违规 = 是，本项 不得分", "当 实际值 > 3例，预警 「多」"]
    seen = six + "测试 「预警」，给定 事故 = 4例，给定 违规 = 否，期望 预警 「多」\n测试 「否决」，给定 事故 = 1例，给定 违规 = 是，期望 事故 得 0\n"
    assert untested(text + seen) == []


def test_grades_targets_weights_and_effects_are_clauses() -> None:
    text = """  等级依据 总分，等级 优 ≥ 9分，等级 差 < 9分
数据 地区（东、西）
数据 停评（是、否）
当 停评 = 是，总分 不高于 5分
三级指标 数量 10分
  当 地区 = 西，分值 10分
  当 地区 = 西，目标 ≥ 5个
  目标 ≥ 10个
  当 实际值 ≥ 目标值 得满分，否则 不得分
"""
    west = "测试 「西」，给定 地区 = 西，给定 停评 = 否，给定 数量 = 5个，期望 等级 优\n"
    found = untested(text + west)

    assert "等级 差 < 9分" in found
    assert "≥ 10个" in " ".join(found)
    assert any("总分 不高于 5分" in one for one in found)
    assert "等级 优 ≥ 9分" not in found
    assert not any("分值 10分" in one for one in found)


def test_a_failing_test_decides_nothing() -> None:
    made = ruleset(BANDS + "测试 「错」，给定 覆盖率 = 95%，期望 覆盖率 得 9分\n")

    assert len(undecided(made, run_tests(made), clauses(made))) == 3


def test_the_command_names_them_with_file_and_line(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "试.perf"
    file.write_text(HEAD + BANDS + "测试 「高」，给定 覆盖率 = 95%，期望 覆盖率 得 10分\n", encoding="utf-8")
    ran, strict = run("test", file), run("test", file, "--strict")
    made = json.loads(run("test", file, "--format", "json").out)[0]

    assert ran.code == 0
    assert "3 条规则中有 2 条没有测试" in ran.out
    assert f"{file}:5  ≥ 60% 得 5分" in ran.out
    assert strict.code == 1
    assert (made["passed"], made["clauses"], [one["line"] for one in made["untested"]]) == (1, 3, [5, 6])


def test_with_every_clause_decided_strict_is_content(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "试.perf"
    tests = "".join(f"测试 「{x}」，给定 覆盖率 = {x}%，期望 覆盖率 得 {p}\n" for x, p in ((95, 10), (60, 5), (59, 0)))
    file.write_text(HEAD + BANDS + tests, encoding="utf-8")

    assert run("test", file, "--strict").code == 0
