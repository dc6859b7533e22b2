"""Each claim on small rulesets: what is proved, what is refuted and by what, what is left open."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.prove import paths
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.proofs import prove
from perfdsl.source import Source
from perfdsl.testing import run_tests

ROOT = Path(__file__).parent.parent.parent
SHIPPED = sorted([*(ROOT / "rulesets").rglob("*.perf"), *(ROOT / "examples").rglob("*.perf")])
HEAD = """规则集 「证明」，年度 2024，总分 20分，不适用 其余按比例折算，取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入
等级依据 取舍前总分，等级 优 ≥ 15分，等级 差 < 15分
数据 甲 万元，数据 乙 万元，数据 丙，数据 丁 人，数据 话 文字，数据 语 文字，数据 地区（东部、西部）
一级指标 产出 20分
三级指标 项 20分，"""


def _ruleset(rule: str, head: str = HEAD) -> Ruleset:
    ruleset = load_source(Source("证明.perf", head + rule + "\n")).ruleset
    assert ruleset is not None
    return ruleset


def _claim(kind: Kind, rule: str, head: str = HEAD) -> Claim:
    return next(claim for claim in prove(_ruleset(rule, head)).claims if claim.kind is kind)


RATIO = "目标 ≥ 3亿元\n当 实际值 ≥ 目标值 得 分值\n否则 得 分值 × 实际值 ÷ 目标值"
REFUTED = {
    "高于分值": (Kind.RANGE, "目标 ≥ 3亿元\n否则 得 分值 × 实际值 ÷ 目标值", "高于 20 分"),
    "低于零": (Kind.RANGE, "目标 ≤ 10天\n当 实际值 ≤ 目标值 得 分值\n否则 得 分值 − （实际值 − 目标值） × 1分 ÷ 1天", "低于 0 分"),
    "评分越界": (Kind.RANGE, "目标 ≥ 3个\n否则 评分 0分（含）至 25分（含） 由评审人填写", "高于 20 分"),
    "漏洞": (Kind.SCORED, "目标 ≥ 90%\n按 实际值 分档\n≥ 90% 得 20分\n60%（含）至 80%（不含） 得 10分\n< 60% 得 0分", "没有一条规则适用"),
    "只漏一点": (Kind.SCORED, "目标 ≥ 90%\n按 实际值 分档\n> 90% 得 20分\n< 90% 得 0分", "「项」= 90%"),
    "界限随目标": (Kind.SCORED, "目标 ≥ 10个\n当 实际值 ≥ 目标值 得 20分\n当 实际值 < 目标值 × 80% 得 0分", "「项」= 8个"),
    "两档重叠": (Kind.APART,
               "目标 ≥ 10个\n当 5个 ≤ 实际值 且 实际值 ≤ 目标值 × 80% 得 7分\n当 3个 ≤ 实际值 且 实际值 ≤ 5个 得 5分\n否则 得 0", "「项」= 5个"),
    "轮不到": (Kind.REACHED, "目标 ≥ 10个\n当 实际值 ≥ 目标值 × 2 得 20分\n当 实际值 > 30个 得 15分\n否则 得 0", "「当 实际值 > 30个 得 15分」"),
    "越好越低": (Kind.RISING, "目标 ≤ 10天\n当 实际值 ≤ 目标值 得 分值\n当 实际值 ≤ 15天 得 5分\n当 实际值 ≤ 20天 得 8分\n否则 得 0",
             "「项」= 15天 时得 5 分，比更差的值得的 8 分还少"),
    "达标反而少": (Kind.RISING, "目标 ≥ 90%\n当 实际值 ≥ 目标值 得 10分\n否则 得 分值 × 实际值 ÷ 目标值", "比更差的值得的 20 分还少"),
}


@pytest.mark.parametrize("case", REFUTED)
def test_refuted(case: str) -> None:
    kind, rule, said = REFUTED[case]

    claim = _claim(kind, rule)

    assert claim.verdict is Verdict.REFUTED
    assert said in claim.text


@pytest.mark.parametrize("case", [c for c, (kind, _, _) in REFUTED.items() if kind is not Kind.SCORED and c not in ("评分越界", "轮不到")])
def test_a_counterexample_is_a_test_that_passes(case: str) -> None:
    """Pasted into the ruleset it reproduces the score that is wrong."""
    kind, rule, _ = REFUTED[case]
    test = _claim(kind, rule).test

    results = run_tests(_ruleset(f"{rule}\n{test}"))

    assert len(results) == 1
    assert [d for d in results[0].failures if d.code != "E455"] == []


PROVED = {
    "按比例": (Kind.RANGE, RATIO, "0 ≤ 得分 ≤ 20"),
    "按比例没有漏洞": (Kind.SCORED, RATIO, "每个值都有得分"),
    "越好不少得": (Kind.RISING, RATIO, "越好得分不会更低"),
    "超额少得": (Kind.RISING, "目标 ≥ 100%\n当 实际值 > 130% 得 10分\n当 实际值 ≥ 目标值 得 20分\n否则 得 分值 × 实际值 ÷ 目标值", "规则写明少得"),
    "整数之间没有漏洞": (Kind.SCORED, "目标 ≥ 10个\n当 实际值 ≥ 10个 得 20分\n当 实际值 ≤ 9个 得 0", "每个值都有得分"),
    "扣到没有尽头": (Kind.RANGE, "目标 ≤ 10天\n每超过 1天 扣 1分，不足一步 舍去，扣完为止", "0 ≤ 得分 ≤ 20"),
    "实际值由数据算出": (Kind.RANGE, "目标 ≥ 90%，实际值 = 甲 ÷ 乙\n当 实际值 ≥ 目标值 得 分值\n否则 得 分值 × 实际值 ÷ 目标值\n最低得 0", "0 ≤ 得分 ≤ 20"),
    "除数为零另说": (Kind.SCORED, "目标 ≥ 90%，实际值 = 甲 ÷ 乙\n当 实际值 ≥ 目标值 得 分值\n否则 得 0", "除数为 0"),
    "选项": (Kind.SCORED, "目标 ≥ 90%\n当 地区 = 「西部」 且 实际值 ≥ 80% 得 20分\n当 实际值 ≥ 目标值 得 20分\n否则 得 0", "每个值都有得分"),
    "日期": (Kind.RISING, "目标 2024-12-31 前\n当 实际值 ≤ 目标值 得 20分\n否则 得 0", "越好得分不会更低"),
    "等级": (Kind.GRADED, RATIO, "优 ≥ 15"),
    "总分": (Kind.TOTAL, RATIO, "0 ≤ 总分 ≤ 20"),
}


@pytest.mark.parametrize("case", PROVED)
def test_proved(case: str) -> None:
    kind, rule, said = PROVED[case]

    claim = _claim(kind, rule)

    assert (claim.verdict, claim.test) == (Verdict.PROVED, "")
    assert said in claim.text


def test_grades() -> None:
    gap = HEAD.replace("等级 差 < 15分", "等级 差 < 10分")
    never = HEAD.replace("等级 优 ≥ 15分", "等级 优 ≥ 21分，等级 良 ≥ 15分")

    assert "没有等级" in _claim(Kind.GRADED, RATIO, gap).text
    assert "没有一个总分能得「优」" in _claim(Kind.GRADED, RATIO, never).text


def test_the_total_waits_for_the_items() -> None:
    claim = _claim(Kind.TOTAL, REFUTED["高于分值"][1])

    assert claim.verdict is Verdict.UNDECIDED
    assert "「项」" in claim.text


STANDS = {
    "没有写扣完为止": (Kind.RANGE, "目标 ≤ 10天\n每超过 1天 扣 1分，不足一步 舍去", Verdict.REFUTED, "低于 0 分"),
    "中间拐弯": (Kind.RISING, "目标 ≥ 10\n当 实际值 ≥ 目标值 得 分值\n否则 得 分值 × 完成率 × 完成率", Verdict.PROVED, "越好得分不会更低"),
    "算出来的可以是负数": (Kind.RANGE,
               "目标 ≤ 10%，实际值 = （甲 − 乙） ÷ 甲\n当 实际值 ≤ 目标值 得 分值 × （1 − 实际值）\n否则 得 0", Verdict.REFUTED, "高于 20 分"),
    "算出来的可以不是整数": (Kind.SCORED, "目标 ≥ 10人，实际值 = 丁 ÷ 丙\n当 实际值 ≥ 10人 得 20分\n当 实际值 ≤ 9人 得 0", Verdict.REFUTED, "没有一条规则"),
    "重叠只看轮到的": (Kind.APART,
               "目标 ≥ 10个\n当 丙 ≥ 1，直接得 5分\n当 5个 ≤ 实际值 且 实际值 ≤ 8个 得 7分\n当 9个 ≤ 实际值 且 实际值 ≤ 12个 得 5分\n否则 得 0",
               Verdict.PROVED, "没有重叠"),
    "规则里的除数": (Kind.SCORED, "目标 ≥ 10个\n当 丙 ÷ 实际值 ≥ 1个 ÷ 1个 ÷ 1个 得 20分\n否则 得 0", Verdict.PROVED, "除数为 0"),
    "规则写到负数": (Kind.RANGE, "目标 ≤ −5%\n当 实际值 ≤ 目标值 得 20分 − 实际值 × 10分\n否则 得 0", Verdict.REFUTED, "高于 20 分"),
    "半天": (Kind.SCORED, "目标 ≤ 10天\n当 实际值 ≤ 10天 得 20分\n当 实际值 ≥ 11天 得 0", Verdict.REFUTED, "没有一条规则"),
    "没有见过的词": (Kind.SCORED, "目标 「好」\n当 话 = 「好」 得 20分\n当 话 = 「其他」 得 0", Verdict.REFUTED, "没有一条规则"),
    "两个没有见过的词": (Kind.RANGE, "目标 ≥ 3个\n当 话 = 「好」 得 20分\n当 话 ≠ 语 且 语 ≠ 「好」 得 丙 × 1分\n否则 得 0", Verdict.REFUTED, "高于 20 分"),
    "阶梯相减": (Kind.RANGE, "目标 ≤ 10\n每超过 1 加 0.1分，不足一步 进一\n每超过 1 扣 0.1分，不足一步 按比例", Verdict.UNDECIDED, "只知道上下限"),
    "分值看数据": (Kind.RANGE,
               "目标 ≥ 3个，分值 20分\n当 丙 < 50，分值 15分\n当 实际值 ≥ 目标值 得 分值\n否则 得 0", Verdict.PROVED, "≤ 15，或 0 ≤ 得分 ≤ 20"),
    "可得负分": (Kind.RANGE, "目标 ≥ 3个，可得负分\n当 实际值 ≥ 目标值 得 分值\n否则 得 −5分", Verdict.PROVED, "得分 ≤ 20"),
    "不封顶": (Kind.RANGE, "目标 ≤ 3个，不封顶\n每超过 1个 加 1分，不足一步 舍去", Verdict.PROVED, "得分 ≥ 0（不封顶）"),
    "不适用不比": (Kind.RISING, "目标 ≥ 10个\n当 实际值 = 5个，不适用\n当 实际值 ≥ 目标值 得 20分\n否则 得 8分", Verdict.PROVED, "越好得分不会更低"),
    "一半达标": (Kind.RISING, "目标 ≥ 10个\n当 丙 ≤ 50 且 实际值 > 13个 得 10分\n当 实际值 ≥ 目标值 得 20分\n否则 得 0", Verdict.PROVED, "达到目标以前"),
}
"""What was once told wrongly, or not at all."""


@pytest.mark.parametrize("case", STANDS)
def test_stands(case: str) -> None:
    kind, rule, verdict, said = STANDS[case]

    claim = _claim(kind, rule)

    assert (claim.verdict, said in claim.text) == (verdict, True), claim


WHOLE = HEAD.replace("三级指标 项 20分，", "")
ITEMS = {
    "评分别处要看": (Kind.RANGE,
               "三级指标 甲甲 10分，评分 0分（含）至 10分（含） 由评审人填写\n三级指标 乙乙 10分\n当 甲甲.得分 ≥ 8分 得 甲甲.得分 × 2\n否则 得 0",
               "乙乙", Verdict.UNDECIDED),
    "别处的错": (Kind.RANGE, "三级指标 甲甲 10分\n当 5 ÷ 丙 > 1 得 10分\n否则 得 0\n三级指标 乙乙 10分\n令 数 = 丙 + 30\n"
             "当 甲甲.得分 > 50分 或 丙 = 0 得 数 × 1分\n否则 得 0", "乙乙", Verdict.REFUTED),
    "引用的是取舍后的分": (Kind.RANGE, "三级指标 甲甲 10分\n当 丙 ≥ 1 得 10分 ÷ 3\n否则 得 0\n三级指标 乙乙 10分\n令 差 = 甲甲.得分 × 3\n"
                  "当 差 = 10分 得 10分\n当 差 < 9分 得 0\n否则 得 30分", "乙乙", Verdict.REFUTED),
    "取舍高于分值": (Kind.RANGE,
               "三级指标 甲甲 3.335分，目标 ≥ 3个\n当 实际值 ≥ 目标值 得 分值\n否则 得 0\n三级指标 乙乙 16.665分\n否则 得 0", "甲甲", Verdict.REFUTED),
    "折算后的总分": (Kind.TOTAL,
               "三级指标 甲甲 19分\n当 丙 = 0，不适用\n否则 得 19分\n三级指标 乙乙 1分，可得负分\n当 丁 > 1人 得 1分\n否则 得 −1分", "总分", Verdict.UNDECIDED),
    "分项没有上限": (Kind.RANGE,
               "三级指标 甲甲 20分，合成 平均，不封顶\n当 实际值 ≥ 目标值 得 25分\n否则 得 0\n"
               "分项 一，目标 ≥ 3个\n分项 二，目标 ≥ 2个", "甲甲／一", Verdict.PROVED),
}


@pytest.mark.parametrize("case", ITEMS)
def test_items_beside_each_other(case: str) -> None:
    kind, rule, about, verdict = ITEMS[case]

    claim = next(c for c in prove(_ruleset(rule, WHOLE)).claims if c.kind is kind and c.subject == about)

    assert claim.verdict is verdict, claim


def test_grades_that_hang_on_data() -> None:
    head = HEAD.replace("等级 优 ≥ 15分，等级 差 < 15分", "等级 优 ≥ 15分 且 丙 > 3，等级 差 < 15分")

    assert _claim(Kind.GRADED, RATIO, head).verdict is Verdict.UNDECIDED


# ---- several unknowns

TWO = "目标 ≥ 10个\n当 实际值 ≥ 目标值 且 丙 ≥ 1 得 20分\n当 实际值 < 目标值 得 0\n否则 得 5分"
HOLE_OF_TWO = "目标 ≥ 10个\n当 实际值 ≥ 目标值 × 丙 得 20分\n当 实际值 < 目标值 × 丙 × 80% 得 0"
OVER_OF_TWO = "目标 ≥ 10个\n否则 得 10分 × 丙 × 实际值 ÷ （实际值 + 1个）"


@pytest.mark.parametrize("kind", [Kind.RANGE, Kind.SCORED, Kind.APART, Kind.RISING, Kind.REACHED])
def test_two_numbers(kind: Kind) -> None:
    assert _claim(kind, TWO).verdict is Verdict.PROVED


def test_two_numbers_refuted() -> None:
    hole, over = _claim(Kind.SCORED, HOLE_OF_TWO), _claim(Kind.RANGE, OVER_OF_TWO)

    assert (hole.verdict, over.verdict) == (Verdict.REFUTED, Verdict.REFUTED)
    assert "没有一条规则适用" in hole.text
    assert [d for result in run_tests(_ruleset(f"{OVER_OF_TWO}\n{over.test}")) for d in result.failures if d.code != "E455"] == []


def test_without_z3_nothing_is_passed_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "installed", lambda: False)

    claim = _claim(Kind.RANGE, TWO)

    assert claim.verdict is Verdict.UNDECIDED
    assert "没有反例" in claim.text


# ---- shipped rulesets, leaps, the command


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_shipped_rulesets_have_no_counterexample(path: Path) -> None:
    ruleset = load(path).ruleset
    assert ruleset is not None

    assert prove(ruleset).refuted() == ()


def test_leaps() -> None:
    ruleset = _ruleset("目标 ≥ 90%\n按 实际值 分档\n≥ 90% 得 20分\n60%（含）至 90%（不含） 得 6分\n< 60% 得 0分")

    assert [(j.at, j.before, j.after) for j in prove(ruleset).jumps] == [("60%", 0, 6), ("90%", 6, 20)]
    assert prove(_ruleset(RATIO)).jumps == ()


def test_the_command(run: Any, tmp_path: Path) -> None:
    bad, good = tmp_path / "坏.perf", tmp_path / "好.perf"
    bad.write_text(HEAD + REFUTED["高于分值"][1], "utf-8")
    good.write_text(HEAD + RATIO, "utf-8")

    shown, told = run("check", "--prove", str(bad)), run("check", "--prove", "--format", "json", str(good))

    assert shown.code == 1
    assert "有反例" in shown.out
    assert "测试 「反例：项」" in shown.out
    assert max(len(line.encode("gbk")) for line in shown.out.splitlines() if "测试" not in line and str(tmp_path) not in line) <= 80
    claims = json.loads(told.out)["proofs"][0]["claims"]
    assert {claim["verdict"] for claim in claims} == {"已证明"}
