"""Units on which columns once differed from the exact interpreter: each test is the smallest case of one difference."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block, Column, Days, Marks, Numbers, Words
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.batch.scores import Scores
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.source import Source

TWO = """
三级指标 甲 50分，目标 ≥ 10家，计分 正向比率
三级指标 乙 50分，目标 ≥ 10家，计分 正向比率
"""


def ruleset(rules: str, item: str = "保留2位 四舍五入", more: str = "") -> Ruleset:
    head = f"""规则集 「复核」
年度 2024，版本 1，引用 「标准计分方法」
总分 100分，取舍 每项得分 {item}，取舍 总分 保留2位 四舍五入
等级依据 总分，等级 优 ≥ 90分，等级 良 ≥ 60分，等级 差 < 60分
不适用 其余按比例折算
{more}
"""
    made = load_source(Source("复核.perf", head + rules)).ruleset
    assert made is not None
    return made


def numbers(*units: int, state: Sequence[int] | None = None) -> Numbers:
    return Numbers(np.array(units, np.int64), 0, None if state is None else np.array(state, np.uint8))


def words(codes: Sequence[int], *said: str, state: Sequence[int] | None = None) -> Words:
    return Words(np.array(codes, np.int32), said, None if state is None else np.array(state, np.uint8))


def same(rules: Ruleset, rows: Sequence[int] | None = None, **cells: Column) -> Scores:
    """Assert that columns give what the interpreter gives, for all units or these *rows* of them."""
    size = next(len(one.state if isinstance(one, Marks) else one.ordinals if isinstance(one, Days) else
                    one.codes if isinstance(one, Words) else one.units) for one in cells.values())
    block = Block(size, cells, {}, {})
    made, wanted = Scorer(rules).score(block), score_apart(rules, block, rows)
    chosen = list(range(size) if rows is None else rows)
    for name in ("total", "low", "high", "complete", "grade", "standing"):
        assert getattr(made, name)[chosen].tolist() == getattr(wanted, name).tolist(), name
    for own, its in zip(made.items, wanted.items, strict=True):
        for name in ("points", "has", "status", "weight", "deviates", "reason_due"):
            assert getattr(own, name)[chosen].tolist() == getattr(its, name).tolist(), (own.path, name)
        there = its.deviates
        assert own.deviation[chosen][there].tolist() == its.deviation[there].tolist(), own.path
        assert [own.clauses[at] for at in own.clause[chosen]] == [its.clauses[at] for at in its.clause], own.path
    return made


def test_reasons_of_units_without_a_program() -> None:
    rules = ruleset("三级指标 甲 100分，目标 ≥ 3家，计分 正向比率", "保留2位 四舍六入五成双", "偏差 未得满分 须说明原因")
    same(rules, 甲=numbers(0, 1, 2, 3))


def test_a_number_that_is_only_asked_to_be_equal_is_missing() -> None:
    rule = "当 实际值 = 0次 得 分值，否则 得 0"
    same(ruleset(f"三级指标 甲 100分，{rule}"), 甲=numbers(0, 1, 0, 0, state=[0, 0, 1, 2]))
    same(ruleset(f"三级指标 甲 50分，{rule}\n三级指标 乙 50分，{rule}"), 甲=numbers(0, 0, 0, state=[0, 1, 2]), 乙=numbers(0, 0, 0, state=[0, 1, 2]))


def test_a_column_of_words_without_a_word() -> None:
    rules = ruleset("数据 违规（是、否）" + TWO, more="当 违规 = 是，总分 不高于 59分")
    same(rules, 甲=numbers(10, 9), 乙=numbers(10, 9), 违规=words([0, 0], state=[1, 1]))


def test_barred_while_the_total_is_open() -> None:
    rules = ruleset("数据 违规 次\n数据 严重（是、否）" + TWO, more="当 违规 ≥ 1次，不得参评\n当 严重 = 是，总分 不高于 59分")
    same(rules, 甲=numbers(10, 10), 乙=numbers(10, 9), 违规=numbers(3, 3))


def test_a_range_that_settles_a_test_is_looked_at_in_every_unit() -> None:
    rules = ruleset("数据 扣罚 家\n三级指标 甲 100分\n  当 扣罚 < 0家 得 0\n  否则 得 分值")
    units = np.zeros(200_001, np.int64)
    units[1] = -5
    same(rules, [0, 1, 2], 扣罚=Numbers(units, 0))


SUM = "数据 a\n数据 b\n数据 c\n数据 d\n三级指标 甲 100分，不封顶，可得负分\n  当 {} 得 0\n  否则 得 1分 × a ÷ b + 1分 × c ÷ d"


def test_a_sum_of_quotients_with_denominators_of_either_sign() -> None:
    rules = ruleset(SUM.format("b = 0 或 d = 0"), "保留0位 四舍五入", "总分 不封顶")
    same(rules, a=numbers(5, 5, 1, 3), b=numbers(-2, 2, -2, 2), c=numbers(0, 0, 0, 2), d=numbers(3, 3, 7, 1))


def test_a_sum_of_quotients_beyond_32_bits() -> None:
    rules = ruleset(SUM.format("b ≤ 0 或 d ≤ 0 或 a < 0 或 c < 0"), more="总分 不封顶")
    same(rules, a=numbers(30_000_000, 1, 30_000_000), b=numbers(1, 2, 2), c=numbers(3, 5, 30_000_000), d=numbers(2, 3, 1))


def test_a_bonus_below_0_and_a_penalty_above_0_are_out_of_bounds() -> None:
    outside = "加分项 创新，不封顶，加 创新分\n数据 创新分 分\n减分项 通报，不封顶，扣 扣分数\n数据 扣分数 分"
    rules = ruleset(TWO + outside, more="总分 不封顶")
    same(rules, 甲=numbers(10, 1, 10), 乙=numbers(10, 1, 9), 创新分=numbers(-1, 1, 0), 扣分数=numbers(1, 1, -2))


def test_points_that_are_only_shown_within_bounds() -> None:
    rules = ruleset("数据 比 %\n三级指标 甲 100分\n  当 比 ≥ 2% 得 1分\n  否则 得 比 × 1分", "不取舍")
    same(rules, 比=Numbers(np.array([-10, 0, 10, 190, 300]), 2))


OPEN_ENDED = "三级指标 {} 50分，不封顶\n  当 实际值 < 0家 得 0\n  当 实际值 = 1家 得 30000000分\n  否则 得 实际值 × 1分 ÷ 1家\n"


def test_points_that_do_not_fit_into_32_bits_together_or_alone() -> None:
    rules = ruleset(OPEN_ENDED.format("甲") + OPEN_ENDED.format("乙"), more="总分 不封顶")
    same(rules, 甲=numbers(20_000_000, 15_000_000, 1, 7), 乙=numbers(20_000_000, 15_000_000, 3, 2))


def test_a_weight_with_more_places_than_points_have() -> None:
    rules = ruleset("三级指标 甲 12.5分，目标 ≥ 3家，计分 正向比率\n三级指标 乙 87.5分，目标 ≥ 3家，计分 正向比率", "保留0位 四舍五入")
    same(rules, 甲=numbers(0, 1, 2, 3, 9), 乙=numbers(0, 1, 2, 3, 9))
    same(rules, 甲=numbers(0, 1, 0, state=[0, 0, 1]), 乙=numbers(0, 1, 2))


@pytest.mark.parametrize("more", ["当 a ÷ b > 1，总分 不高于 59分", "当 a ÷ b > 1，等级 不高于 良", "当 a ÷ b > 1，预警 「过高」"])
def test_what_hangs_on_the_total_may_divide_by_0(more: str) -> None:
    rules = ruleset("数据 a\n数据 b\n" + TWO, more=more)
    same(rules, 甲=numbers(10, 1, 10), 乙=numbers(10, 1, 9), a=numbers(3, 3, 3), b=numbers(0, 0, 2))


def test_a_result_may_divide_by_0() -> None:
    rules = ruleset("数据 a\n数据 b\n" + TWO + "结果应用 补贴 万元\n  当 a ÷ b > 1 得 总分 × 1万元 ÷ 1分\n  否则 得 0\n")
    same(rules, 甲=numbers(10, 1, 10), 乙=numbers(10, 1, 9), a=numbers(3, 3, 3), b=numbers(0, 0, 2))


DIVIDES = "  当 数 = 9家 得 0\n  否则 得 分值 × 实际值 ÷ 数"


def test_a_fault_in_an_item_that_counts_nothing() -> None:
    rules = ruleset(f"""数据 地区（东、西）
