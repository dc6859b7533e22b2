"""Random rules give what a few lines of Python give for the same rule.

Every drawn node carries its text in the language and its meaning as a function of the data.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.pipeline import check, evaluate, load_source
from perfdsl.source import Source

Values = dict[str, Fraction]
Node = tuple[str, Callable[[Values], Fraction]]
Test = tuple[str, Callable[[Values], bool]]
NAMES = ("甲", "乙", "丙")
HEAD = """规则集 「随机」，年度 2024，总分 10分，不适用 其余按比例折算，取舍 每项得分 不取舍，取舍 总分 不取舍
数据 甲，数据 乙，数据 丙
一级指标 产出 10分，三级指标 项 10分
"""
_COMPARISONS = {"≥": operator.ge, "≤": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "≠": operator.ne,
                "不低于": operator.ge}
_ARITHMETIC = {"+": operator.add, "−": operator.sub, "×": operator.mul, "-": operator.sub, "*": operator.mul}
_ROUNDINGS: dict[str, Callable[[Fraction], Fraction]] = {
    "舍去": lambda f: Fraction(math.floor(f)), "进一": lambda f: Fraction(math.ceil(f)), "按比例": lambda f: f,
}

literals = st.integers(0, 20).map(lambda n: (str(n), lambda v: Fraction(n)))
percents = st.integers(1, 300).map(lambda n: (f"{n}%", lambda v: Fraction(n, 100)))
names = st.sampled_from(NAMES).map(lambda name: (name, lambda v: v[name]))


def _binary(a: Node, op: str, b: Node) -> Node:
    return f"（{a[0]} {op} {b[0]}）", lambda v: _ARITHMETIC[op](a[1](v), b[1](v))


def _divided(a: Node, by: int) -> Node:
    return f"({a[0]} ÷ {by})", lambda v: a[1](v) / by


def _extreme(word: str, a: Node, b: Node) -> Node:
    pick = max if word == "最大" else min
    return f"{word}（{a[0]}，{b[0]}）", lambda v: pick(a[1](v), b[1](v))


def _absolute(a: Node) -> Node:
    return f"绝对值（{a[0]}）", lambda v: abs(a[1](v))


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return (st.builds(_binary, inner, st.sampled_from(list(_ARITHMETIC)), inner)
            | st.builds(_divided, inner, st.integers(1, 9))
            | st.builds(_extreme, st.sampled_from(["最大", "最小"]), inner, inner) | st.builds(_absolute, inner))


sums = st.recursive(literals | percents | names, _grown, max_leaves=6)


def _compared(a: Node, op: str, b: Node) -> Test:
    return f"{a[0]} {op} {b[0]}", lambda v: _COMPARISONS[op](a[1](v), b[1](v))


def _joined(a: Test, word: str, b: Test) -> Test:
    both = word == "且"
    return f"（{a[0]}） {word} （{b[0]}）", lambda v: (a[1](v) and b[1](v)) if both else (a[1](v) or b[1](v))


simple = st.builds(_compared, sums, st.sampled_from(list(_COMPARISONS)), sums)
conditions = simple | st.builds(_joined, simple, st.sampled_from(["且", "或"]), simple)
values = st.fixed_dictionaries({name: st.integers(-30, 30) for name in NAMES})


def _scored(rule: str, given_: dict[str, int]) -> Fraction | None:
    loaded = load_source(Source("随机.perf", HEAD + rule))
    assert [d for d in check(loaded) if d.code not in ("E222", "W301", "W304", "W305")] == [], rule
    return evaluate(loaded, {**{n: str(x) for n, x in given_.items()}, "项": "0"}).scorecards[0].rows[0].score


def _fractions(given_: dict[str, int]) -> Values:
    return {name: Fraction(x) for name, x in given_.items()}


@settings(max_examples=150)
@given(st.lists(st.tuples(conditions, sums), min_size=1, max_size=4), sums, values)
def test_case_lists(cases: list[tuple[Test, Node]], last: Node, given_: dict[str, int]) -> None:
    lines = [f"当 {test[0]} 得 {node[0]} × 1分" for test, node in cases]
    v = _fractions(given_)
    expected = next((node[1](v) for test, node in cases if test[1](v)), last[1](v))

    assert _scored("\n".join([*lines, f"否则 得 {last[0]} × 1分"]), given_) == expected


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.integers(1, 7), st.integers(0, 3), st.sampled_from(list(_ROUNDINGS)),
                          st.none() | st.integers(0, 9), st.booleans()), min_size=1, max_size=3),
       st.booleans(), values)
def test_steps(steps: list[tuple[str, int, int, str, int | None, bool]], to_zero: bool, given_: dict[str, int]) -> None:
    lines, expected, v = [], Fraction(10), _fractions(given_)
    for name, size, points, rounding, most, deducts in steps:
        word, sign = ("扣", -1) if deducts else ("加", 1)
        lines.append(f"每 {name} {size} {word} {points}分，不足一步 {rounding}" + (f"，最多{word} {most}分" if most is not None else ""))
        counted = _ROUNDINGS[rounding](max(v[name], Fraction(0)) / size) * points
        expected += sign * (counted if most is None else min(counted, Fraction(most)))
    if to_zero:
        lines.append("扣完为止")
        expected = max(expected, Fraction(0))

    assert _scored("\n".join(lines), given_) == expected


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 10)), min_size=2, max_size=5, unique_by=lambda p: p[0]), values)
def test_interpolation(points: list[tuple[int, int]], given_: dict[str, int]) -> None:
    rows = [f"{'−' if x < 0 else ''}{abs(x)} 得 {y}分" for x, y in points]
    line, at = sorted(points), given_["甲"]
    left = max((p for p in line if p[0] <= at), default=line[0])
    right = min((p for p in line if p[0] >= at), default=line[-1])
    share = Fraction(at - left[0], right[0] - left[0]) if left[0] < at < right[0] else Fraction(0)
    expected = left[1] + share * (right[1] - left[1]) if left[0] <= at else Fraction(right[1])

    assert _scored("\n".join(["按 甲 插值", *rows]), given_) == expected


@settings(max_examples=60)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=5, unique=True), st.integers(-5, 45), st.booleans())
def test_bands(edges: list[int], at: int, closed: bool) -> None:
    """Bands between ascending edges: the points are the number of edges that are reached (or passed)."""
    edges = sorted(edges)
    included, excluded = ("含", "不含") if closed else ("不含", "含")
    rows = [f"{a}（{included}）至 {b}（{excluded}） 得 {n}分" for n, (a, b) in enumerate(zip(edges, edges[1:], strict=False), 1)]
    rows += [f"{'≥' if closed else '>'} {edges[-1]} 得 {len(edges)}分", f"{'<' if closed else '≤'} {edges[0]} 得 0分"]
    expected = sum(at >= edge if closed else at > edge for edge in edges)

    assert _scored("\n".join(["按 甲 分档", *rows]), {"甲": at, "乙": 0, "丙": 0}) == expected
