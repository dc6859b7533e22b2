"""A form judged by a ruleset instead of the general rules."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sheets import codes, form, money, row

from perfdsl.audit import Audit, audit
from perfdsl.pipeline import Loaded, load_source
from perfdsl.source import Source

TEXT = """规则集 「办法」
  总分 100分
  取舍 每项得分 保留2位 四舍五入
  取舍 总分 保留2位 四舍五入
  等级依据 总分
  等级 优 ≥ 95分，等级 良 < 95分
  不适用 其余按比例折算
  引用 「标准计分方法」
数据 全年预算数 万元
数据 全年执行数 万元
三级指标 预算执行率 10分，目标 ≥ 100%，计分 执行率
三级指标 税收 40分，目标 ≥ 3亿元
  当 实际值 ≥ 2亿元 得满分
  否则 得 0
三级指标 成本 30分，目标 ≤ 10万元，计分 反向直线
三级指标 效益 20分
  定性 达成 评分 80%（含）至 100%（含）
  定性 未达成 评分 0（含）至 80%（不含）
"""


@pytest.fixture(scope="module")
def ruleset() -> Loaded:
    return load_source(Source("办法.perf", TEXT.replace("，计分 反向直线", "\n  每超过 1万元 扣 3分，不足一步 按比例，扣完为止")))


def _audit(ruleset: Loaded, **cells: tuple[str | None, str]) -> Audit:
    """The form with 'name: (actual value, claimed points)' in place of what is right."""
    right = {"税收": ("2.5亿元", "40"), "成本": ("12万元", "24"), "效益": ("达成", "18")} | cells
    targets = {"税收": ("3亿元", "40"), "成本": ("≤10万元", "30"), "效益": ("好", "20")}
    rows = [row(name, targets.get(name, ("", "5"))[0], actual, targets.get(name, ("", "5"))[1], claimed) for name, (actual, claimed) in right.items()]
    total = str(10 + sum(Fraction(claimed) for _, claimed in right.values()))
    budget = [money(budget="5", spent="5", weight="10", rate="100%", score="10")]
    return audit(form(*rows, budget=budget, total="100", claimed=total, grade="良"), ruleset)


def test_the_ruleset_decides(ruleset: Loaded) -> None:
    made = _audit(ruleset)

    assert ruleset.diagnostics == () or codes(made, "error") == []
    assert codes(made, "error") == []
    assert [r.computed for r in made.rows] == [10, 40, 24, None]


def test_points_that_differ(ruleset: Loaded) -> None:
    (first, *_) = [one for one in _audit(ruleset, 成本=("12万元", "30")).findings if one.code == "A305"]

    assert (first.claimed, first.computed, first.severity.value) == (30, 24, "error")
    assert first.message == "自评 30，应为 24（按规则：30 − 3 × 2步 = 24.00分（12万元 超过 10万元 2万元，每超过 1万元 扣 3分）），多 6 分"
    assert "办法" in first.basis


def test_a_reviewers_points_outside_their_range(ruleset: Loaded) -> None:
    assert "A305" in codes(_audit(ruleset, 效益=("未达成", "19")), "error")


def test_the_grade_is_the_rulesets(ruleset: Loaded) -> None:
    assert "A005" not in codes(_audit(ruleset), "warning") + codes(_audit(ruleset), "error")


def test_rows_that_the_ruleset_does_not_know(ruleset: Loaded) -> None:
    made = _audit(ruleset, 宣传=("5次", "5"))

    assert any(one.code == "A304" and "宣传" in one.message for one in made.findings)


def test_values_that_the_ruleset_cannot_read(ruleset: Loaded) -> None:
    assert any(one.code == "A306" for one in _audit(ruleset, 税收=("20家", "40")).findings)


def test_a_ruleset_without_meaning_counts_as_none() -> None:
    assert codes(audit(form(row("甲", "≥10人", "8人", "10", "10")), Loaded(None, ())), "error") == ["A103"]


def test_the_ruleset_of_another_form_is_told_once(ruleset: Loaded) -> None:
    rows = [row(name, "≥10人", "10人", "10", "10") for name in "甲乙丙丁戊己庚辛壬"]
    made = audit(form(*rows, budget=[money(budget="5", spent="5", weight="10", rate="100%", score="10")]), ruleset)
    (told,) = [one for one in made.findings if one.code == "A304"]

    assert (told.severity.value, told.cell) == ("warning", None)
    assert told.message == "规则集「办法」与表只对上 1 项（「预算执行率」），可能用错了规则集；其余各项没有核算"
    assert made.findings[0] == told


def test_what_the_form_lacks_is_one_remark_without_a_place(ruleset: Loaded) -> None:
    made = audit(form(row("税收", "3亿元", "2.5亿元", "40", "40")), ruleset)
    (told,) = [one for one in made.findings if one.code == "A304"]

    assert (told.severity.value, told.cell) == ("remark", None)
    assert told.message == "规则集「办法」有 2 项表上没有：「成本」、「效益」"
