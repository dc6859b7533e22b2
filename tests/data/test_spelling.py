"""Did you mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdsl.spelling import distance, nearest

KNOWN = ["税收", "实际完成值", "自评得分", "复核得分", "预算执行率", "新入统规模企业", "claimed"]


@pytest.mark.parametrize(("word", "first"), [
    ("税首", "税收"), ("实际完成直", "实际完成值"), ("自评得份", "自评得分"), ("执行预算率", "预算执行率"),
    ("规模企业", "新入统规模企业"), ("税收收入", "税收"), ("Claimd", "claimed"), ("预算执率行", "预算执行率"),
])
def test_nearest(word: str, first: str) -> None:
    assert nearest(word, KNOWN)[:1] == [first]


@pytest.mark.parametrize("word", ["", " ", "颜色", "完全不同的名称"])
def test_nothing_near(word: str) -> None:
    assert nearest(word, KNOWN) == []


def test_at_most() -> None:
    assert nearest("甲一", ["甲二", "甲三", "甲四", "甲五"]) == ["甲二", "甲三", "甲四"]
    assert nearest("甲一", ["甲二", "甲三"], most=1) == ["甲二"]


@given(st.text(max_size=6), st.text(max_size=6))
def test_distance_is_symmetric(a: str, b: str) -> None:
    assert distance(a, b) == distance(b, a)
    assert (distance(a, b) == 0) == (a == b)
