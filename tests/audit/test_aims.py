"""How targets and actual values are read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sheets import said

from perfdsl.audit.aims import Aim, Pair, aim_of, paired, read_text


@pytest.mark.parametrize(("text", "sign", "number", "unit"), [
    ("≥90%", "≥", 90, "%"), (">=90%", "≥", 90, "%"), ("≧90%", "≥", 90, "%"), ("大于等于 98 %", "≥", 98, "%"), ("90%及以上", "≥", 90, "%"),
    ("20家以上", "≥", 20, "家"), ("不低于95％", "≥", 95, "%"), ("至少全年完成2次", "≥", 2, "次"), ("≤90万元", "≤", 90, "万元"),
    ("不超过10天", "≤", 10, "天"), ("控制在35万元以内", "≤", 35, "万元"), ("15%及其以 下", "≤", 15, "%"), ("═100%", "=", 100, "%"),
    ("﹦ 72890 元", "=", 72890, "元"), ("等于 100", "=", 100, ""), (">92%", ">", 92, "%"), ("3亿元", "", 3, "亿元"), ("1500", "", 1500, ""),
    ("≥100百分比", "≥", 100, "%"), ("290%", "", 290, "%"), (">=530元/人*月", "≥", 530, "元/人*月"), ("80TB", "", 80, "TB"), ("每亩300", "", 300, ""),
    ("1,030,700.00元", "", 1030700, "元"), ("20（万元）", "", 20, "万元"), ("已完成100%", "", 100, "%"), ("=2 个", "=", 2, "个"),
])
def test_a_target_in_one_cell(text: str, sign: str, number: int, unit: str) -> None:
    read = aim_of(said(text))

    assert (read.sign, read.number, read.unit_text) == (sign, Fraction(number), unit)


@pytest.mark.parametrize(("sign", "value", "unit", "text"), [
    ("≧", "735", "人次", "≥735人次"), ("═", "100", "%", "=100%"), (">=", "98", "%(百分比)", "≥98%"), ("正向", "3", "个", "≥3个"), ("反向", "3", "个", "≤3个"),
])
def test_sign_and_unit_in_cells_of_their_own(sign: str, value: str, unit: str, text: str) -> None:
    assert aim_of(said(value), said(sign), said(unit)).text == text


@pytest.mark.parametrize("text", ["", "/", "—", "一", "……", "无"])
def test_marks_say_nothing(text: str) -> None:
    assert aim_of(said(text)).empty


@pytest.mark.parametrize(("text", "day"), [("12月底前完成", (0, 12, 0)), ("2021年12月完成", (2021, 12, 0)), ("2021年12月31日前", (2021, 12, 31))])
def test_deadlines(text: str, day: tuple[int, int, int]) -> None:
    assert read_text(text).day == day


@pytest.mark.parametrize("text", ["效果明显", "严格执行相关制度规定", "M.8万元", "10-20家", "第1名", "春节前", "3个月内分2批"])
def test_words_are_no_numbers(text: str) -> None:
    assert read_text(text).number is None


def test_several_targets_in_one_cell() -> None:
    assert read_text("新签约30个及以上，新开工20个及以上").several


@pytest.mark.parametrize(("target", "actual", "pair"), [
    ("3亿元", "36000万元", (300000000, 360000000)), ("20家", "20", (20, 20)), ("≥90%", "95", (90, 95)), ("80TB", "120TB", (80, 120)),
    ("7.29万元", "72890元", (72900, 72890)), ("≥500元/人*月", "583元/人*月", (500, 583)),
])
def test_values_that_can_be_compared(target: str, actual: str, pair: tuple[int, int]) -> None:
    assert paired(read_text(target), read_text(actual)) == Pair(Fraction(pair[0]), Fraction(pair[1]))


@pytest.mark.parametrize(("target", "actual"), [
    ("≥36000", "3.6亿元"), ("≥500人", "已完成100%"), ("≥98%", "95%以上"), ("20家", "20个"), ("效果明显", "100%"), ("80TB", "120GB"),
])
def test_values_that_cannot(target: str, actual: str) -> None:
    assert paired(read_text(target), read_text(actual)) is None


def test_nothing_is_an_empty_aim() -> None:
    assert aim_of(None) == Aim("", empty=True)
