"""The whole answer, in words and for machines, and the cheapest of two against every pair."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfdsl.cli.goal import command
from perfdsl.data import read_mapping
from perfdsl.goal.aim import Aim
from perfdsl.goal.goals import goals
from perfdsl.goal.pairs import CLOSE
from perfdsl.pipeline import load_source
from perfdsl.source import Source

HEAD = """规则集 「小」，总分 100分，不适用 得零分，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，等级依据 总分
等级 优 ≥ 90分，等级 良 ≥ 80分，等级 差 < 80分
数据 违规（是、否）
当 违规 = 是，总分 不高于 59分
"""
RATIO = "当 实际值 ≥ 目标值 得 分值，否则 得 分值 × 完成率\n"
RULES = HEAD + f"""三级指标 税收 60分，目标 ≥ 3亿元
{RATIO}三级指标 企业 20分，目标 ≥ 20家
  每少于 2家 扣 3分，不足一步 进一，扣完为止
三级指标 管理 20分
  评分 0分（含）至 分值（含） 由评审人填写
"""
DATA = "指标,实际完成值,评定得分\n税收,2.4亿元,\n企业,20家,\n管理,完成,15\n违规,否,\n"


@pytest.fixture
def goal(tmp_path: Path):  # type: ignore[no-untyped-def]
    def ran(*options: str, data: str = DATA, rules: str = RULES) -> Result:
        (tmp_path / "小.perf").write_text(rules, "utf-8")
        (tmp_path / "小.csv").write_text(data, "utf-8")
        return CliRunner().invoke(command, [str(tmp_path / "小.perf"), str(tmp_path / "小.csv"), *options])

    return ran


def _unknown(ran: Result, path: str) -> dict[str, object]:
    return next(u for u in json.loads(ran.stdout)["unknowns"] if u["path"] == path)  # type: ignore[no-any-return]


def test_words(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal()
    assert ran.exit_code == 0, ran.output
    assert "现在总分 83.00，等级 良。要达到等级「优」" in ran.stdout
    assert "税收" in ran.stdout
    assert "及以上" in ran.stdout
    assert "得 55.00分，总分 90.00，等级" in ran.stdout.replace("\n", "")
    assert "企业：不可能：本项最多得 20.00分（满分），总分最多 83.00，等级 良" in ran.stdout
    assert "管理.评定得分：不可能：本项最多得 20.00分（满分），总分最多 88.00，等级 良" in ran.stdout


def test_exact_edge(goal) -> None:  # type: ignore[no-untyped-def]
    """60 × x ÷ 3 is rounded to 55.00 from 54.995 on: x = 2.74975."""
    found = _unknown(goal("--format", "json"), "税收")
    assert found["reached_in"] == [{"low": "2.74975", "low_included": True, "high": None, "high_included": False}]
    assert found["nearest"] == {"value": "2.74975", "points": ["55", "55"], "total": ["90", "90"], "grades": ["优"]}


def test_reached_already(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal("--reach", "80分", "--format", "json")
    made = json.loads(ran.stdout)
    assert made["reached"] is True
    assert made["together"] is None
    assert _unknown(ran, "企业")["reached_in"] == [{"low": "18", "low_included": True, "high": None, "high_included": False}]
    assert _unknown(ran, "管理")["reached_in"] == [{"low": "11.995", "low_included": True, "high": "20", "high_included": True}]


def test_a_cap_holds(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal("--indicator", "税收", data=DATA.replace("违规,否", "违规,是"), rules=RULES)
    assert ran.exit_code == 0
    assert "「当 违规 = 是，总分 不高于 59分」管住了" in ran.stdout.replace("\n  ", " ").replace("\n", "").replace("  ", " ")
    assert "总分最多 59.00，等级 差" in ran.stdout


def test_missing(goal) -> None:  # type: ignore[no-untyped-def]
    made = json.loads(goal("--reach", "优", "--format", "json", data=DATA.replace("2.4亿元", "")).stdout)
    assert [(m["path"], m["swing"], m["total"]) for m in made["missing"]] == [("税收", "60", ["35", "95"])]


@pytest.mark.parametrize(("options", "code", "said"), [
    (["--reach", "甲"], 2, "没有认出目标「甲」"), (["--indicator", "税"], 2, "没有认出指标「税」"), (["--unit", "乙"], 2, "数据里没有单位「乙」"),
])
def test_usage(goal, options: list[str], code: int, said: str) -> None:  # type: ignore[no-untyped-def]
    ran = goal(*options)
    assert ran.exit_code == code
    assert said in ran.stderr


def test_errors_first(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal(data=DATA.replace("2.4亿元", "很多"))
    assert ran.exit_code == 1
    assert ran.stdout == ""


@pytest.mark.parametrize(("first", "second", "least"), [(6, 14, 88), (12, 5, 93), (10, 10, 96), (17, 3, 75)])
def test_cheapest_pair(first: int, second: int, least: int) -> None:
    """Among all pairs of whole numbers none changes less."""
    rules = HEAD + f"三级指标 甲 60分，目标 ≥ 30家\n{RATIO}三级指标 乙 40分，目标 ≥ 20家\n  每少于 2家 扣 3分，不足一步 进一，扣完为止\n"
    ruleset = load_source(Source("小.perf", rules)).ruleset
    assert ruleset is not None
    facts = read_mapping({"甲": f"{first}家", "乙": f"{second}家", "违规": "否"}, ruleset)[0][0]
    answer = goals(ruleset, facts, Aim((), Fraction(least)))
    costs = [Fraction(abs(a - first), first) + Fraction(abs(b - second), second) for a in range(41) for b in range(41)
             if _total(a, b) >= least]
    if answer.together is None:
        assert any(_total(a, second) >= least for a in range(41)) or any(_total(first, b) >= least for b in range(41))
        return
    assert not answer.together.cut
    assert min(costs) <= answer.together.found[0].effort <= min(costs) / (1 - CLOSE)


def _total(a: int, b: int) -> Fraction:
    return Fraction(min(60, 2 * a)) + max(Fraction(0), Fraction(40) - 3 * -(-max(0, 20 - b) // 2))


def test_the_day_and_the_place_are_no_units_to_choose(goal) -> None:  # type: ignore[no-untyped-def]
    rules = RULES.replace("等级 优", "数据 评价基准日 日期\n自 2024-07-01 起，令 线 = 3亿元\n至 2024-06-30 止，令 线 = 2亿元\n等级 优", 1)
    rules = rules.replace("目标 ≥ 3亿元", "目标 ≥ 线")
    known = goal("--format", "json", rules=rules, data=DATA + "评价基准日,2024-08-01,\n")
    assert known.exit_code == 0, known.output
    assert "评价基准日" not in {u["path"] for u in json.loads(known.stdout)["unknowns"]}
    unknown = goal("--format", "json", rules=rules)
    assert "评价基准日" in {m["path"] for m in json.loads(unknown.stdout)["missing"]}


def test_what_changes_nothing_is_one_sentence(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal("--reach", "20分", data=DATA.replace("管理,完成,15", "管理,完成,"))
    said = ran.stdout.replace("\n", "")
    assert "「企业」不论是多少，都能达到。" in said
    assert "填多少都行" not in said


def test_many_that_cannot_are_a_table(goal) -> None:  # type: ignore[no-untyped-def]
    rules = HEAD + "".join(f"三级指标 {name} 20分，目标 ≥ 10家\n{RATIO}" for name in "甲乙丙丁戊")
    ran = goal("--reach", "优", rules=rules, data="指标,实际完成值\n违规,否\n" + "".join(f"{name},5家\n" for name in "甲乙丙丁戊"))
    assert "不可能" not in ran.stdout
    assert "单独做到最好也不够" in ran.stdout
    assert sum(line.split()[:3] == [name, "20.00", "60.00"] for line in ran.stdout.split("\n") for name in "甲乙丙丁戊") == 5


def test_an_officer_gives_points_of_two_decimals(goal) -> None:  # type: ignore[no-untyped-def]
    ran = goal("--reach", "80分", data=DATA.replace("15", "5"))
    assert "12分（含）至 20分（含）" in ran.stdout.replace("\n", "")
    assert _unknown(goal("--reach", "80分", "--format", "json", data=DATA.replace("15", "5")), "管理")["nearest"]["value"] == "12"  # type: ignore[index]


def test_what_is_added_has_no_full_points(goal) -> None:  # type: ignore[no-untyped-def]
    rules = RULES + "加分项 表彰\n  每出现 1次 加 1分，最多加 2分\n总分 不封顶\n"
    ran = goal("--reach", "优", "--indicator", "表彰", rules=rules, data=DATA.replace("2.4亿元", "1.5亿元") + "表彰,0次,\n")
    assert "本项最多得 2.00分，" in ran.stdout.replace("\n", "")


def test_an_indicator_that_is_scored_by_data_alone_is_no_value_to_reach(goal) -> None:  # type: ignore[no-untyped-def]
    """Its own cell is never read; what is to be reached are the data."""
    rules = HEAD + f"数据 迟拨天数 天\n三级指标 税收 80分，目标 ≥ 3亿元\n{RATIO}三级指标 资金拨付 20分\n  当 迟拨天数 > 2天 得 0，否则 得 分值\n"
    made = json.loads(goal("--format", "json", rules=rules, data="指标,实际完成值\n税收,2.4亿元\n迟拨天数,1天\n违规,否\n").stdout)
    assert {u["path"] for u in made["unknowns"]} == {"税收", "迟拨天数"}