数据 数 家
三级指标 甲 100分，目标 ≥ 10家，计分 正向比率
三级指标 丙
  当 地区 = 东，分值 0分
  当 地区 = 西，分值 0分
{DIVIDES}
""")
    same(rules, 甲=numbers(*[10] * 90), 丙=numbers(*[3] * 90), 数=numbers(*[0, 0, 2] * 30), 地区=words([0, 1, 0] * 30, "东", "西"))


def test_a_fault_in_a_part_of_what_does_not_apply() -> None:
    rules = ruleset(f"""数据 数 家
三级指标 甲 50分，目标 ≥ 10家，计分 正向比率
三级指标 丙 50分，合成 平均
{DIVIDES}
  分项 一，目标 ≥ 3家
  分项 二，目标 ≥ 3家
""")
    cells: dict[str, Column] = {"丙/一": numbers(*[10] * 90), "丙/二": numbers(*[3] * 90), "丙": Marks(np.array([2] * 90, np.uint8))}
    same(rules, None, 甲=numbers(*[10] * 90), 数=numbers(*[0, 2, 2] * 30), **cells)


def test_more_cases_than_python_nests() -> None:
    said = [f"第{at}类" for at in range(110)]
    cases = "".join(f"  当 类别 = {word} 得 {at % 100}分\n" for at, word in enumerate(said))
    rules = ruleset(f"数据 类别 文字\n三级指标 甲 100分\n{cases}  否则 得 0")
    same(rules, 类别=words([0, 60, 109, 110, 0], *said, "别的", state=[0, 0, 0, 0, 1]))


def test_an_open_item_with_a_bound_beyond_its_weight() -> None:
    item = "三级指标 甲 50分\n  当 实际值 ≥ 0家 得 实际值 × 1分 ÷ 1家\n  否则 得 0\n  最低得 x\n三级指标 乙 50分，目标 ≥ 10家，计分 正向比率\n数据 x 分"
    rules = ruleset(item, more="当 取舍前总分 < 70分，总分 不低于 65分")
    state = [0, 1, 0, 1] * 30
    same(rules, 甲=numbers(*[10, 0, 5, 3] * 30, state=state), 乙=numbers(*[5, 5, 9, 9] * 30), x=numbers(*[60, 60, 2, 55] * 30))


def test_weights_that_hang_on_the_unit_stand_beside_points_without_clauses() -> None:
    by_region = "三级指标 {}\n  当 地区 = 一类，分值 {}分\n  当 地区 = 二类，分值 {}分\n  目标 ≥ 10家，计分 正向比率\n"
    rules = ruleset("数据 地区（一类、二类）\n" + by_region.format("甲", 40, 60) + by_region.format("乙", 60, 40))
    block = Block(2, {"甲": numbers(10, 9), "乙": numbers(5, 10), "地区": words([0, 1], "一类", "二类")}, {}, {})
    made = Scorer(rules, coded=False).score(block)
    assert [item.weight.tolist() for item in made.items] == [[4000, 6000], [6000, 4000]]
    assert made.total.tolist() == score_apart(rules, block).total.tolist() == [7000, 9400]


def test_a_target_of_0_has_no_deviation_and_leaves_the_columns() -> None:
    cases = "当 目标家数 = 0家 得 分值\n  当 实际值 ≥ 目标值 得 分值\n  否则 得 分值 × 实际值 ÷ 目标值"
    rules = ruleset(f"数据 目标家数 家\n三级指标 甲 100分，目标 ≥ 目标家数\n  {cases}")
    made = same(rules, 甲=numbers(0, 5, 12, 900_000), 目标家数=numbers(0, 0, 10, 10))
    assert made.apart == 0


def test_points_that_no_column_holds() -> None:
    rules = ruleset("数据 a\n数据 b\n三级指标 甲 100分，不封顶\n  当 a < 0 得 0\n  否则 得 1分 × a × b", more="总分 不封顶")
    made = same(rules, a=numbers(10**12, 10**8, 3), b=numbers(10**12, 3 * 10**8, 4))
    assert made.items[0].has.tolist() == [False, False, True]
    assert [made.notes[at].codes for at in (0, 1)] == [("E455",), ("E455",)]
    assert made.grade.tolist()[:2] == [-1, -1]
