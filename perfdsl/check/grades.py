"""Grades: every total has one, and only one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.kernel import Comparator
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import decimal_text
from perfdsl.regions import holds, samples


def scale(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E213: a total from 0 to the declared total that no grade covers, or a grade that no total reaches."""
    if not ruleset.grades:
        return
    top = ruleset.declared_total or Fraction(100)
    edges = sorted({g.bound for g in ruleset.grades} | {Fraction(0), top})
    reached: set[str] = set()
    for point, region in samples(edges):
        if not 0 <= point <= top:
            continue
        name = next((g.name for g in ruleset.grades if holds(g.op, point, g.bound)), None)
        reached |= {name} if name else set()
        if name is None:
            yield Diagnostic("E213", f"总分 {region.text(decimal_text, '分')} 没有等级", ruleset.grades[-1].span,
                             f"补上这一段，如：等级 差 {Comparator.LT} {decimal_text(ruleset.grades[-1].bound)}分")
    for grade in ruleset.grades:
        if grade.name not in reached:
            yield Diagnostic("E213", f"等级「{grade.name}」永远轮不到：前面的等级已经包括了它", grade.span, "把要求高的等级写在前面")
