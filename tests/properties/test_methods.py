"""The shipped scoring methods never give less than 0 or more than the weight, and move the way they say."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.pipeline import Loaded, check, evaluate, load_source
from perfdsl.quantity import exact_text
from perfdsl.score.scorecard import Row, Status
from perfdsl.source import Source

HEAD = """规则集 「方法」，年度 2024，引用 「标准计分方法」，总分 10分，不适用 其余按比例折算
取舍 每项得分 不取舍，取舍 总分 不取舍
"""
FORMS = {
    "正向比率": "目标 ≥ 定额", "反向比率": "目标 ≤ 定额", "反向线性": "目标 ≤ 定额", "等值比率": "目标 = 定额",
    "达标得分": "目标 ≥ 定额",
}
"""Every method whose target is a number, and the form of target that it is for; 执行率 and 定性相符 have tests of their own."""

numbers = st.decimals(-1000, 1000, places=2).map(Fraction) | st.sampled_from([Fraction(0), Fraction(-1), Fraction(1), Fraction(10**9)])


@cache
def _ruleset(method: str, form: str) -> Loaded:
    name = method.partition("（")[0]
    target = f"目标 {form}，" if form else ""
    text = f"{HEAD}数据 定额\n数据 预算\n数据 执行\n一级指标 产出 10分\n三级指标 甲 10分，{target}计分 {method}\n"
    made = load_source(Source(f"{name}.perf", text.replace("目标 目标", "目标")))
    assert [d.code for d in check(made) if d.code != "W301"] == []
    return made


def _row(method: str, form: str, **values: Fraction | str) -> Row:
    written = {name: exact_text(v) if isinstance(v, Fraction) else v for name, v in values.items()}
    result = evaluate(_ruleset(method, form), written)
    assert [d for d in result.diagnostics if d.code.startswith("E")] == []
    return result.scorecards[0].rows[0]


def _is_within(row: Row) -> None:
    assert 0 <= row.low <= row.high <= 10
    if row.status is Status.SCORED:
        assert row.score is not None
        assert 0 <= row.score <= 10
    else:
        assert row.status is Status.MANUAL


def test_every_shipped_method_is_among_these() -> None:
    ruleset = _ruleset("正向比率", FORMS["正向比率"]).ruleset

    assert ruleset is not None
    assert {m.name for m in ruleset.methods} == {*FORMS, "执行率", "定性相符"}


@pytest.mark.parametrize("method", FORMS)
@settings(max_examples=80)
@given(target=numbers, actual=numbers)
def test_a_score_lies_between_0_and_the_weight(method: str, target: Fraction, actual: Fraction) -> None:
    _is_within(_row(method, FORMS[method], 定额=target, 甲=actual))


@settings(max_examples=80)
@given(budget=numbers, spent=numbers)
def test_the_score_of_an_execution_rate_lies_between_0_and_the_weight(budget: Fraction, spent: Fraction) -> None:
    _is_within(_row("执行率（预算数 = 预算，执行数 = 执行）", "", 预算=budget, 执行=spent))


@settings(max_examples=20)
@given(st.text(st.characters(codec="utf-8", categories=["Lo", "Ll"]), min_size=1, max_size=8))
def test_an_outcome_word_for_word_is_full_and_any_other_asks_an_officer(words: str) -> None:
    assert _row("定性相符", "「持续正常运转」", 甲="持续正常运转").score == 10
    other = _row("定性相符", "「持续正常运转」", 甲=f"{words}。")
    assert (other.status, other.low, other.high) == (Status.MANUAL, Fraction(0), Fraction(10))


_UP, _DOWN = ("正向比率", "等值比率", "达标得分"), ("反向比率", "反向线性")


@pytest.mark.parametrize("method", _UP + _DOWN)
@settings(max_examples=40)
@given(target=numbers.filter(lambda n: n > 0), one=numbers, other=numbers)
def test_more_is_never_worse_where_more_is_wanted(method: str, target: Fraction, one: Fraction, other: Fraction) -> None:
    less, more = (_row(method, FORMS[method], 定额=target, 甲=value).score for value in sorted((one, other)))

    assert less is not None
    assert more is not None
    assert less <= more if method in _UP else less >= more


@pytest.mark.parametrize("method", FORMS)
@settings(max_examples=20)
@given(target=numbers)
def test_a_target_that_is_just_met_is_full(method: str, target: Fraction) -> None:
    assert _row(method, FORMS[method], 定额=target, 甲=target).score == 10


@settings(max_examples=60)
@given(target=st.integers(1, 500), actual=st.integers(-50, 1000))
def test_the_proportional_methods_are_what_they_say(target: int, actual: int) -> None:
    given_ = {"定额": Fraction(target), "甲": Fraction(actual)}

    assert _row("正向比率", FORMS["正向比率"], **given_).score == max(0, min(10, Fraction(10 * actual, target)))
    assert _row("反向线性", FORMS["反向线性"], **given_).score == max(0, min(10, 20 - Fraction(10 * actual, target)))
    assert _row("反向比率", FORMS["反向比率"], **given_).score == (10 if actual <= target else Fraction(10 * target, actual))
