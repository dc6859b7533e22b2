"""Claims on the whole: between what the total lies, and that every total has a grade."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.data.facts import Facts
from perfdsl.model.effects import GradeSettled
from perfdsl.model.ruleset import Ruleset
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.form import Number
from perfdsl.prove.line import Domain, explore
from perfdsl.quantity import decimal_text
from perfdsl.regions import Region
from perfdsl.score.grading import graded
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import Total, is_boundless
from perfdsl.score.total import total
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit


def claims(ruleset: Ruleset, ranges: list[Claim]) -> Iterator[Claim]:
    """The total's range rests on the *ranges* of the items; the grades are gone through for every total in it."""
    facts = Facts("", ruleset.year, {})
    own, waiting = for_unit(ruleset, facts)
    unit = Unit(own, waiting, facts, bare_row, ruleset)
    made = total(unit, unit.rows(), True)
    yield _range(ruleset, made, ranges)
    if ruleset.grades:
        yield _graded(ruleset, unit, made)


def _range(ruleset: Ruleset, made: Total, ranges: list[Claim]) -> Claim:
    """From the least to the greatest total of a unit of which nothing is known; sound where every item keeps to its range."""
    shown = f"{_shown(made.low)} ≤ 总分 ≤ {_shown(made.high)}"
    loose = [claim for claim in ranges if claim.verdict is not Verdict.PROVED]
    if loose:
        names = "、".join(dict.fromkeys(f"「{claim.subject}」" for claim in loose))
        return Claim(Kind.TOTAL, "总分", Verdict.UNDECIDED, f"{shown} 要等{names}的得分范围证明了才成立", ruleset.span)
    return Claim(Kind.TOTAL, "总分", Verdict.PROVED, shown, ruleset.span)


def _shown(points: Fraction) -> str:
    return "没有尽头" if is_boundless(points) else decimal_text(points)


def _graded(ruleset: Ruleset, unit: Unit, made: Total) -> Claim:
    """Every total within the range has a grade; and which grade no total has."""
    low, high = (None if is_boundless(end) else end for end in (made.low, made.high))
    region = Region(low, high, low is not None, high is not None)

    def ask(points: Number) -> tuple[str, ...]:
        return graded(unit, points).grades

    found = explore(ask, Domain(region))
    open_ = next((piece for piece in found if piece.undecided), None)
    if open_ is not None:
        return Claim(Kind.GRADED, "等级", Verdict.UNDECIDED, f"总分 {open_.region.text(decimal_text)}：{open_.undecided}", ruleset.span)
    without = next((piece for piece in found if not piece.value), None)
    if without is not None:
        text = f"总分 {without.region.text(decimal_text)} 没有等级"
        return Claim(Kind.GRADED, "等级", Verdict.REFUTED, text, ruleset.grades[0].span)
    settled = {effect.grade for effect in ruleset.effects if isinstance(effect, GradeSettled)}
    had = {name for piece in found for name in piece.value or ()} | settled
    never = [grade for grade in ruleset.grades if grade.name not in had]
    if never:
        return Claim(Kind.GRADED, "等级", Verdict.REFUTED, f"没有一个总分能得「{never[0].name}」", never[0].span)
    return Claim(Kind.GRADED, "等级", Verdict.PROVED, "、".join(_lines(ruleset)), ruleset.span)


def _lines(ruleset: Ruleset) -> Iterator[str]:
    for grade in ruleset.grades:
        yield f"{grade.name} {grade.op.value} {decimal_text(grade.bound)}"
