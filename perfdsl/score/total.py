"""The total: redistribution of what does not apply, rounding, the grade, and what is still open."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from perfdsl.model.ruleset import NotApplicable, Ruleset
from perfdsl.regions import holds, samples
from perfdsl.score.rows import EXACT
from perfdsl.score.scorecard import Decider, Row, Status, Total

_OPEN = (Status.MISSING, Status.MANUAL)


def total(ruleset: Ruleset, rows: Sequence[Row], gradeable: bool) -> Total:
    """The total of *rows*; no grade where *gradeable* is false (an error stands, so the sum means nothing)."""
    rounding = ruleset.total_rounding or EXACT
    low, high = _sum(ruleset, rows, lambda r: r.low), _sum(ruleset, rows, lambda r: r.high)
    complete = bool(rows) and low is not None and not any(r.status in _OPEN for r in rows)
    gradeable = gradeable and low is not None
    if low is None or high is None:
        low, high = Fraction(0), ruleset.weight
    score = rounding.apply(low) if complete else None
    grades = _grades(ruleset, low, high) if gradeable and rows else ()
    grade = grades[0] if complete and len(grades) == 1 else None
    deciders = () if complete else _deciders(ruleset, rows, low, high, bool(grades))
    return Total(ruleset.weight, ruleset.declared_total, score, low if complete else None, grade,
                 rounding.apply(low), rounding.apply(high), grades, deciders)


# ---- the sum


def _sum(ruleset: Ruleset, rows: Sequence[Row], points: Callable[[Row], Fraction]) -> Fraction | None:
    """Every row's points, with the weight of what does not apply carried by the rest; None where nothing applies."""
    by_group: dict[str, list[Row]] = {}
    for row in rows:
        by_group.setdefault(row.indicator.levels[0], []).append(row)
    sums = [_group(ruleset, group, points) for group in by_group.values()]
    if any(s is None for s in sums):
        return None
    reached = sum((s[0] for s in sums if s), Fraction(0))
    applicable = sum((s[1] for s in sums if s), Fraction(0))
    if applicable == 0:
        return None
    return reached * ruleset.weight / applicable


def _group(ruleset: Ruleset, rows: list[Row], points: Callable[[Row], Fraction]) -> tuple[Fraction, Fraction] | None:
    """Points of a level-1 group and the weight they stand for; None where a group must carry what it cannot."""
    carried_by_all = _weight(r for r in rows if _dropped(ruleset, r) is NotApplicable.SCALE_ALL)
    carried_here = _weight(r for r in rows if _dropped(ruleset, r) is NotApplicable.SCALE_GROUP)
    counted = [r for r in rows if _dropped(ruleset, r) is None]
    stands_for = _weight(counted) + carried_here
    reached = sum((points(r) for r in counted), Fraction(0))
    if carried_here == 0:
        return reached, _weight(rows) - carried_by_all
    applicable = _weight(counted)
    return None if applicable == 0 else (reached * stands_for / applicable, stands_for)


def _weight(rows: Iterable[Row]) -> Fraction:
    return sum((r.indicator.weight for r in rows), Fraction(0))


def _dropped(ruleset: Ruleset, row: Row) -> NotApplicable | None:
    """How a row that does not apply is left out; None where it counts."""
    if row.status is not Status.NOT_APPLICABLE or row.score is not None:
        return None
    return row.indicator.not_applicable or ruleset.not_applicable or NotApplicable.SCALE_ALL


# ---- the grade


def _graded(ruleset: Ruleset, value: Fraction) -> Fraction:
    """The total that the grade reads."""
    return value if ruleset.grade_on_unrounded else (ruleset.total_rounding or EXACT).apply(value)


def grade_of(ruleset: Ruleset, value: Fraction) -> str | None:
    """The first grade whose line holds for an unrounded total."""
    read = _graded(ruleset, value)
    return next((g.name for g in ruleset.grades if holds(g.op, read, g.bound)), None)


def _grades(ruleset: Ruleset, low: Fraction, high: Fraction) -> tuple[str, ...]:
    """The grades of every total from *low* to *high*, in that order."""
    edges = sorted({low, high} | {g.bound for g in ruleset.grades if low <= g.bound <= high})
    inside = [grade_of(ruleset, point) for point, _ in samples(edges) if low <= point <= high]
    return tuple(dict.fromkeys(name for name in inside if name))


# ---- what is open


def _deciders(ruleset: Ruleset, rows: Sequence[Row], low: Fraction, high: Fraction, graded: bool) -> tuple[Decider, ...]:
    """Open rows, the one on which most hangs first; with a single one, the score that brings the best grade in reach."""
    waiting = sorted((r for r in rows if r.status in _OPEN), key=lambda r: r.low - r.high)
    if len(waiting) != 1 or not graded:
        return tuple(Decider(r, r.high - r.low, None, None) for r in waiting)
    row = waiting[0]
    best = grade_of(ruleset, high)
    if best is None or best == grade_of(ruleset, low) or row.high == row.low:
        return (Decider(row, row.high - row.low, None, None),)
    slope = (high - low) / (row.high - row.low)
    needed = _least(row, ruleset, lambda points: grade_of(ruleset, low + (points - row.low) * slope) == best)
    return (Decider(row, row.high - row.low, needed, best),)


def _least(row: Row, ruleset: Ruleset, enough: Callable[[Fraction], bool]) -> Fraction:
    """The least score of the row, in the places it is rounded to, that is enough; the highest one is."""
    places = (ruleset.item_rounding or EXACT).places
    scale = 10 ** (2 if places is None else places)
    few, many = math.ceil(row.low * scale), math.floor(row.high * scale)
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if enough(Fraction(middle, scale)) else (middle + 1, many)
    return Fraction(few, scale)
