"""Cells that a rule does no more than compare with numbers: one value of each side stands for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Indicator, Part, Ruleset
from perfdsl.model.walk import every, expressions
from perfdsl.record import changed


def days(ruleset: Ruleset) -> list[Fraction]:
    """The last day of the ruleset's year, and the days next to it, as ordinals."""
    last = date(ruleset.year or 2024, 12, 31).toordinal()
    return [Fraction(last), Fraction(last - 1), Fraction(last + 1)]


def only_compared(rulesets: tuple[Ruleset, ...], indicator: Indicator, path: str) -> set[Fraction] | None:
    """The numbers that a cell is compared with, where nothing else is done with it in any rule; None where something is."""
    name = path.rpartition("/")[2]
    found: set[Fraction] = set()
    for ruleset in rulesets:
        names = {name} | {p for p, value in _given(ruleset, indicator) if isinstance(value, k.Name) and value.name == name}
        for one in (node for expression in about(ruleset, indicator) for node in every(expression)):
            if isinstance(one, k.Comparison) and isinstance(one.left, k.Name) and one.left.name in names and isinstance(one.right, k.Number):
                found.add(one.right.value.amount)
        uses = sum(1 for expression in about(ruleset, indicator) for node in every(expression)
                   if isinstance(node, k.Name) and node.name in names)
        compared_uses = sum(1 for expression in about(ruleset, indicator) for node in every(expression)
                            if isinstance(node, k.Comparison) and isinstance(node.left, k.Name) and node.left.name in names
                            and isinstance(node.right, k.Number))
        if uses != compared_uses:
            return None
    return found


def _given(ruleset: Ruleset, indicator: Indicator) -> list[tuple[str, k.Expr]]:
    """Each parameter of the indicator's rule and what it is given."""
    one = next(i for i in ruleset.indicators() if i.path == indicator.path)
    if one.method is None:
        return []
    said = dict(one.method.arguments)
    values = ((p.name, said.get(p.name, p.default)) for p in one.method.rule.parameters)
    return [(name, value) for name, value in values if value is not None]


def about(ruleset: Ruleset, indicator: Indicator) -> Iterator[k.Expr | k.Condition]:
    """All that is said of one indicator, parameters that are given a bare name left aside."""
    one = next(i for i in ruleset.indicators() if i.path == indicator.path)
    alone = changed(ruleset, groups=(one,), outside=(), methods=(), applications=())
    yield from expressions(alone)
    yield from (value for _, value in _given(ruleset, indicator) if not isinstance(value, k.Name))
    items: tuple[Indicator | Part, ...] = (one, *one.parts)
    yield from (case.target.value for item in items for case in item.targets if isinstance(case.target, Bound))
