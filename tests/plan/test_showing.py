"""Texts of whole numbers are those of the exact ones, whatever the number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfdsl.dates import chinese_date
from perfdsl.plan import showing
from perfdsl.quantity import decimal_text, fixed_text, terminates
from perfdsl.score.scorecard import BOUNDLESS
from perfdsl.score.wording import points_text, signed_text

wholes = st.integers(-(10**22), 10**22) | st.integers(-200_000, 200_000)
bottoms = st.integers(1, 10**13) | st.sampled_from([1, 2, 3, 4, 7, 8, 100, 200, 3 * 10**6, 2**40, 5**12]) | st.integers(1, 12)
places = st.integers(1, 8)


@given(wholes, bottoms, st.integers(0, 8))
@example(-5, 2, 0)
@example(-1, 200_000, 4)
@example(-1, 10**6, 4)
@example(1, 20_000, 4)
def test_quotients(top: int, bottom: int, kept: int) -> None:
    value = Fraction(top, bottom)

    assert showing.decimal(kept)(top, bottom) == decimal_text(value, kept)
    assert showing.all_places(kept)(top, bottom) == fixed_text(value, kept)
    assert showing.minus(showing.decimal(kept)(top, bottom)) == signed_text(value, kept)
    assert showing.finite(top, bottom) == terminates(value)


@given(wholes, places)
def test_last_places(units: int, kept: int) -> None:
    value = Fraction(units, 10**kept)

    assert showing.short(kept)(units) == decimal_text(value, kept)
    assert showing.fixed(kept)(units) == fixed_text(value, kept)


@given(wholes, bottoms)
@example(int(BOUNDLESS), 1)
@example(-int(BOUNDLESS) // 10**6, 1)
@example(-int(BOUNDLESS) // 10**6 + 1, 1)
@example(int(BOUNDLESS) // 10**6 * 3 - 1, 3)
def test_points(top: int, bottom: int) -> None:
    assert showing.points(top, bottom) == points_text(Fraction(top, bottom))
    assert showing.cents(top) == points_text(Fraction(top, 100))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2023, 12, 31), date(2024, 2, 29), date.max])
def test_days(day: date) -> None:
    assert showing.day(day.toordinal()) == chinese_date(day)
