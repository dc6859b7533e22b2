"""What is told behind the scores, laid out: the texts, the numbers in them, and what is stumbled over."""

from __future__ import annotations

from perfdsl.pipeline import load_source
from perfdsl.plan.plan import Plan
from perfdsl.plan.single import Single
from perfdsl.plan.tree import leaves
from perfdsl.score.scorecard import Status
from perfdsl.source import Source

TEXT = """规则集 「布局」
年度 2024，引用 「标准计分方法」，总分 100分
取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入，不适用 得零分
当 总分 < 60分，预警 「总分偏低」
当 甲数 ÷ 乙数 > 1，预警 「数大」
数据 甲数
数据 乙数
三级指标 甲 100分，目标 ≥ 10家，计分 正向比率
  当 完成率 > 120%，预警 「甲超两成」
结果应用 应付 万元
  当 总分 ≥ 90分 得 10万元
  否则 得 甲数 × 1万元 ÷ 3
"""
SCORED = (Status.SCORED,)


def _plan() -> Plan:
    ruleset = load_source(Source("布局.perf", TEXT)).ruleset
    assert ruleset is not None
    return Plan(ruleset)


def test_each_is_a_tree_of_texts() -> None:
    plan = _plan()
    said = [{one.words for one in leaves(plan.said(at, SCORED))} for at in range(4)]
    assert said == [{"", "总分偏低"}, {"", "数大"}, {"", "甲超两成"}, {"10万元", "万元", ""}]
    assert [one.words for one in leaves(plan.said(3, SCORED)) if not one.is_fixed] == ["万元"]


def test_only_what_stumbles_stands_in_the_whole() -> None:
    assert {one.faults for one in leaves(_plan().whole(SCORED))} == {(), ("E452",)}


def test_told_of_one_unit() -> None:
    single = Single(_plan(), {(name, False): 0 for name in ("甲", "甲数", "乙数")})
    order = [cell[0] for cell in single.cells]
    for values, told in (({"甲": 13, "甲数": 2, "乙数": 1}, ("", "数大", "甲超两成", "10万元")),
                         ({"甲": 5, "甲数": 2, "乙数": 0}, ("总分偏低", "", "", "0.6667万元")),
                         ({"甲": 5, "甲数": None, "乙数": 1}, ("总分偏低", "", "", "")),
                         ({"甲": None, "甲数": 9, "乙数": 1}, ("", "数大", "", ""))):
        assert single.told(single.score([values.get(name) for name in order])) == told
