"""Claims on the whole: between what the total lies, and that every total has a grade."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.data.facts import Facts
from perfdsl.model import kernel as k
from perfdsl.model.effects import GradeSettled, TotalGives, TotalLimit
from perfdsl.model.references import TOTAL, UNROUNDED_TOTAL
from perfdsl.model.ruleset import Grade, Ruleset
from perfdsl.model.walk import every, names
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.line import Domain, explore
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
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
    why = _loose(ruleset, ranges)
    shown = f"{_shown(made.low)} ≤ 总分 ≤ {_shown(made.high)}"
    yield Claim(Kind.TOTAL, "总分", Verdict.UNDECIDED if why else Verdict.PROVED, f"{shown}，{why}" if why else shown, ruleset.span)
    if ruleset.grades:
        yield _graded(ruleset, unit, made, why)


def _loose(ruleset: Ruleset, ranges: list[Claim]) -> str:
    """Why the range of a unit of which nothing is known is not surely that of every unit; empty where it is.

    It is where every item keeps between 0 and its weight: then scaling up for what does not apply cannot pass the whole.
    """
    open_ = "、".join(dict.fromkeys(f"「{claim.subject}」" for claim in ranges if claim.verdict is not Verdict.PROVED))
    if open_:
        return f"要等{open_}的得分范围证明了才成立"
    free = "、".join(f"「{i.name}」" for i in ruleset.indicators() if i.outside is None and (i.uncapped or i.negative))
    if free:
        return f"{free}可以超过分值或低于 0，有不适用的项时折算出来的总分没有去定"
    if any(names(effect.points) for effect in ruleset.effects if isinstance(effect, TotalGives | TotalLimit)):
        return "对总分的规定要看数据，没有去定"
    odd = any(not _is_plain(c) for effect in ruleset.effects if effect.condition is not None for c in every(effect.condition))
    return "总分的条件里有算式，没有去定" if odd else ""


def _is_plain(node: k.Expr | k.Condition) -> bool:
    """Whether a comparison asks of the total nothing but how it stands to a number."""
    if not isinstance(node, k.Comparison) or not (names(node.left) | names(node.right)) & {TOTAL, UNROUNDED_TOTAL}:
        return True
    return isinstance(node.left, k.Name) and isinstance(node.right, k.Number)


def _shown(points: Fraction) -> str:
    return "没有尽头" if is_boundless(points) else decimal_text(points)


def _graded(ruleset: Ruleset, unit: Unit, made: Total, why: str) -> Claim:
    """Every total within the range surely has a grade; and which grade no total has."""
    low, high = (None if is_boundless(end) else end for end in (made.low, made.high))
    region = Region(low, high, low is not None, high is not None)
    sure = Unit(changed(unit.ruleset, grades=tuple(_surely(unit.ruleset))), unit.waiting, unit.facts, bare_row, unit.declared)
    for asked in (sure, unit):
        found = explore(lambda x, asked=asked: graded(asked, x).grades, Domain(region))  # type: ignore[misc]  # a default
        broken = next((piece for piece in found if piece.undecided or not piece.value), None)
        if broken is not None and (asked is unit or broken.undecided):
            text = f"总分 {broken.region.text(decimal_text)}"
            verdict, rest = (Verdict.UNDECIDED, f"：{broken.undecided}") if broken.undecided else (Verdict.REFUTED, " 没有等级")
            return Claim(Kind.GRADED, "等级", verdict, text + rest, ruleset.grades[0].span)
        if broken is not None:
            why = why or f"总分 {broken.region.text(decimal_text)} 有没有等级要看数据"
    settled = {effect.grade for effect in ruleset.effects if isinstance(effect, GradeSettled)}
    had = {name for piece in found for name in piece.value or ()} | settled
    never = [grade for grade in ruleset.grades if grade.name not in had]
    if never and not why:
        return Claim(Kind.GRADED, "等级", Verdict.REFUTED, f"没有一个总分能得「{never[0].name}」", never[0].span)
    return Claim(Kind.GRADED, "等级", Verdict.UNDECIDED if why else Verdict.PROVED, why or "、".join(_lines(ruleset)), ruleset.span)


def _surely(ruleset: Ruleset) -> Iterator[Grade]:
    """The lines of the scale that hold whatever the data: those joined by 且 to a condition may not, those by 或 still do on their line."""
    yield from (changed(grade, joined="", condition=None) for grade in ruleset.grades if grade.joined != "且")


def _lines(ruleset: Ruleset) -> Iterator[str]:
    for grade in ruleset.grades:
        yield f"{grade.name} {grade.op.value} {decimal_text(grade.bound)}"
