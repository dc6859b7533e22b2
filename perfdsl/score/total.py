"""The total and its grade, and what is still open in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed
from perfdsl.score.effects import EXACT, added_up, between, points_of, rounding_of, whole
from perfdsl.score.grading import graded, grades_between
from perfdsl.score.groups import OPEN
from perfdsl.score.scorecard import Decider, Row, Total
from perfdsl.score.unit import Unit

_ZERO = Fraction(0)


def total(unit: Unit, rows: Sequence[Row], gradeable: bool) -> Total:
    """The total of *rows* and what is open in it; no grade where *gradeable* is false (an error stands, so the sum means nothing)."""
    made, ends = bare_total(unit, rows, gradeable)
    return changed(made, deciders=_deciders(unit, rows, *ends, bool(made.grades))) if ends else made


def bare_total(unit: Unit, rows: Sequence[Row], gradeable: bool, ranged: bool = True) -> tuple[Total, tuple[Fraction, Fraction] | None]:
    """The total without its deciders, and between what it lies before it is rounded where something is open.  Without *ranged* the grades in
    that range are not looked for."""
    made, (low, high) = ungraded(unit, rows)
    if made.base is None:
        return made, (low, high)
    complete, at_low, at_high = made.score is not None, graded(unit, low), graded(unit, high)
    barred = at_low.barred if at_low.barred == at_high.barred else None
    waiting = (*made.waiting, *((*at_low.waiting, *at_high.waiting) if gradeable else ()))
    grades = grades_between(unit, low, high) if gradeable and ranged and rows and barred is not True else ()
    grade = grades[0] if complete and len(grades) == 1 and barred is False else None
    said = (x for x in at_low.effects if complete or x in at_high.effects)
    made = changed(made, grade=grade, grades=grades, effects=(*made.effects, *said), barred=barred is True, waiting=tuple(dict.fromkeys(waiting)))
    return made, None if complete else (low, high)


def ungraded(unit: Unit, rows: Sequence[Row]) -> tuple[Total, tuple[Fraction, Fraction]]:
    """The total as far as it does not hang on grades, and between what it lies before it is rounded."""
    ruleset, rounding = unit.ruleset, rounding_of(unit.ruleset)
    parts, best = added_up(unit, lambda r: r.low), added_up(unit, lambda r: r.high)
    if parts is None or best is None:
        return Total(ruleset.weight, ruleset.declared_total, None, None, None, _ZERO, rounding.apply(ruleset.weight), (), ()), (_ZERO, ruleset.weight)
    least, most = between(unit, parts.whole, best.whole)
    low, high = least.value, most.value
    complete = bool(rows) and not any(r.status in OPEN for r in rows) and low == high
    said = [x for x in least.effects if complete or x in most.effects]
    made = Total(
        ruleset.weight, ruleset.declared_total, rounding.apply(low) if complete else None, low if complete else None, None,
        rounding.apply(low), rounding.apply(high), (), (), parts.form, parts.bonus, parts.penalty, tuple(said), False,
        tuple(dict.fromkeys((*least.waiting, *most.waiting))))
    return made, (low, high)


# ---- what is open


def _deciders(unit: Unit, rows: Sequence[Row], low: Fraction, high: Fraction, is_graded: bool) -> tuple[Decider, ...]:
    """Open rows, the one on which most hangs first; with a single one, the score that brings the best grade in reach."""
    waiting = sorted((r for r in rows if r.status in OPEN), key=lambda r: r.low - r.high)
    if len(waiting) != 1 or not is_graded:
        return tuple(Decider(r, r.high - r.low, None, None) for r in waiting)
    row = waiting[0]
    best = _only_grade(unit, high)
    if best is None or best == _only_grade(unit, low) or row.high == row.low:
        return (Decider(row, row.high - row.low, None, None),)
    return (Decider(row, row.high - row.low, _least(row, unit.ruleset, lambda points: _reaches(unit, row, points, best)), best),)


def _only_grade(unit: Unit, value: Fraction) -> str | None:
    grades = graded(unit, value).grades
    return grades[0] if len(grades) == 1 else None


def _reaches(unit: Unit, row: Row, points: Fraction, grade: str) -> bool:
    made = whole(unit, points_of(row, points))
    return made is not None and _only_grade(unit, made.value) == grade


def _least(row: Row, ruleset: Ruleset, enough: Callable[[Fraction], bool]) -> Fraction:
    """The least score of the row, in the places it is rounded to, that is enough; the highest one is."""
    places = (ruleset.item_rounding or EXACT).places
    scale = 10 ** (2 if places is None else places)
    few, many = math.ceil(row.low * scale), math.floor(row.high * scale)
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if enough(Fraction(middle, scale)) else (middle + 1, many)
    return Fraction(few, scale)
