"""A number that stands for one value in every unit: a sum of quotients of polynomials of the unknowns.

It calculates as a Fraction does.  A comparison asks the `World` in which it lives, which answers for the path that is being followed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partialmethod
from typing import TYPE_CHECKING, Any

from perfdsl.plan import polynomial as p
from perfdsl.quantity import Rounding

if TYPE_CHECKING:
    from perfdsl.plan.world import World

Number = Any
"""A Fraction or `Quotients`: what the interpreter is given, it gives back."""

Factors = tuple[p.Polynomial, ...]
"""The factors of a denominator: primitive polynomials, sorted."""

Terms = tuple[tuple[Factors, p.Polynomial], ...]
"""Denominator → numerator, sorted; no two denominators are the same."""


class Quotients:
    """The sum of `terms`; no denominator is 0 on the path on which it was made."""

    __slots__ = ("terms", "world")

    def __init__(self, terms: Terms, world: World) -> None:
        self.terms, self.world = terms, world

    # ---- arithmetic

    def __add__(self, other: Number) -> Number:
        terms = _terms(other)
        if terms is None:
            return NotImplemented
        made = dict(self.terms)
        for factors, top in terms:
            made[factors] = p.plus(made.get(factors, p.ZERO), top)
        return self._made(made)

    def __mul__(self, other: Number) -> Number:
        terms = _terms(other)
        if terms is None:
            return NotImplemented
        made: dict[Factors, p.Polynomial] = {}
        for factors, top in self.terms:
            for others, over in terms:
                for bottom, rest in _reduced(tuple(sorted(factors + others)), p.times(top, over)):
                    made[bottom] = p.plus(made.get(bottom, p.ZERO), rest)
        return self._made(made)

    def __truediv__(self, other: Number) -> Number:
        if isinstance(other, Quotients):
            return self * other.inverse()
        if not isinstance(other, Fraction | int):
            return NotImplemented
        return self * (1 / Fraction(other))

    def __rtruediv__(self, other: Number) -> Number:
        return self.inverse() * other

    def inverse(self) -> Number:
        """1 ÷ it; raises ZeroDivisionError where it is 0 on this path."""
        if self == 0:
            raise ZeroDivisionError
        top, factors = self.single()
        whole, factor = p.primitive(top)
        over = p.scaled(product(factors), 1 / factor)
        if p.is_constant(whole):
            return self._made({(): p.scaled(over, 1 / p.value_of(whole))})
        bottom = tuple(p.unknown(one) for one in whole[0][0]) if len(whole) == 1 else (whole,)
        return self._made(dict(_reduced(bottom, over)))

    def __neg__(self) -> Number:
        return self * Fraction(-1)

    def __sub__(self, other: Number) -> Number:
        return self + -other

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    __radd__, __rmul__ = __add__, __mul__

    def __abs__(self) -> Number:
        return -self if self < 0 else self

    def _made(self, terms: dict[Factors, p.Polynomial]) -> Number:
        """A Fraction where no unknown is left."""
        kept = tuple(sorted((factors, top) for factors, top in terms.items() if top))
        if not kept:
            return Fraction(0)
        if len(kept) == 1 and not kept[0][0] and p.is_constant(kept[0][1]):
            return p.value_of(kept[0][1])
        return Quotients(kept, self.world)

    def single(self) -> tuple[p.Polynomial, Factors]:
        """As one quotient: its numerator and the factors of its denominator."""
        return single(self.terms)

    # ---- comparison

    def _compared(self, other: Number, signs: frozenset[int]) -> Any:
        if _terms(other) is None:
            return NotImplemented
        rest = self - other
        if isinstance(rest, Quotients):
            return self.world.sign_in(rest, signs)
        return (rest > 0) - (rest < 0) in signs

    __lt__ = partialmethod(_compared, signs=frozenset((-1,)))
    __le__ = partialmethod(_compared, signs=frozenset((-1, 0)))
    __gt__ = partialmethod(_compared, signs=frozenset((1,)))
    __ge__ = partialmethod(_compared, signs=frozenset((1, 0)))
    __eq__ = partialmethod(_compared, signs=frozenset((0,)))
    __ne__ = partialmethod(_compared, signs=frozenset((1, -1)))

    def __hash__(self) -> int:
        return hash(self.terms)

    def __bool__(self) -> bool:
        return bool(self != 0)

    # ---- whole steps

    def rounded(self, rounding: Rounding) -> Number:
        """What `Rounding.apply` asks of a number that stands for many."""
        return self.world.rounded(self, rounding)

    def terminates(self) -> bool:
        """What is asked of a number before it is shown: whether it has a finite decimal."""
        return self.world.terminates(self)

    def shown_in(self, how: Callable[..., str], places: int) -> str:
        """What the functions that show a number ask of one that stands for many: a place for it in the text."""
        return self.world.slot(self, how, places)

    def __floordiv__(self, other: Number) -> Number:
        return self.world.floor(self if other == 1 else self / other)

    def __mod__(self, other: Number) -> Number:
        return self - self // other * other

    def __divmod__(self, other: Number) -> tuple[Number, Number]:
        return self // other, self % other


def _terms(other: Number) -> Terms | None:
    if isinstance(other, Quotients):
        return other.terms
    if isinstance(other, Fraction | int):
        return (((), p.constant(other)),) if other else ()
    return None


def single(terms: Terms) -> tuple[p.Polynomial, Factors]:
    """A sum of quotients as one: its numerator and the factors of its denominator."""
    factors = _least_common([f for f, _ in terms])
    top = p.ZERO
    for own, over in terms:
        left = list(factors)
        for one in own:
            left.remove(one)
        top = p.plus(top, p.times(over, product(tuple(left))))
    return top, factors


def product(factors: Factors) -> p.Polynomial:
    made = p.constant(1)
    for one in factors:
        made = p.times(made, one)
    return made


def _reduced(factors: Factors, top: p.Polynomial) -> list[tuple[Factors, p.Polynomial]]:
    """*top* over *factors*, each factor that divides it taken out; terms that a single-term factor divides stand apart."""
    for at, one in enumerate(factors):
        rest = factors[:at] + factors[at + 1 :]
        if (over := p.divided(top, one)) is not None:
            return _reduced(rest, over)
        if len(one) == 1:
            inside, outside = p.split(top, one)
            if inside:
                return _added(_reduced(rest, inside), _reduced(factors, outside))
    return [(factors, top)] if top else []


def _added(a: list[tuple[Factors, p.Polynomial]], b: list[tuple[Factors, p.Polynomial]]) -> list[tuple[Factors, p.Polynomial]]:
    made = dict(a)
    for factors, top in b:
        made[factors] = p.plus(made.get(factors, p.ZERO), top)
    return list(made.items())


def _least_common(several: list[Factors]) -> Factors:
    most: dict[p.Polynomial, int] = {}
    for factors in several:
        for one in factors:
            most[one] = max(most.get(one, 0), factors.count(one))
    return tuple(sorted(one for one, times in most.items() for _ in range(times)))
