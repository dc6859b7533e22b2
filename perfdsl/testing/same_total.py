"""Whether two rulesets give every total the same grade."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Facts
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.prove.line import Domain, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import inside
from perfdsl.prove.scores import EXACT
from perfdsl.quantity import score
from perfdsl.record import changed
from perfdsl.regions import Region
from perfdsl.score.grading import graded
from perfdsl.score.rows import bare_row
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit
from perfdsl.testing.answer import SAME, Found, Kind
from perfdsl.testing.whole_witness import witness

_SAID = ("effects", "alerts", "applications", "bonus_limit", "penalty_limit")


def total(old: Ruleset, new: Ruleset) -> Found:
    """Whether every total has the same grade; what else is said of the whole, or on conditions, must be the same."""
    if any(getattr(old, name) != getattr(new, name) for name in _SAID) or _skeleton(old) != _skeleton(new):
        return Found(Kind.DIFFERENT, witness(old, new) or "总分、等级或预警的规定不同，没有找到看得出不同的值")
    if old.grades == new.grades:
        return SAME
    if any(grade.condition is not None for grade in (*old.grades, *new.grades)):
        return Found(Kind.DIFFERENT, witness(old, new) or "等级的条件不同，没有找到看得出不同的值")
    return _graded(old, new)


def _graded(old: Ruleset, new: Ruleset) -> Found:
    least, most = (None, None) if old.outside else (Fraction(0), old.weight)
    pairs = explore(lambda x: (_grade(old, x), _grade(new, x)), Domain(Region(least, most, least is not None, most is not None)))
    for piece in pairs:
        if piece.value is None:
            return Found(Kind.UNKNOWN, piece.undecided)
        if piece.value[0] != piece.value[1]:
            at = piece.region.low if piece.region.low_closed and piece.region.low is not None else inside(piece.region)
            return Found(Kind.DIFFERENT, f"总分 {score(at)}时，原来{_named(piece.value[0])}，改后{_named(piece.value[1])}")
    return SAME


def _skeleton(ruleset: Ruleset) -> tuple[object, ...]:
    """What the groups count and how they are put together."""
    return tuple((node.path, getattr(node, "combiner", None), getattr(node, "scale", None), node.weight) for node in ruleset.nodes()
                 if not isinstance(node, Indicator))


def _grade(ruleset: Ruleset, total: Number) -> tuple[str, ...]:
    exact = changed(ruleset, total_rounding=EXACT, effects=())
    facts = Facts("", ruleset.year, {})
    own, waiting = for_unit(exact, facts)
    return graded(Unit(own, waiting, facts, bare_row, exact), total).grades


def _named(grades: tuple[str, ...]) -> str:
    return f"是「{grades[0]}」" if grades else "没有等级"
