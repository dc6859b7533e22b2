"""Changes that no test notices, and those that mean the same."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from test_testing_clauses import BANDS, HEAD, ruleset

from perfdsl.pipeline import load
from perfdsl.testing.hunt import Caught, Fate, hunt

BOTH_SIDES = "".join(f"测试 「{x}」，给定 覆盖率 = {x}%，期望 覆盖率 得 {p}\n" for x, p in (("90", 10), ("89.99", 5), ("60", 5), ("59.99", 0)))
SHIPPED = sorted((Path(__file__).parent.parent.parent / "rulesets").rglob("*.perf"))


def caught(body: str) -> list[Caught]:
    return list(hunt(ruleset(body)))


def fates(body: str, words: str) -> set[Fate]:
    """What became of the changes whose words hold *words*; there is one."""
    found = {one.fate for one in caught(body) if words in one.mutant.words}
    assert found, words
    return found


def test_thresholds_signs_order_and_points_survive_without_tests_beside_them() -> None:
    high = BANDS + "测试 「高」，给定 覆盖率 = 95%，期望 覆盖率 得 10分\n"
    survived = {one.mutant.words for one in caught(high) if one.fate is Fate.SURVIVED}

    assert {"90% 改为 91%", "90% 改为 89%", "「≥ 90%」的 ≥ 改为 >", "60% 改为 61%", "5分 改为 5.5分", "去掉「≥ 60% 得 5分」"} <= survived
    assert not any("≥ 改为 <" in words and "90%" in words for words in survived)


def test_both_sides_of_every_threshold_notice_all() -> None:
    assert {one.fate for one in caught(BANDS + BOTH_SIDES)} == {Fate.NOTICED}


def test_a_survivor_says_where_it_shows() -> None:
    body = BANDS + "测试 「高」，给定 覆盖率 = 95%，期望 覆盖率 得 10分\n"
    one = next(one for one in caught(body) if one.mutant.words == "「≥ 90%」的 ≥ 改为 >")

    assert one.why == "覆盖率 = 90%时，原来得 10分，改后得 5分"
    assert one.mutant.span.line == 4


def test_a_change_that_means_the_same_is_equivalent() -> None:
    body = "三级指标 数量 10分，目标 ≥ 5个\n  当 实际值 ≥ 目标值 得满分\n  否则 得 分值 × 完成率\n  最低得 0\n"
    tests = "".join(f"测试 「{x}」，给定 数量 = {x}个，期望 数量 得 {p}分\n" for x, p in ((5, 10), (4, 8), (9, 10)))

    assert fates(body + tests, "的 ≥ 改为 >") == {Fate.EQUIVALENT}
    assert fates(body + tests, "去掉「最低得 0」") == {Fate.EQUIVALENT}
    assert fates(body + tests, "5个 改为 6个") == {Fate.NOTICED}


def test_disjoint_bands_of_a_derived_value_can_change_places() -> None:
    body = """数据 甲 万元
数据 乙 万元
三级指标 比率 10分
  实际值 = 甲 ÷ 乙
  当 乙 = 0 不得分
  90%（含）至 100%（含） 得 10分
  50%（含）至 90%（不含） 得 5分
  否则 不得分
"""
    tests = "测试 「一」，给定 甲 = 9万元，给定 乙 = 10万元，期望 比率 得 10分\n"

    assert fates(body + tests, "与下一条「50%（含）至 90%（不含） 得 5分」对调先后") == {Fate.EQUIVALENT}
    assert Fate.SURVIVED in fates(body + tests, "与下一条「90%（含）至 100%（含） 得 10分」对调先后") | fates(body + tests, "= 改为 ≠")


def test_grades_are_looked_at_for_every_total() -> None:
    body = "  等级依据 总分，等级 优 ≥ 9分，等级 良 ≥ 6分，等级 差 < 6分\n" + BANDS
    tests = "测试 「优」，给定 覆盖率 = 95%，期望 等级 优\n"
    survived = [one.why for one in caught(body + tests) if one.fate is Fate.SURVIVED and "等级「优」" in one.mutant.words]

    assert "总分 9分时，原来是「优」，改后是「良」" in survived
    assert fates(body + tests, "等级「差」：「等级 差 < 6分」的 < 改为 ≤") == {Fate.EQUIVALENT}


@pytest.mark.parametrize(("clause", "words"), [
    ("  当 违规 = 是，本项 不得分\n", "去掉「当 违规 = 是，本项 不得分」"),
    ("  当 违规 = 是，总分 不高于 5分\n", "去掉「当 违规 = 是，总分 不高于 5分」"),
    ("  当 违规 = 是，预警 「违规」\n", "去掉「当 违规 = 是，预警 「违规」」"),
])
def test_what_no_test_asks_for_can_be_taken_away(clause: str, words: str) -> None:
    body = "数据 违规（是、否）\n三级指标 事故 10分\n" + clause + "  每出现 1例 扣 2分，扣完为止\n"
    tests = "测试 「一」，给定 事故 = 1例，给定 违规 = 否，期望 事故 得 8分\n"

    assert fates(body + tests, words) == {Fate.SURVIVED}


def test_steps_parts_and_combiners_are_changed() -> None:
    body = """三级指标 招商 10分，合成 平均
  当 实际值 ≥ 目标值 得满分，否则 不得分
  分项 签约，目标 ≥ 3个
  分项 开工，目标 ≥ 2个
