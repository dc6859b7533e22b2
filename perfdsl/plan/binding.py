"""A plan for cells with so many decimals each: every unknown becomes a whole number, every polynomial one with whole coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from perfdsl.plan import polynomial as p
from perfdsl.plan.quotients import Terms, product, single
from perfdsl.plan.unknowns import CellDay, CellNumber, Step, Unknowns
from perfdsl.record import record

Cell = tuple[str, bool]
"""The column of a cell; whether it is that of 评定得分."""


@record
class Quotient:
    """`top` ÷ `bottom`, both with whole coefficients."""

    top: p.Polynomial
    bottom: p.Polynomial


@record
class Binding:
    """`places` of the cells that hold numbers; 0 where none are given."""

    unknowns: Unknowns
    places: Mapping[Cell, int]

    def scale(self, unknown: int) -> Fraction:
        """What one whole unit of an unknown is worth."""
        origin = self.unknowns.origins[unknown]
        match origin:
            case CellNumber():
                places = self.places.get((origin.column, origin.chosen), 0)
            case CellDay():
                places = 0
            case _:
                places = origin.places or 0
        return Fraction(1, 10**places)

    def bound(self, top: p.Polynomial) -> p.Polynomial:
        """The polynomial of whole numbers, with whole coefficients, that always has the sign of *top*."""
        whole, factor = p.primitive(self._scaled(top))
        return whole if factor > 0 else p.scaled(whole, -1)

    def _scaled(self, top: p.Polynomial) -> p.Polynomial:
        return p.substituted(top, {one: self.scale(one) for one in p.unknowns_of([top])})

    def quotient(self, terms: Terms, times: int = 1) -> Quotient:
        """*times* the number that *terms* stand for, as one quotient in its lowest terms."""
        top, factors = single(terms)
        return _lowest(p.scaled(self._scaled(top), times), self._scaled(product(factors)))

    def several(self, terms: Terms, times: int = 1) -> list[Quotient]:
        """The same, term by term."""
        return [_lowest(p.scaled(self._scaled(top), times), self._scaled(product(factors))) for factors, top in terms]

    def steps(self, several: list[p.Polynomial]) -> list[int]:
        """The unknowns in them that are worked out on the way."""
        return sorted(u for u in p.unknowns_of(several) if isinstance(self.unknowns.origins[u], Step))


def _lowest(top: p.Polynomial, bottom: p.Polynomial) -> Quotient:
    over, under = p.content(top), p.content(bottom)
    whole_top, whole_bottom = p.scaled(top, 1 / over), p.scaled(bottom, 1 / under)
    share = over / under
    assert gcd(share.numerator, share.denominator) == 1
    return Quotient(p.scaled(whole_top, share.numerator), p.scaled(whole_bottom, share.denominator))
