"""What the checks say of random rules is what trying every value shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.checks.cases import lists
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import check, evaluate, load_source
from perfdsl.record import record
from perfdsl.source import Source

HEAD = """规则集 「随机」，年度 2024，总分 10分，不适用 其余按比例折算，取舍 每项得分 不取舍，取舍 总分 不取舍
数据 甲 %，数据 乙 %
一级指标 产出 10分，三级指标 项 10分
"""
MOST = 12
POINTS = [Fraction(n, 2) for n in range(2 * -2, 2 * MOST + 5)]
"""Every edge that is drawn, what lies between two of them, and a little of what lies beyond."""


@record
class Band:
    """A drawn line: where it holds and what it gives."""

    low: int
    high: int
    low_closed: bool
    high_closed: bool
    points: int

    def holds(self, at: Fraction) -> bool:
        return (self.low < at or (self.low_closed and at == self.low)) and (at < self.high or (self.high_closed and at == self.high))

    def text(self) -> str:
        if self.low == self.high:
            return f"{self.low}% 得 {self.points}分"
        ends = [f"{n}%（{'含' if closed else '不含'}）" for n, closed in ((self.low, self.low_closed), (self.high, self.high_closed))]
        return f"{'至 '.join(ends)} 得 {self.points}分"


def _band(ends: tuple[int, int], closed: tuple[bool, bool], points: int) -> Band:
    low, high = sorted(ends)
    return Band(low, high, closed[0] or low == high, closed[1] or low == high, points)


bands = st.builds(_band, st.tuples(st.integers(0, MOST), st.integers(0, MOST)), st.tuples(st.booleans(), st.booleans()), st.integers(1, 3))


def _ruleset(rule: str) -> Ruleset:
    loaded = load_source(Source("随机.perf", HEAD + rule))
    assert loaded.ruleset is not None, loaded
    return loaded.ruleset


def _found(rule: str, code: str) -> list[Diagnostic]:
    return [d for d in lists(_ruleset(rule)) if d.code == code]


def _regions(text: str) -> Iterator[str]:
    yield from re.findall(r"「(\d+%(?:（含）|（不含）)?(?:至 \d+%(?:（含）|（不含）))?)」", text)


def _inside(region: str, at: Fraction) -> bool:
    """Whether *at* lies in a region as a message writes it."""
    ends = re.findall(r"(\d+)%(（含）|（不含）)?", region)
    if len(ends) == 1:
        return at == int(ends[0][0])
    (low, low_end), (high, high_end) = ends
    return Band(int(low), int(high), low_end == "（含）", high_end == "（含）", 0).holds(at)


def _reached(rows: list[Band]) -> list[Band | None]:
    """The rows, None in the place of one that those above it leave nothing."""
    return [row if any(row.holds(at) and not any(a.holds(at) for a in rows[:n]) for at in POINTS) else None
            for n, row in enumerate(rows)]


@settings(max_examples=150)
@given(st.lists(bands, min_size=2, max_size=5))
def test_overlaps(rows: list[Band]) -> None:
    """E225 names the values at which two bands that can be reached give different points, and no others."""
    rule = "\n".join(["按 甲 分档", *(row.text() for row in rows), "否则 得 0"])
    there = [row for row in _reached(rows) if row is not None]
    shared = {at for at in POINTS for n, a in enumerate(there) for b in there[:n]
              if a.holds(at) and b.holds(at) and a.points != b.points}
    told = [next(_regions(d.message)) for d in _found(rule, "E225")]

    assert {at for at in POINTS if any(_inside(region, at) for region in told)} == shared, rule


@settings(max_examples=150)
@given(st.lists(bands, min_size=1, max_size=5))
def test_hidden_holes(rows: list[Band]) -> None:
    """W304 names the values between the bands that none of them takes; a single 0 that stands apart is no band."""
    rule = "\n".join(["按 甲 分档", *(row.text() for row in rows), "否则 得 0"])
    held = {at for at in POINTS if any(row.holds(at) for row in rows)}
    if Fraction(0) in held and Fraction(1, 2) not in held and any(row.low < row.high for row in rows if row.low or row.high):
        held.discard(Fraction(0))
    hidden = {at for at in POINTS if held and min(held) < at < max(held) and at not in held}
    told = [region for d in _found(rule, "W304") for region in _regions(d.message)]

    assert {at for at in POINTS if any(_inside(region, at) for region in told)} == hidden, rule


@settings(max_examples=60)
@given(st.lists(bands, min_size=1, max_size=5))
def test_a_hole_filled_as_the_hint_says_is_no_more_told(rows: list[Band]) -> None:
    written = ["按 甲 分档", *(row.text() for row in rows)]
    found = _found("\n".join([*written, "否则 得 0"]), "W304")
    for d in found:
        written += d.hint.partition("：")[2].rpartition("；")[0].split("；")

    assert _found("\n".join([*written, "否则 得 0"]), "W304") == []


@pytest.mark.parametrize("points", ["2024-12-31 × 2", "5分 + 2024-12-31", "最大（2024-12-31，5分）", "四舍五入（2024-12-31，2）", "1分 × 丙"])
def test_lines_whose_units_are_wrong_are_told_and_not_worked_out(points: str) -> None:
    """E225 compares what two lines give before the units are checked."""
    rule = f"按 甲 分档\n≥ 80% 得 {points}\n50%（含）至 80%（含） 得 5分\n否则 得 0"
    codes = {d.code for d in check(load_source(Source("随机.perf", HEAD.replace("数据 甲 %", "数据 丙 日期，数据 甲 %") + rule)))}

    assert "E225" in codes
    assert codes & {"E104", "E105"}


# ---- what formulas give

numbers = st.integers(0, 15).map(str)
leaves = st.sampled_from(["甲", "乙", "分值 ÷ 1分", "50%", "3"]) | numbers
sums = st.recursive(leaves, lambda inner: st.builds(
    lambda form, a, b: form.format(a, b),
    st.sampled_from(["（{0} + {1}）", "（{0} − {1}）", "（{0} × {1}）", "（{0} ÷ {1}）", "最大（{0}，{1}）", "最小（{0}，{1}）", "四舍五入（{0}，2）"]),
    inner, inner), max_leaves=5)
rules = st.builds(
    lambda op, a, b, x, y, tail: f"当 {a} {op} {b} 得 1分 × {x}\n否则 得 1分 × {y}\n{tail}",
    st.sampled_from(["≥", "<", "=", "≠"]), sums, sums, sums, sums,
    st.sampled_from(["", "每 甲 3% 扣 2分，不足一步 进一，扣完为止", "每 乙 7% 加 1分，不足一步 舍去，最多加 3分", "最高得 分值", "最低得 0"]))


@settings(max_examples=150)
@given(rules)
def test_what_is_told_of_a_score_is_so(rule: str) -> None:
    """W305: at the value that it names, the interpreter gives the points that it names."""
    loaded = load_source(Source("随机.perf", HEAD + rule))
    for d in (d for d in check(loaded) if d.code == "W305"):
        given_ = {name: f"{n}%" for name, n in re.findall(r"(甲|乙) (-?[\d.]+)%", d.message)}
        points = re.search(r"得 (-?[\d.]+)分，", d.message)
        row = evaluate(loaded, {"甲": "0%", "乙": "0%", "项": "0", **given_}).scorecards[0].rows[0]

        assert points is not None
        assert row.unrounded is not None
        assert abs(row.unrounded - Fraction(points[1])) < Fraction(1, 1000), (rule, d.message)
