"""Long rules: what a rule takes to read, check and score grows with its terms, however they stand in one another.

It is counted in calls, not in seconds: five terms more cost what the five before them did.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from perfdsl.pipeline import Loaded, evaluate, load_source
from perfdsl.source import Source
from tests.calls import calls

HEAD = """规则集 「测试」，年度 2024
总分 100分，总分 不封顶
取舍 每项得分 保留2位 四舍五入
取舍 总分 保留2位 四舍五入
不适用 其余按比例折算
数据 甲
"""
ITEM = HEAD + "三级指标 丙 100分，不封顶，可得负分\n"
SHAPES: dict[str, Callable[[int], str]] = {
    "a sum": lambda n: f"否则 得 1分 × ({' + '.join(['甲'] * n)})",
    "a difference": lambda n: f"否则 得 1分 × ({' − '.join(['甲'] * n)})",
    "a product": lambda n: f"否则 得 1分 × {' × '.join(['甲'] * n)}",
    "a quotient": lambda n: f"否则 得 1分 ÷ {' ÷ '.join(['甲'] * n)}",
    "minuses": lambda n: f"否则 得 1分 × ({'−' * n}甲)",
    "sums in sums": lambda n: f"否则 得 1分 × {'(甲 + ' * n}甲{')' * n}",
    "sums before sums": lambda n: f"否则 得 1分 × {'(' * n}甲{' + 甲)' * n}",
    "parentheses": lambda n: f"否则 得 1分 × {'(' * n}甲{')' * n}",
    "the least of many": lambda n: f"否则 得 1分 × 最小({'，'.join(['甲'] * n)})",
    "the least in the least": lambda n: f"否则 得 1分 × {'最小(甲，' * n}甲{')' * n}",
    "the greatest in the greatest": lambda n: f"否则 得 1分 × {'最大(' * n}甲{'，甲)' * n}",
    "rounding": lambda n: f"否则 得 1分 × {'四舍五入(' * n}甲{'，2)' * n}",
    "all of many": lambda n: f"当 {' 且 '.join(['甲 > 1'] * n)} 得 1分，否则 得 0",
    "any of many": lambda n: f"当 {' 或 '.join(['甲 > 1'] * n)} 得 1分，否则 得 0",
    "conditions in conditions": lambda n: f"当 {'(甲 > 1 且 (甲 > 2 或 ' * n}甲 > 3{'))' * n} 得 1分，否则 得 0",
    "a sum that is compared": lambda n: f"当 {' + '.join(['甲'] * n)} > 1 得 1分，否则 得 0",
    "令 of 令": lambda n: "令 子0 = 甲\n" + "\n".join(f"令 子{at} = 子{at - 1} + 子{at - 1}" for at in range(1, n)) + f"\n否则 得 1分 × 子{n - 1}",
}


def _loaded(text: str) -> Loaded:
    made = load_source(Source("长.perf", text))
    assert made.ruleset is not None
    assert {d.code for d in made.diagnostics} <= {"W305"}
    return made


def _calls(work: Callable[[], Any]) -> int:
    """How many functions of ours *work* calls, each as often as it is called."""
    return calls(work, lambda frame, event: event == "call" and "perfdsl" in frame.f_code.co_filename)


def _grows_with_its_length(text: Callable[[int], str]) -> None:
    """Five more cost no more than half as much again as the five before."""

    def counted(n: int) -> int:
        return _calls(lambda: evaluate(_loaded(text(n)), {"单位": "局", "甲": 1}))

    counted(3)
    few, some, many = (counted(n) for n in (2, 7, 12))
    assert many - some <= 1.5 * (some - few) + 100


@pytest.mark.parametrize("shape", SHAPES)
def test_a_rule_costs_what_it_is_long(shape: str) -> None:
    _grows_with_its_length(lambda n: ITEM + SHAPES[shape](n))


def test_values_of_items_that_rest_on_one_another_are_typed_once() -> None:
    def chain(n: int) -> str:
        items = (f"三级指标 项{at} 1分，不封顶\n  实际值 = 项{at - 1}.实际值 ÷ 2 + 项{at - 1}.实际值 ÷ 2\n  否则 得 1分 × 甲" for at in range(1, n))
        return "\n".join([HEAD.replace("100分", f"{n}分"), "三级指标 项0 1分，不封顶\n  实际值 = 甲\n  否则 得 1分 × 甲", *items])

    _grows_with_its_length(chain)
