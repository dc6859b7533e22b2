"""E116: what stands in one another too deep is told at the place from where it is; what is allowed is scored."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfdsl.checks.depth import MOST
from perfdsl.pipeline import Loaded, evaluate, load_source
from perfdsl.source import Source

HEAD = """规则集 「测试」，年度 2024
总分 {total}分，总分 不封顶
取舍 每项得分 保留2位 四舍五入
取舍 总分 保留2位 四舍五入
不适用 其余按比例折算
数据 甲
"""
ITEM = "三级指标 丙 1分，不封顶\n"
_PLUS = " + 甲"


def _of_one(lets: list[str], around: str = "", last: str = "") -> str:
    """A ruleset of one item with these 令, and others *around* it; it gives the *last*."""
    return f"{HEAD.format(total=1)}{around}{ITEM}" + "\n".join([*lets, f"否则 得 1分 × {last}"])


def _chain(n: int, plus: str = _PLUS) -> list[str]:
    return ["令 子0 = 甲", *(f"令 子{at} = 子{at - 1}{plus}" for at in range(1, n))]


def _items(n: int) -> str:
    items = (f"三级指标 项{at} 1分，不封顶\n  实际值 = 项{at - 1}.实际值 + 甲\n  否则 得 1分 × 实际值" for at in range(1, n))
    return "\n".join([HEAD.format(total=n), "三级指标 项0 1分，不封顶\n  实际值 = 甲\n  否则 得 1分 × 甲", *items])


SHAPES: dict[str, Callable[[int], str]] = {
    "令 of an item": lambda n: _of_one(_chain(n // 2), last=f"子{n // 2 - 1}"),
    "令 of the ruleset": lambda n: _of_one([], "\n".join(_chain(n // 2)) + "\n", f"子{n // 2 - 1}"),
    "令 that are other names": lambda n: _of_one(_chain(n, ""), last=f"子{n - 1}"),
    "令 before those that they use": lambda n: _of_one(_chain(n // 2)[::-1], last=f"子{n // 2 - 1}"),
    "long 令": lambda n: _of_one([*_chain(2, _PLUS * 100), f"令 合计 = 子1{_PLUS * (n - 102)}"], last="合计"),
    "values of items": lambda n: _items(n // 2),
}


def _loaded(text: str) -> Loaded:
    return load_source(Source("深.perf", text))


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_too_deep_is_told_once(shape: str) -> None:
    found = _loaded(SHAPES[shape](MOST + 4)).diagnostics

    assert [d.code for d in found] == ["E116"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_just_not_too_deep_is_scored(shape: str) -> None:
    loaded = _loaded(SHAPES[shape](MOST - 4))

    assert {d.code for d in loaded.diagnostics} <= {"W305"}
    card, = evaluate(loaded, {"单位": "局", "甲": 1}).scorecards
    assert card.total.low is not None


@pytest.mark.parametrize("shape", sorted(SHAPES.keys() - {"long 令"}))
def test_thousands_of_levels_are_no_fault_of_ours(shape: str) -> None:
    assert [d.code for d in _loaded(SHAPES[shape](3000)).diagnostics] == ["E116"]


def test_it_is_told_where_it_begins() -> None:
    found, = _loaded(SHAPES["令 of an item"](2 * MOST)).diagnostics

    assert found.place is not None
    assert found.message == "算式一个套一个，套了 200 层还没有到底"
    assert getattr(found.place, "text", "").startswith("令 子100 = ")


def test_one_that_needs_itself_is_told_as_such() -> None:
    found = _loaded(_of_one(["令 子0 = 子1 + 甲", "令 子1 = 子0 + 甲"], last="子1")).diagnostics

    assert [d.code for d in found] == ["E110"]


def test_many_side_by_side_are_not_deep() -> None:
    lets = [f"令 子{at} = {' + '.join(['甲'] * 100)}" for at in range(20)]
    text = _of_one(lets, last=f"({' + '.join(f'子{at}' for at in range(20))})")
    card, = evaluate(_loaded(text), {"单位": "局", "甲": 1}).scorecards

    assert card.total.low == 2000
