"""Numbers are exact: rounding, units and texts against the laws they must obey."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.quantity import Rounding, RoundingMode, decimal_text, exact_text, fixed_text, of, parse_number
from perfdsl.units import UNITS

MODES = {RoundingMode.HALF_UP: ROUND_HALF_UP, RoundingMode.TRUNCATE: ROUND_DOWN, RoundingMode.HALF_EVEN: ROUND_HALF_EVEN}
WIDE = Context(prec=200)
decimals = st.decimals(-10**6, 10**6, places=5)
ties = st.builds(lambda n, p: (Decimal(n) + Decimal("0.5")).scaleb(-p), st.integers(-10**4, 10**4), st.integers(0, 3))
fractions = st.fractions(-10**6, 10**6)
units = st.sampled_from(sorted(UNITS.values(), key=lambda u: u.symbol))


@pytest.mark.parametrize("mode", MODES)
@settings(max_examples=200)
@given(value=decimals | ties, places=st.integers(0, 4))
def test_rounding_is_what_the_decimal_module_gives(mode: RoundingMode, value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), MODES[mode], WIDE)

    assert Rounding(places, mode).apply(Fraction(value)) == Fraction(expected)


@pytest.mark.parametrize("mode", RoundingMode)
@settings(max_examples=100)
@given(value=fractions, places=st.integers(0, 6))
def test_rounding_is_near_odd_and_done_once(mode: RoundingMode, value: Fraction, places: int) -> None:
    rounding = Rounding(places, mode)
    rounded = rounding.apply(value)

    assert abs(rounded - value) * 10**places < 1
    assert (rounded * 10**places).denominator == 1
    assert rounding.apply(rounded) == rounded
    assert rounding.apply(-value) == -rounded
    assert Rounding(None, mode).apply(value) == value


@settings(max_examples=100)
@given(fractions, fractions)
def test_rounding_keeps_the_order(a: Fraction, b: Fraction) -> None:
    low, high = (Rounding(2).apply(v) for v in sorted((a, b)))

    assert low <= high


@settings(max_examples=200)
@given(decimals | ties, st.integers(0, 5))
def test_texts_of_numbers_read_back(value: Decimal, places: int) -> None:
    exact = Fraction(value)

    assert parse_number(exact_text(exact)) == exact
    assert parse_number(decimal_text(exact, 5)) == exact
    assert parse_number(fixed_text(exact, places)) == Rounding(places).apply(exact)


@settings(max_examples=100)
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_commas_by_threes_read_as_nothing(whole: int, cents: int) -> None:
    assert parse_number(f"{whole:,}.{cents:02}") == Fraction(whole) + Fraction(cents, 100)


@settings(max_examples=200)
@given(fractions, units, units)
def test_units_of_one_dimension_measure_one_thing(number: Fraction, one: object, other: object) -> None:
    quantity = of(number, one)  # type: ignore[arg-type]
    assert quantity.shown == number
    if one.dimension == other.dimension:  # type: ignore[attr-defined]
        there = of(quantity.amount / other.factor, other)  # type: ignore[attr-defined, arg-type]
        assert there.amount == quantity.amount
        assert (quantity - there).amount == 0
        assert (quantity + there).shown == 2 * number


@settings(max_examples=100)
@given(fractions, fractions.filter(bool), units)
def test_a_share_has_no_unit_and_a_share_of_it_has_one(a: Fraction, b: Fraction, unit: object) -> None:
    share = of(a, unit) / of(b, unit)  # type: ignore[arg-type]

    assert (share.amount, share.unit.dimension) == (a / b, ())
    assert (share * of(b, unit)).amount == of(a, unit).amount  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "same"), [
    ("3亿元", "30000万元"), ("3亿元", "300000000元"), ("1公顷", "15亩"), ("1平方公里", "100公顷"), ("1吨", "1000公斤"),
    ("1小时", "60分钟"), ("1万人", "10000人"), ("50%", "500‰"), ("2倍", "200%"), ("1千米", "1公里"), ("1百万元", "1000千元"),
])
def test_conversions_that_everyone_knows(text: str, same: str) -> None:
    def amount(written: str) -> Fraction:
        digits = "".join(c for c in written if c.isdigit())
        return of(digits, UNITS[written.removeprefix(digits)]).amount

    assert amount(text) == amount(same)
