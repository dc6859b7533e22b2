"""A picture says what the engine says: read back by its own axes, every line goes through the exact scores."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from functools import cache
from itertools import pairwise

import pytest
from svg_reading import Read, read

from perfdsl.graph import Curve, curve, draw
from perfdsl.graph.breaks import simplest
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import Loaded, check, evaluate, load_source
from perfdsl.quantity import exact_text, of
from perfdsl.source import Source

HEAD = """规则集 「图」，年度 2024，引用 「标准计分方法」，总分 10分，不适用 得零分
取舍 每项得分 不取舍，取舍 总分 不取舍
"""
STEPS = "三级指标 甲 10分，目标 ≤ 100%\n每超过1个百分点扣0.5分，不足一步 {}，扣完为止"
RULES = {
    "正向比率": "三级指标 甲 10分，目标 ≥ 20万元，计分 正向比率",
    "反向比率": "三级指标 甲 10分，目标 ≤ 10天，计分 反向比率",
    "反向线性": "三级指标 甲 10分，目标 ≤ 90万元，计分 反向线性",
    "分档": "三级指标 甲 10分\n≥ 90% 得 10\n80%（含）至 90%（不含） 得 8\n60%（不含）至 80%（不含） 得 5\n否则 得 0",
    "正负都扣": "三级指标 甲 10分\n按 绝对值（实际值） 分档\n= 0% 得 10\n0%（不含）至 10%（含） 得 7\n否则 得 0",
    "舍去": STEPS.format("舍去"), "按比例": STEPS.format("按比例"), "进一": STEPS.format("进一"),
    "插值": "三级指标 甲 10分，目标 ≥ 100万元\n按 完成率 插值\n60% 得 0\n80% 得 3分\n100% 得 分值",
    "先减后除": "三级指标 甲 10分，目标 ≤ 8万元\n当 实际值 ≤ 2万元 得 分值\n否则 得 分值 × 2万元 ÷ 实际值\n最低得 1",
    "自己取舍": "三级指标 甲 10分，目标 ≥ 30万元\n当 实际值 ≥ 目标值 得满分\n否则 得 四舍五入（分值 × 完成率，2）\n最低得 0",
}
JUDGED = "三级指标 甲 10分，目标 ≥ 100%\n当 实际值 ≥ 目标值 得满分\n否则 评分 2分（含）至 8分（不含）"


@cache
def _loaded(rule: str) -> Loaded:
    return load_source(Source("图.perf", HEAD + rule))


def _ruleset(rule: str) -> Ruleset:
    loaded = _loaded(rule)
    assert [d.message for d in check(loaded)] == []
    assert loaded.ruleset is not None
    return loaded.ruleset


@cache
def _curve(rule: str) -> Curve:
    return curve(_ruleset(rule), "甲", {})


@cache
def _score(rule: str, at: Fraction) -> Fraction | None:
    """By the public words of the API, from a cell as an officer writes it."""
    unit = _curve(rule).unit.symbol
    written = exact_text(at) if "/" not in exact_text(at) else exact_text(Fraction(round(at * 10**9), 10**9))
    return evaluate(_loaded(rule), {"甲": f"{written}{unit}"}).scorecards[0].rows[0].score


def _drawn(rule: str) -> Read:
    return read(draw(_curve(rule), "图", "实际值"))


def _between(line: tuple[tuple[Fraction, Fraction], ...]) -> list[tuple[Fraction, Fraction]]:
    """Places inside each stretch of a line, and its height there."""
    return [(a + (b - a) * share, y + (z - y) * share) for (a, y), (b, z) in pairwise(line) if a < b
            for share in (Fraction(1, 3), Fraction(1, 2), Fraction(7, 8))]


@pytest.mark.parametrize("name", RULES)
def test_the_line_goes_through_the_exact_scores(name: str) -> None:
    rule, drawn = RULES[name], _drawn(RULES[name])
    across, up = drawn.pixel
    inside = [point for line in drawn.lines for point in _between(line)]
    assert len(inside) >= 3
    for at, points in inside:
        scores = [score for step in (-1, 0, 1) if (score := _score(rule, at + step * across / 50)) is not None]
        assert min(scores) - up / 2 <= points <= max(scores) + up / 2, (at, points)


@pytest.mark.parametrize("name", RULES)
def test_the_full_dots_are_exact_and_the_hollow_ones_are_not_the_score(name: str) -> None:
    rule, drawn = RULES[name], _drawn(RULES[name])
    across, up = drawn.pixel
    breaks = [p.at for p in _curve(rule).points]
    for points, right in [(p, True) for p in drawn.full] + [(p, False) for p in drawn.hollow]:
        at = min(breaks, key=lambda x: abs(x - points[0]))
        assert abs(at - points[0]) <= across / 20
        score = _score(rule, at)
        assert score is not None
        assert (abs(score - points[1]) <= up / 20) is right, (at, points)


@pytest.mark.parametrize(("name", "breaks"), [
    ("正向比率", [0, 20]), ("反向比率", [10]), ("反向线性", [90, 180]), ("分档", [60, 80, 90]), ("正负都扣", [-10, 0, 10]),
    ("舍去", list(range(101, 121))), ("进一", list(range(100, 120))), ("按比例", [100, 120]), ("插值", [60, 80, 100]),
    ("先减后除", [2, 20]), ("自己取舍", [0, 30]),
])
def test_the_breaks_are_found_exactly(name: str, breaks: list[int]) -> None:
    assert [p.at for p in _curve(RULES[name]).points] == breaks


def test_a_jump_shows_which_side_the_value_belongs_to() -> None:
    drawn = _drawn(RULES["分档"])

    assert [(round(x), round(y)) for x, y in sorted(drawn.full)] == [(60, 0), (80, 8), (90, 10)]
    assert [(round(x), round(y)) for x, y in sorted(drawn.hollow)] == [(60, 5), (80, 5), (90, 8)]


@pytest.mark.parametrize(("rule", "least", "most"), [
    ("三级指标 甲 10分，目标 ≥ 20家，计分 正向比率", 0, 20),
    ("三级指标 甲 10分，目标 ≤ 3例，计分 反向比率", 0, 7),
    ("三级指标 甲 10分，目标 = 0次\n每超过2次扣3分，不足一步 舍去，扣完为止", 0, 8),
    ("三级指标 甲 10分\n≥ 5个 得 10\n2个（含）至 5个（不含） 得 8\n否则 得 0", 0, 5),
])
def test_what_is_counted_has_a_dot_for_each_whole_number_and_no_line(rule: str, least: int, most: int) -> None:
    drawn = _drawn(rule)
    across, up = drawn.pixel
    dots = {round(x): y for x, y in drawn.full}

    assert (drawn.lines, drawn.hollow) == ((), ())
    assert all(abs(x - round(x)) <= across / 20 for x, _ in drawn.full)
    assert set(range(least, most + 1)) <= set(dots)
    for at, points in dots.items():
        score = _score(rule, Fraction(at))
        assert score is not None
        assert abs(score - points) <= up, at


def test_very_many_whole_numbers_are_told_by_a_line_through_their_scores() -> None:
    rule = "三级指标 甲 10分，目标 ≥ 500人，计分 正向比率"
    drawn = _drawn(rule)
    across, up = drawn.pixel

    assert drawn.full == ()
    assert [p.at for p in _curve(rule).points] == [0, 499, 500]
    for at, points in (point for line in drawn.lines for point in line):
        score = _score(rule, Fraction(round(at)))
        assert score is not None
        assert abs(score - points) <= up + Fraction(10, 500) * across, at


def test_the_choice_of_an_officer_on_whole_numbers_is_a_range_at_each() -> None:
    picture = draw(_curve("三级指标 甲 10分，目标 ≥ 3家\n当 实际值 ≥ 目标值 得满分\n否则 评分 2分（含）至 8分（不含）"), "图", "实际值")

    assert picture.count('<line class="edge"') == 3
    assert "polygon" not in picture


def test_what_an_officer_decides_is_a_range_and_no_line() -> None:
    drawn = _drawn(JUDGED)

    assert sorted({round(y) for edge in drawn.edges for _, y in edge}) == [2, 8]
    assert {round(y) for line in drawn.lines for _, y in line} == {10}
    assert all(x >= 100 - drawn.pixel[0] for line in drawn.lines for x, _ in line)


def test_other_data_stay_as_given() -> None:
    rule = "数据 预算 万元\n数据 支出 万元\n三级指标 甲 10分，计分 执行率（预算，支出）"
    ruleset = _ruleset(rule)
    budget = ruleset.inputs()["预算"].unit
    assert budget is not None
    line = curve(ruleset, "甲", {"预算": of(40, budget)}, "支出")

    assert [(p.at, p.low) for p in line.points] == [(0, 0), (40, 10)]


@pytest.mark.parametrize("rule", [*RULES.values(), JUDGED])
def test_a_picture_is_whole_safe_and_the_same_each_time(rule: str) -> None:
    once, again = (draw(curve(_ruleset(rule), "甲", {}), "甲 < 乙 & 丙", "实际值") for _ in range(2))
    root = ElementTree.fromstring(once)

    assert once == again
    assert (root.get("width"), root.get("height")) == ("480", "280")
    assert "script" not in once
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "甲 < 乙 & 丙"
    numbers = [Fraction(n) for e in root.iter() for k in ("x", "x1", "x2", "cx") if (n := e.get(k))]
    assert all(0 <= n <= 480 for n in numbers)


@pytest.mark.parametrize(("low", "high", "middle"), [("1/3", "2/5", "1/3"), ("0.34", "0.49", "2/5"), ("-3.2", "-2.9", "-3"),
                                                     ("-1", "1", "0"), ("7", "7", "7"), ("22/7", "22/7", "22/7")])
def test_the_simplest_fraction_between(low: str, high: str, middle: str) -> None:
    assert simplest(Fraction(low), Fraction(high)) == Fraction(middle)
