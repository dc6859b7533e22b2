"""A stair compares as the rounded numbers do."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdsl.prove.line import Domain, explore
from perfdsl.prove.region import contains
from perfdsl.prove.stair import Stair, steps
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.regions import Region

small = st.fractions(-3, 3, max_denominator=8)
roundings = st.builds(Rounding, st.integers(0, 2), st.sampled_from(list(RoundingMode)))
coarse = st.builds(Rounding, st.integers(0, 1), st.sampled_from(list(RoundingMode)))
_ALL = Region(Fraction(-4), Fraction(4), True, True)


@pytest.mark.parametrize("compare", [operator.ge, operator.gt, operator.le, operator.lt, operator.eq, operator.ne])
@given(first=roundings, second=roundings, factor=small.filter(bool), shift=small, bound=small, at=st.fractions(-4, 4, max_denominator=400))
def test_compared_as_the_number(compare, first, second, factor, shift, bound, at):  # type: ignore[no-untyped-def]
    def twice(x, a, b):  # type: ignore[no-untyped-def]
        return b.apply(a.apply(x) * factor + shift)

    lazily = steps(first), steps(second)
    found = explore(lambda x: compare(twice(x, *lazily), bound), Domain(_ALL))
    piece = next(p for p in found if contains(p.region, at))
    assert piece.value == compare(twice(at, first, second), bound)


def test_few_pieces() -> None:
    """A comparison cuts a region in two or three, not at every step."""
    rounding = steps(Rounding(2))
    assert rounding is not None
    assert len(explore(lambda x: rounding.apply(x) >= 1, Domain(Region(Fraction(0), Fraction(100), True, True)))) == 3


@settings(max_examples=12)
@given(first=roundings, factor=small, at=st.fractions(-4, 4, max_denominator=40))
def test_plain_steps(first: Rounding, factor: Fraction, at: Fraction) -> None:
    """Where two stairs meet in a product the number itself is taken."""
    def square(x, rounding):  # type: ignore[no-untyped-def]
        made = rounding.apply(x)
        return made * made + factor * made

    def asked(x):  # type: ignore[no-untyped-def]
        made = square(x, steps(Rounding(min(first.places or 0, 1), first.mode)))
        return made.plain() if isinstance(made, Stair) else made

    piece = next(p for p in explore(asked, Domain(_ALL)) if contains(p.region, at))
    assert piece.value == square(at, Rounding(min(first.places or 0, 1), first.mode))


@settings(max_examples=12)  # a bound that the sum keeps close to cuts it at every step
@given(first=coarse, second=coarse, factor=small, bound=small, at=st.fractions(-4, 4, max_denominator=400))
def test_sums_of_two(first: Rounding, second: Rounding, factor: Fraction, bound: Fraction, at: Fraction) -> None:
    """Two roundings of different things, added up and rounded again."""
    def total(x, a, b):  # type: ignore[no-untyped-def]
        return a.apply(a.apply(x) * factor + b.apply(x * x) / 2 + 1)

    found = explore(lambda x: total(x, steps(first), steps(second)) >= bound, Domain(_ALL))
    piece = next(p for p in found if contains(p.region, at))
    assert piece.undecided or piece.value == (total(at, first, second) >= bound)
