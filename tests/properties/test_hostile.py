"""Rules that make no sense are said to make none, at the latest when they are evaluated; none raises, none is passed over."""

from __future__ import annotations

import pytest

from perfdsl.pipeline import check, evaluate, load_source
from perfdsl.source import Source

HEAD = """规则集 「测试」，年度 2024，引用 「标准计分方法」，总分 10分，不适用 同一级指标内折算
取舍 每项得分 保留2位 四舍五入，取舍 总分 保留2位 四舍五入
数据 全年预算数 万元，数据 全年执行数 万元
一级指标 产出 10分，三级指标 甲 10分，"""
RULE = "当 实际值 ≥ 目标值 得 10，否则 得 0"
NONSENSE = {
    "实际值取自己": f"目标 ≥ 10个，实际值 = 实际值 + 1个\n{RULE}",
    "目标取自己": "目标 ≥ 目标值 × 2，计分 正向比率",
    "目标取完成率": "目标 ≥ 完成率 × 2，计分 正向比率",
    "目标的条件取实际值": "当 实际值 > 3个，目标 ≥ 3个，目标 ≥ 2个，计分 正向比率",
    "四舍五入到负数位": "目标 ≥ 10个\n当 四舍五入（实际值，−2） ≥ 目标值 得 10，否则 得 0",
    "四舍五入到一位半": "目标 ≥ 10个\n当 四舍五入（实际值，1.5） ≥ 目标值 得 10，否则 得 0",
    "四舍五入到百分数位": "目标 ≥ 10个\n当 四舍五入（实际值，20%） ≥ 目标值 得 10，否则 得 0",
    "分值几千位": f"分值 {'9' * 5000}分，目标 ≥ 2个，计分 正向比率",
    "目标几千位": f"目标 ≥ {'9' * 5000}个，计分 正向比率",
    "没有步的上限": f"目标 ≥ 10个，最多扣 3分\n{RULE}",
    "没有步的不足一步": f"目标 ≥ 10个，不足一步 舍去\n{RULE}",
    "没有评分的理由": f"目标 ≥ 10个，须说明理由\n{RULE}",
    "插值里的当": "目标 ≥ 10个\n按 完成率 插值\n60% 得 0\n100% 得 10\n当 实际值 ≥ 5个 得 3",
    "插值里的比较": "目标 ≥ 10个\n按 完成率 插值\n60% 得 0\n100% 得 10\n≥ 120% 得 12\n否则 得 1",
    "轮不到的一档": "≥ 60% 得 5\n≥ 90% 得 10\n否则 得 0",
    "评分超过分值": "评分 0（含）至 20（含）",
    "评分低于零": "评分 −5（含）至 5（含）",
    "选项重复": "目标 ≥ 1个，计分 正向比率\n数据 地区（东部、东部）",
    "测试给定算出来的项": "计分 执行率\n测试 一，给定 甲 = 95%，期望 甲 得 9.5",
}


@pytest.mark.parametrize("rule", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_said(rule: str) -> None:
    loaded = load_source(Source("测试.perf", HEAD + rule))
    result = evaluate(loaded, {"甲": "8", "评定得分": "3"})
    said = [d for d in (*check(loaded), *result.diagnostics) if d.code not in ("W301", "W451", "W454", "E403", "W401", "E405", "W402")]

    assert said != []


def test_where_nothing_applies_it_is_said() -> None:
    """The total is neither a number nor a range then."""
    loaded = load_source(Source("测试.perf", HEAD + "目标 ≥ 10个，计分 正向比率"))
    result = evaluate(loaded, {"甲": "不适用", "全年预算数": "1", "全年执行数": "1"})

    assert result.scorecards[0].total.score is None
    assert [d for d in result.diagnostics if d.code != "W301"] != []