"""
    same = "测试 「都到」，给定 签约 = 3个，给定 开工 = 2个，期望 招商 得 10分\n"
    apart = "测试 「一项」，给定 签约 = 3个，给定 开工 = 1个，期望 招商 得 5分\n"

    assert fates(body + same, "合成 平均 改为 合成 取高") == {Fate.SURVIVED}
    assert fates(body + same + apart, "合成 平均 改为") == {Fate.NOTICED}
    rate = "三级指标 成本 10分，目标 ≤ 100%\n  每超过 1个百分点 扣 1分，不足一步 舍去，扣完为止\n测试 「一」，给定 成本 = 101%，期望 成本 得 9分\n"
    assert fates(rate, "舍去改为按比例") == {Fate.SURVIVED}
    assert fates(rate + "测试 「半步」，给定 成本 = 101.5%，期望 成本 得 9分\n", "舍去改为") == {Fate.NOTICED}


@pytest.mark.parametrize("path", [p for p in SHIPPED if p.stem in ("分档计分方法", "超额计分方法", "共性指标", "满意度调查")], ids=lambda p: p.stem)
def test_what_is_called_equivalent_scores_the_same_at_random(path: Path) -> None:
    """Against the plain interpreter, at values that the proof has not chosen."""
    from perfdsl.data.facts import Fact, Facts
    from perfdsl.prove.unknown import Unknowns
    from perfdsl.quantity import Quantity
    from perfdsl.score import scorecard

    made = load(path).ruleset
    assert made is not None
    dice, unknowns = Random(path.stem), Unknowns(made)
    for one in hunt(made):
        for indicator in (i for i in made.indicators() if one.fate is Fate.EQUIVALENT and i.path in one.mutant.touched):
            for _ in range(6):
                items: dict[str, Fact] = {}
                for cell in unknowns.of(indicator):
                    unit = cell.expected.unit
                    word = dice.choice(unknowns.words(cell)) if cell.is_chosen else None
                    items[cell.path] = Fact(word if word is not None else Quantity(dice.choice([0, 1, dice.randint(0, 150)]) * (
                        unit.factor if unit else 1), unit))  # type: ignore[arg-type]  # a quantity has a unit
                facts = Facts("", made.year, items)
                rows = [next(r for r in scorecard(ruleset, facts).rows if r.indicator.path == indicator.path) for ruleset in (made, one.mutant.ruleset)]
                assert (rows[0].status, rows[0].low, rows[0].high) == (rows[1].status, rows[1].low, rows[1].high), (one.mutant.words, items)


def test_the_command_sums_up_and_strict_ends_with_1(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "试.perf"
    file.write_text(HEAD + BANDS + "测试 「高」，给定 覆盖率 = 95%，期望 覆盖率 得 10分\n", encoding="utf-8")
    ran = run("test", file, "--mutate")
    made = json.loads(run("test", file, "--mutate", "--format", "json").out)[0]["mutants"]

    assert ran.code == 0
    assert f"变异 {made['total']} 个，测试发现 {made['noticed']} 个，等价 {made['equivalent']} 个，未发现 {made['survived']} 个" in ran.out
    assert f"{file}:4  90% 改为 91%" in ran.out
    assert made["survived"] == len(made["open"]) > 0
    file.write_text(HEAD + BANDS + BOTH_SIDES, encoding="utf-8")
    assert run("test", file, "--mutate", "--strict").code == 0


def test_nothing_is_changed_where_a_test_fails(tmp_path: Path, run: Any) -> None:
    file = tmp_path / "试.perf"
    file.write_text(HEAD + BANDS + "测试 「错」，给定 覆盖率 = 95%，期望 覆盖率 得 9分\n", encoding="utf-8")
    ran = run("test", file, "--mutate")

    assert ran.code == 1
    assert "变异" not in ran.out


def test_a_quoted_method_is_tested_in_its_own_file() -> None:
    body = "  引用 「标准计分方法」\n三级指标 数量 10分，目标 ≥ 5个，计分 正向比率\n测试 「一」，给定 数量 = 4个，期望 数量 得 8分\n"

    assert {one.mutant.span.source.name for one in caught(body)} == {"试.perf"}


def test_days_and_numbers_in_one_rule_are_tried_together() -> None:
    body = """数据 开工日 日期
