"""Grades: every total has one, and each can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Grade, Ruleset
from perfdsl.quantity import decimal_text
from perfdsl.regions import Region, gaps, holds, samples


def scale(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E213: totals from 0 to the declared total that no grade covers, or a grade that no total reaches."""
    if not ruleset.grades:
        return
    top = ruleset.declared_total or Fraction(100)
    edges = sorted({g.bound for g in ruleset.grades} | {Fraction(0), top})
    yield from (_gap(region, ruleset) for region in gaps(edges, lambda v: _grade(ruleset, v) is not None, (Fraction(0), top)))
    reached = {_grade(ruleset, point) for point, _ in samples(edges) if 0 <= point <= top}
    yield from (_unreached(g, top) for g in ruleset.grades if g not in reached)


def _grade(ruleset: Ruleset, total: Fraction) -> Grade | None:
    return next((g for g in ruleset.grades if holds(g.op, total, g.bound)), None)


def _points(value: Fraction) -> str:
    return f"{decimal_text(value)}分"


def _gap(region: Region, ruleset: Ruleset) -> Diagnostic:
    lowest = _points(region.low or Fraction(0))
    return Diagnostic("E213", f"总分 {region.text(_points)} 没有等级", ruleset.grades[-1].span,
                      f"补上这一段的等级，如：等级 中 {'≥' if region.low_closed else '>'} {lowest}")


def _unreached(grade: Grade, top: Fraction) -> Diagnostic:
    if grade.bound > top and not holds(grade.op, top, grade.bound):
        return Diagnostic("E213", f"等级「{grade.name}」永远达不到：总分只有 {_points(top)}", grade.span, "核对总分和等级的分数线")
    return Diagnostic("E213", f"等级「{grade.name}」永远轮不到：前面的等级已经包括了它", grade.span, "把要求高的等级写在前面")
