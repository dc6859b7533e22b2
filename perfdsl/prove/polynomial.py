"""Polynomials of one unknown with exact coefficients: a tuple, the constant first, no zero last; () is 0."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, zip_longest

Polynomial = tuple[Fraction, ...]
Root = tuple[Fraction, Fraction]
"""Two ends between which one root lies; they are one number where the root is rational."""

_ZERO = Fraction(0)
FINE = Fraction(1, 2**64)
"""How narrowly a root that is no fraction is enclosed, against the size of the place."""


def constant(value: Fraction) -> Polynomial:
    return (value,) if value else ()


def plus(p: Polynomial, q: Polynomial) -> Polynomial:
    return _trimmed([a + b for a, b in zip_longest(p, q, fillvalue=_ZERO)])


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    made = [_ZERO] * (len(p) + len(q) - 1) if p and q else []
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            made[i + j] += a * b
    return tuple(made)


def scaled(p: Polynomial, by: Fraction) -> Polynomial:
    return tuple(by * a for a in p) if by else ()


def divided(p: Polynomial, q: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Quotient and rest; *q* is not 0."""
    rest, quotient = list(p), [_ZERO] * max(len(p) - len(q) + 1, 0)
    for at in reversed(range(len(quotient))):
        quotient[at] = share = rest[at + len(q) - 1] / q[-1]
        for j, b in enumerate(q):
            rest[at + j] -= share * b
    return _trimmed(quotient), _trimmed(rest)


def common(p: Polynomial, q: Polynomial) -> Polynomial:
    """The greatest common divisor, its leading coefficient 1."""
    while q:
        p, q = q, divided(p, q)[1]
    return scaled(p, 1 / p[-1])


def slope(p: Polynomial) -> Polynomial:
    return tuple(n * a for n, a in enumerate(p) if n)


def at(p: Polynomial, x: Fraction) -> Fraction:
    made = _ZERO
    for a in reversed(p):
        made = made * x + a
    return made


def roots(p: Polynomial, low: Fraction | None = None, high: Fraction | None = None) -> list[Root]:
    """Every place from *low* to *high* where *p*, which is not the polynomial 0, is 0; in order."""
    if len(p) <= 1:
        return []
    if len(p) == 2:
        place = -p[0] / p[1]
        return [(place, place)] if (low is None or low <= place) and (high is None or place <= high) else []
    p = divided(p, common(p, slope(p)))[0]
    reach = 1 + max(abs(a / p[-1]) for a in p[:-1])
    low, high = -reach if low is None else low, reach if high is None else high
    turns = [end for root in roots(slope(p), low, high) for end in root]
    found = [root for a, b in pairwise(sorted({low, *turns, high})) if (root := _between(p, a, b))]
    return sorted(set(found))


def _between(p: Polynomial, a: Fraction, b: Fraction) -> Root | None:
    """The root in [a, b], where *p* rises or falls throughout."""
    left, right = at(p, a), at(p, b)
    if left == 0 or right == 0:
        return (a, a) if left == 0 else (b, b)
    if (left > 0) == (right > 0):
        return None
    while b - a > FINE * max(abs(a), abs(b), Fraction(1)):
        middle = (a + b) / 2
        value = at(p, middle)
        if value == 0:
            return middle, middle
        a, b = (middle, b) if (value > 0) == (left > 0) else (a, middle)
    plain = simplest(a, b)
    return (plain, plain) if at(p, plain) == 0 else (a, b)


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of the least denominator in [low, high]."""
    if low <= 0 <= high:
        return _ZERO
    if high < 0:
        return -simplest(-high, -low)
    whole = Fraction(-(-low.numerator // low.denominator))
    if whole <= high:
        return whole
    floor = whole - 1
    return floor + 1 / simplest(1 / (high - floor), 1 / (low - floor))


def _trimmed(p: list[Fraction]) -> Polynomial:
    while p and p[-1] == 0:
        p.pop()
    return tuple(p)