三级指标 工期 10分，目标 ≤ 30天
  实际值 = 完工日 − 开工日
  每超过 1天 扣 1分，不足一步 进一，扣完为止
数据 完工日 日期
"""
    tests = "测试 「正好」，给定 开工日 = 2024-1-1，给定 完工日 = 2024-1-31，期望 工期 得 10分\n"

    assert fates(body + tests, "的一步 1天 改为") == {Fate.SURVIVED}


def test_too_many_words_to_go_through_prove_nothing() -> None:
    options = "、".join(f"第{x}种" for x in range(30))
    body = f"数据 甲（{options}）\n数据 乙（{options}）\n三级指标 情况 10分\n" \
           "  当 甲 = 第0种 且 乙 = 第0种 得 10分\n  当 甲 = 第1种 且 乙 = 第1种 得 5分\n  否则 得 0\n"
    tests = "".join(f"测试 「{x}」，给定 甲 = 第{x}种，给定 乙 = 第{x}种，期望 情况 得 {p}\n" for x, p in ((0, 10), (1, 5), (2, 0)))

    assert fates(body + tests, "对调先后") == {Fate.UNDECIDED}


PERIODS = """  令 每家扣分 = 1分
  自 2024-10-01 起，令 每家扣分 = 2分
数据 评价基准日 日期
三级指标 关停 10分，目标 ≤ 5家
  每超过 1家 扣 每家扣分，扣完为止
测试 「一」，给定 评价基准日 = 2024-06-30，给定 关停 = 7家，期望 关停 得 8分
"""


def test_the_day_from_which_a_value_holds_is_tried_on_both_sides() -> None:
    why = {one.mutant.words: one.why for one in caught(PERIODS) if "10月1日" in one.mutant.words or "≥ 改为 >" in one.mutant.words}

    assert why == {
        "「自 2024-10-01 起」的 ≥ 改为 >": "评价基准日 = 2024-10-01，关停 = 6家时，原来得 8分，改后得 9分",
        "2024年10月1日改为2024年10月2日": "评价基准日 = 2024-10-01，关停 = 6家时，原来得 8分，改后得 9分",
        "2024年10月1日改为2024年9月30日": "评价基准日 = 2024-09-30，关停 = 6家时，原来得 9分，改后得 8分"}
    more = "".join(f"测试 「{d}」，给定 评价基准日 = {d}，给定 关停 = 7家，期望 关停 得 {p}分\n" for d, p in (("2024-09-30", 8), ("2024-10-01", 6)))
    assert {one.fate for one in caught(PERIODS + more) if one.mutant.words in why} == {Fate.NOTICED}


def test_part_steps_of_whole_things_are_equivalent_beside_a_day() -> None:
    assert fates(PERIODS, "不足一步的") == {Fate.EQUIVALENT}


def test_changes_that_check_refuses_need_no_test() -> None:
    body = "  等级依据 总分，等级 优 ≥ 9分，等级 良 ≥ 6分，等级 差 < 6分\n" + BANDS + BOTH_SIDES

    assert fates(body, "等级「差」：「等级 差 < 6分」的 6分 改为") <= {Fate.REJECTED, Fate.SURVIVED, Fate.EQUIVALENT}
    assert Fate.REJECTED in fates(body, "等级「差」")


def test_a_number_that_nobody_wrote_is_called_so() -> None:
    assert "「扣完为止」里没有写出的 0分 改为 1分" in {one.mutant.words for one in caught(PERIODS)}


@pytest.mark.parametrize(("clause", "gone", "why"), [
    ("  当 违规 = 是，等级 不高于 良\n", "去掉「当 违规", "违规 = 是（其余不填）时，原来等级是「差」或「良」，改后等级是「差」或「良」或「优」"),
    ("  当 违规 = 是，总分 不高于 5分\n", "去掉「当 违规", "违规 = 是（其余不填）时，原来等级是「差」，改后等级是「差」或「良」或「优」"),
    ("  当 违规 = 是，预警 「违规」\n", "去掉「当 违规", "违规 = 是（其余不填）时，原来预警「违规」，改后没有预警"),
])
def test_a_change_of_the_whole_says_where_it_shows(clause: str, gone: str, why: str) -> None:
    body = "  等级依据 总分，等级 优 ≥ 9分，等级 良 ≥ 6分，等级 差 < 6分\n" + clause + "数据 违规（是、否）\n" + BANDS + BOTH_SIDES

    assert {one.why for one in caught(body) if one.mutant.words.startswith(gone)} == {why}
