"""Grades: every total has one, and each can be reached."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Grade, Outside, Ruleset
from perfdsl.model.walk import every
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.record import record
from perfdsl.regions import Region, gaps, holds, samples

_MOST_WORLDS = 200


@record
class _World:
    """One way in which the further conditions of the grades can turn out, in words; empty words where there are none."""

    words: str
    truth: tuple[tuple[k.Comparison, bool], ...]

    def holds(self, condition: k.Condition) -> bool:
        if isinstance(condition, k.Logic):
            return (all if condition.op == "且" else any)(self.holds(part) for part in condition.operands)
        return dict(self.truth)[condition]


def scale(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E213: totals from 0 to the declared total that no grade covers, or a grade that no total reaches."""
    if not ruleset.grades:
        return
    top = ruleset.declared_total or Fraction(100)
    edges = sorted({g.bound for g in ruleset.grades} | {Fraction(0), top})
    low, high = _ends(ruleset, top)
    reached: set[Grade | None] = set()
    told = False
    for world in _worlds(ruleset):
        found = gaps(edges, lambda v, world=world: _grade(ruleset, v, world) is not None, (low, high))  # type: ignore[misc]  # bound at once
        yield from (_gap(region, ruleset, world.words) for region in found if not told)
        told = told or bool(found)
        reached |= {_grade(ruleset, point, world) for point, _ in samples(edges) if (low is None or low <= point) and (high is None or point <= high)}
    yield from (_unreached(g, top) for g in ruleset.grades if g not in reached)


def _ends(ruleset: Ruleset, top: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """Between what the total can lie: penalties and negative items lead below 0, an open end above the declared total."""
    below = any(i.outside is Outside.PENALTY or i.negative for i in ruleset.indicators())
    return None if below else Fraction(0), None if ruleset.uncapped else top


def _grade(ruleset: Ruleset, total: Fraction, world: _World) -> Grade | None:
    return next((g for g in ruleset.grades if _line(g, total, world)), None)


def _line(grade: Grade, total: Fraction, world: _World) -> bool:
    within = holds(grade.op, total, grade.bound)
    if grade.condition is None:
        return within
    return (within and world.holds(grade.condition)) if grade.joined == "且" else (within or world.holds(grade.condition))


def _worlds(ruleset: Ruleset) -> list[_World]:
    """Every way in which the comparisons of further conditions can turn out together, up to a number."""
    comparisons = [c for g in ruleset.grades if g.condition for c in every(g.condition) if isinstance(c, k.Comparison)]
    subjects: dict[k.Expr, list[k.Comparison]] = {}
    for one in comparisons:
        subjects.setdefault(one.left, []).append(one)
    ways = [_ways(subject, asked) for subject, asked in subjects.items()]
    made = [_World("，".join(w.words for w in way), tuple(t for w in way for t in w.truth)) for way in itertools.product(*ways)]
    return made[:_MOST_WORLDS]


def _ways(subject: k.Expr, asked: list[k.Comparison]) -> list[_World]:
    """What the comparisons of one subject can be together: for numbers by where the subject lies, else each by itself."""
    name = subject.name if isinstance(subject, k.Name) else subject.span.text
    numbers = [c.right.value for c in asked if isinstance(c.right, k.Number)]
    if len(numbers) < len(asked):
        truths = itertools.product((True, False), repeat=len(asked))
        return [_World(f"「{name}」的条件{'成立' if all(t) else '不全成立'}", tuple(zip(asked, t, strict=True))) for t in truths]
    unit = numbers[0].unit
    return [_World(f"{name} {region.text(lambda v: str(Quantity(v, unit)))}",
                   tuple((c, holds(c.op, point, n.amount)) for c, n in zip(asked, numbers, strict=True)))
            for point, region in samples(sorted({n.amount for n in numbers}))]


def _points(value: Fraction) -> str:
    return f"{decimal_text(value)}分"


def _gap(region: Region, ruleset: Ruleset, world: str) -> Diagnostic:
    if region.low is None:
        hint = f"总分可以低于 0：最低的等级写成「< {_points(region.high or Fraction(0))}」这样没有下头的"
    else:
        hint = f"补上这一段的等级，如：等级 中 {'≥' if region.low_closed else '>'} {_points(region.low)}"
    return Diagnostic("E213", f"{world + '时，' if world else ''}总分 {region.text(_points)} 没有等级", ruleset.grades[-1].span, hint)


def _unreached(grade: Grade, top: Fraction) -> Diagnostic:
    if grade.bound > top and not holds(grade.op, top, grade.bound):
        return Diagnostic("E213", f"等级「{grade.name}」永远达不到：总分只有 {_points(top)}", grade.span, "核对总分和等级的分数线")
    return Diagnostic("E213", f"等级「{grade.name}」永远轮不到：前面的等级已经包括了它", grade.span, "把要求高的等级写在前面")
