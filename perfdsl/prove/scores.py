"""The score of an indicator, or of the whole, for every value of one unknown; all else is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from perfdsl.data.facts import Fact, Facts
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.prove.between import Between
from perfdsl.prove.form import Form
from perfdsl.prove.line import Domain, Piece, explore, merged
from perfdsl.prove.numberlike import Number
from perfdsl.prove.polynomial import at
from perfdsl.prove.region import is_point
from perfdsl.prove.unknown import Unknown
from perfdsl.quantity import Rounding
from perfdsl.record import changed, record
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import Row
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit

EXACT = Rounding(None)


@record
class Scored:
    """What the interpreter gives in a region: its row, the points that it lies between (equal where it is scored), what it stumbled over."""

    row: Row
    low: Number
    high: Number
    found: tuple[Diagnostic, ...]


def exactly(ruleset: Ruleset) -> Ruleset:
    """The ruleset without the rounding of its items; with it where items read the scores of others, which are rounded."""
    return ruleset if ruleset.refers else changed(ruleset, item_rounding=EXACT)


def scored(ruleset: Ruleset, indicator: Indicator, items: Mapping[str, Fact]) -> Scored:
    """The indicator's row under these facts; the numbers among them may be forms."""
    facts = Facts("", ruleset.year, dict(items))
    own, waiting = for_unit(ruleset, facts)
    unit = Unit(own, waiting, facts, bare_row, ruleset)
    row = unit.row(unit.indicators[indicator.path])
    return Scored(row, row.low, row.high, tuple(unit.found))


def pieces(ruleset: Ruleset, indicator: Indicator, unknown: Unknown, domain: Domain,
           items: Mapping[str, Fact] | None = None) -> list[Piece[Scored]]:
    """The row for every value of *unknown* in *domain*, region by region; all else is as in *items*."""
    def ask(number: Number) -> Scored:
        return scored(ruleset, indicator, {**(items or {}), unknown.path: Fact(unknown.value(number))})

    return explore(ask, domain)


def rounded(found: list[Piece[Scored]], rounding: Rounding, domain: Domain) -> list[Piece[Number]]:
    """The rounded points of scored pieces, each as one number; undecided where a piece has no score or more than one."""
    made: list[Piece[Number]] = []
    for piece in found:
        if piece.value is None or not same(piece.value.low, piece.value.high):
            made.append(Piece(piece.region, None, piece.undecided or "没有确定的得分"))
        else:
            points = piece.value.low
            made += explore(lambda x, points=points: rounding.apply(put(points, x)), Domain(piece.region, domain.whole))  # type: ignore[misc]  # a default
    return made


def put(number: Number, x: Number) -> Number:
    """*number* where the unknown is *x*: a plain number, or a smaller region of it."""
    if isinstance(number, Between):
        return Between(put(number.low, x), put(number.high, x))
    if not isinstance(number, Form):
        return number
    return Form(number.top, number.bottom, x.region) if isinstance(x, Form) else number.at(x)


def by_score(found: list[Piece[Scored]]) -> list[Piece[Scored]]:
    """Neighbours of which one line, or one number, tells the score, as one piece."""
    return merged(found, _one_line)


def _one_line(a: Piece[Scored], b: Piece[Scored]) -> bool:
    if a.value is None or b.value is None:
        return a.value is b.value and a.undecided == b.undecided
    if a.value.row.status is not b.value.row.status:
        return False
    return all(_goes_on(a, b, end) for end in (lambda s: s.low, lambda s: s.high))


def _goes_on(a: Piece[Scored], b: Piece[Scored], end: Callable[[Scored], Number]) -> bool:
    """Whether the number of one piece is told by what tells that of the other."""
    assert a.value is not None  # both have been looked at
    assert b.value is not None
    one, other = end(a.value), end(b.value)
    if isinstance(one, Fraction | int) and is_point(a.region) and isinstance(other, Form):
        return value_at(other, a.region.low) == one
    if isinstance(other, Fraction | int) and is_point(b.region) and isinstance(one, Form):
        return value_at(one, b.region.low) == other
    return same(one, other)


def same(one: Number, other: Number) -> bool:
    """Whether two numbers are told alike, whatever their regions."""
    if isinstance(one, Form) and isinstance(other, Form):
        return (one.top, one.bottom) == (other.top, other.bottom)
    return isinstance(one, Fraction | int) and isinstance(other, Fraction | int) and one == other


def value_at(number: Number, x: Fraction | None) -> Fraction | None:
    """What a number comes to where the unknown is *x*; None where it has no value there or is not known."""
    if isinstance(number, Form):
        return None if x is None or at(number.bottom, x) == 0 else number.at(x)
    return Fraction(number) if isinstance(number, Fraction | int) else None
