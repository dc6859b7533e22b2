"""The grade of a total: the scale, its further conditions, and what limits or settles a grade."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model import effects as e
from perfdsl.model.kernel import Comparator
from perfdsl.model.ruleset import Grade, Ruleset
from perfdsl.record import record
from perfdsl.regions import holds, samples
from perfdsl.score.effects import Conditions, rounding_of, thresholds
from perfdsl.score.unit import Unit


@record
class Graded:
    """The grades that one total can have, best first (several where a condition is undecided); what limited them.

    `barred` is None where that is undecided.
    """

    grades: tuple[str, ...]
    effects: tuple[e.Effect, ...]
    barred: bool | None
    waiting: tuple[str, ...]


def graded(unit: Unit, value: Fraction) -> Graded:
    """The grade of an unrounded total."""
    conditions = Conditions(unit, value)
    found = _on_scale(unit.ruleset, value, conditions)
    said: list[e.Effect] = []
    barred: bool | None = False
    for effect in unit.ruleset.effects:
        if isinstance(effect, e.TotalGives | e.TotalLimit):
            continue
        held = conditions.held(effect.condition)
        if held is False:
            continue
        changed = _after(unit.ruleset, found, effect)
        if held and (changed != found or isinstance(effect, e.Barred)):
            said.append(effect)
        if isinstance(effect, e.Barred) and barred is not True:
            barred = held
        found = changed if held else _in_order(unit.ruleset, {*found, *changed})
    return Graded(found, tuple(said), barred, tuple(conditions.waiting))


def _on_scale(ruleset: Ruleset, value: Fraction, conditions: Conditions) -> tuple[str, ...]:
    """The first grade whose line holds; with it, every one above it that is undecided."""
    read = value if ruleset.grade_on_unrounded else rounding_of(ruleset).apply(value)
    found: list[str] = []
    for grade in ruleset.grades:
        held = _line(grade, read, conditions)
        if held is not False:
            found.append(grade.name)
        if held:
            break
    return tuple(found)


def _line(grade: Grade, value: Fraction, conditions: Conditions) -> bool | None:
    within = holds(grade.op, value, grade.bound)
    if not grade.joined or (grade.joined == "或" and within) or (grade.joined == "且" and not within):
        return within
    return conditions.held(grade.condition)


def _after(ruleset: Ruleset, found: tuple[str, ...], effect: e.Effect) -> tuple[str, ...]:
    """*found* as a 等级 不高于, 等级 降一级 or 等级 定为 leaves it."""
    if isinstance(effect, e.GradeSettled):
        return (effect.grade,)
    order = best_first(ruleset)
    if isinstance(effect, e.GradeLowered):
        return _in_order(ruleset, {order[min(order.index(name) + 1, len(order) - 1)] for name in found})
    if not isinstance(effect, e.GradeLimit):
        return found
    best = order.index(effect.grade)
    return _in_order(ruleset, {order[max(order.index(name), best)] for name in found})


def best_first(ruleset: Ruleset) -> list[str]:
    """The grades from the best to the worst, by their lines: ≥ 60分 is better than < 60分, whatever stands first."""
    def line(grade: Grade) -> tuple[Fraction, bool]:
        return grade.bound, grade.op in (Comparator.GE, Comparator.GT)

    return [grade.name for grade in sorted(ruleset.grades, key=line, reverse=True)]


def _in_order(ruleset: Ruleset, names: set[str]) -> tuple[str, ...]:
    return tuple(name for name in best_first(ruleset) if name in names)


def grades_between(unit: Unit, low: Fraction, high: Fraction) -> tuple[str, ...]:
    """The grades of every total from *low* to *high*, the worst first."""
    inside = {*(g.bound for g in unit.ruleset.grades), *thresholds(unit.ruleset)}
    edges = sorted({low, high} | {x for x in inside if low <= x <= high})
    found = {name for point, _ in samples(edges) if low <= point <= high for name in graded(unit, point).grades}
    return tuple(reversed(_in_order(unit.ruleset, found)))
