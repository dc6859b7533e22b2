"""Breaking Chinese lines."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdsl.text import CLOSING, OPENING, hang, legible, padded, width_of, wrap
from tests.hangs import ends

WORDS = ["税收", "完成", "，", "。", "（目标）", "「甲」", "3.6亿元", "1,500家", "95%", " ", "abc", "乙"]
PROSE = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@given(st.text(max_size=60), st.integers(1, 30))
def test_nothing_is_lost_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(width_of(line) <= max(width, 2) for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(PROSE, st.integers(40, 60))
def test_marks_stay_with_their_words(text: str, width: int) -> None:
    text = re.sub("[，。]{2,}", "。", re.sub(r"\s+(?=[，。])|^[，。\s]+", "", text))
    lines = wrap(text, width)
    assert not any(line and line[0] in CLOSING for line in lines[1:])
    assert not any(line and line[-1] in OPENING for line in lines[:-1])


@given(PROSE.map(lambda text: text.replace("abc", " ")), st.integers(12, 30))
def test_numbers_stay_whole(text: str, width: int) -> None:
    assert sum(line.count("3.6亿元") for line in wrap(text, width)) == text.count("3.6亿元")


def test_hanging_lines_and_padding() -> None:
    assert hang("1. ", "甲乙丙丁", 7) == ["1. 甲乙", "   丙丁"]
    assert padded("甲", 4) == "甲  "
    assert padded("甲", 4, right=True) == "  甲"


@pytest.mark.parametrize("width", [1, 2, 80])
@pytest.mark.parametrize("piece", ["甲", "。", "（", "9", " ", "甲，"])
def test_time_is_linear(piece: str, width: int) -> None:
    with ends():
        wrap(piece * 200_000, width)


def test_legible_text_is_gbk_without_doubtful_widths() -> None:
    assert legible("≥ 3\t²−✓𠮷\x1b", True) == "≥ 3\t2-√? ".replace("≥", ">=")
    assert legible("≥ 3", False) == "≥ 3"
