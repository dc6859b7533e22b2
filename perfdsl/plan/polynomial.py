"""Polynomials of several unknowns with whole or fractional coefficients, in one normal form.

An unknown is a number; a term's unknowns are sorted and stand as often as their power.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm

Unknowns = tuple[int, ...]
"""The unknowns of a term: x²y is (x, x, y); the constant term has none."""

Coefficient = Fraction | int
"""Whole ones are ints, which calculate ten times as fast."""

Polynomial = tuple[tuple[Unknowns, Coefficient], ...]
"""Terms with coefficients that are not 0, in the order of their unknowns."""

ZERO: Polynomial = ()


def plain(value: Coefficient) -> Coefficient:
    """The same number, an int where it is whole."""
    return value.numerator if value.denominator == 1 else value


def constant(value: Coefficient) -> Polynomial:
    return (((), plain(value)),) if value else ZERO


def unknown(number: int) -> Polynomial:
    return (((number,), 1),)


def made(terms: Mapping[Unknowns, Coefficient]) -> Polynomial:
    """The normal form of a sum of terms."""
    return tuple(sorted((k, v) for k, v in terms.items() if v))


def plus(a: Polynomial, b: Polynomial) -> Polynomial:
    terms = dict(a)
    for unknowns, coefficient in b:
        terms[unknowns] = terms[unknowns] + coefficient if unknowns in terms else coefficient
    return made(terms)


def times(a: Polynomial, b: Polynomial) -> Polynomial:
    if is_constant(a):
        return scaled(b, value_of(a))
    if is_constant(b):
        return scaled(a, value_of(b))
    terms: dict[Unknowns, Coefficient] = {}
    for one, first in a:
        for other, second in b:
            unknowns = tuple(sorted(one + other))
            terms[unknowns] = plain(terms.get(unknowns, 0) + first * second)
    return made(terms)


def scaled(a: Polynomial, factor: Coefficient) -> Polynomial:
    if factor == 1:
        return a
    return tuple((unknowns, plain(coefficient * factor)) for unknowns, coefficient in a) if factor else ZERO


def is_constant(a: Polynomial) -> bool:
    return not a or (len(a) == 1 and not a[0][0])


def value_of(a: Polynomial) -> Fraction:
    """The value of a constant one."""
    return Fraction(a[0][1]) if a else Fraction(0)


def content(*several: Polynomial) -> Fraction:
    """The greatest number by which all coefficients can be divided so that they are whole; positive."""
    coefficients = [c for a in several for _, c in a]
    top = gcd(*(c.numerator for c in coefficients))
    return Fraction(top, lcm(*(c.denominator for c in coefficients))) if top else Fraction(1)


def primitive(a: Polynomial) -> tuple[Polynomial, Fraction]:
    """*a* with whole coefficients that share no factor, the first one positive, and the factor that was taken out."""
    if not a:
        return a, Fraction(1)
    factor = content(a) * (1 if a[0][1] > 0 else -1)
    return scaled(a, 1 / factor), factor


def divided(a: Polynomial, b: Polynomial) -> Polynomial | None:
    """*a* ÷ *b* where that is a polynomial, found for one term and for multiples; None else."""
    if not a:
        return a
    if len(b) == 1:
        return _by_term(a, b[0])
    if len(a) == len(b) and all(x[0] == y[0] for x, y in zip(a, b, strict=True)):
        factor = Fraction(a[0][1]) / b[0][1]
        return constant(factor) if scaled(b, factor) == a else None
    return None


def _by_term(a: Polynomial, term: tuple[Unknowns, Coefficient]) -> Polynomial | None:
    terms: dict[Unknowns, Coefficient] = {}
    for unknowns, coefficient in a:
        left = list(unknowns)
        for one in term[0]:
            if one not in left:
                return None
            left.remove(one)
        terms[tuple(left)] = plain(Fraction(coefficient) / term[1])
    return made(terms)


def split(a: Polynomial, b: Polynomial) -> tuple[Polynomial, Polynomial]:
    """*a* as the part that *b*, a single term, divides (already divided) and the rest."""
    whole = tuple(t for t in a if _by_term((t,), b[0]) is not None)
    rest = tuple(t for t in a if t not in whole)
    return _by_term(whole, b[0]) or ZERO, rest


def unknowns_of(several: Iterable[Polynomial]) -> set[int]:
    return {one for a in several for unknowns, _ in a for one in unknowns}


def substituted(a: Polynomial, factors: Mapping[int, Fraction]) -> Polynomial:
    """*a* with each unknown x in *factors* replaced by factor × x."""
    terms: dict[Unknowns, Coefficient] = {}
    for unknowns, coefficient in a:
        for one in unknowns:
            coefficient = coefficient * factors.get(one, 1)
        terms[unknowns] = plain(coefficient)
    return made(terms)
