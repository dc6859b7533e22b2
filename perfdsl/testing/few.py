"""Cells that a rule does no more than compare with numbers or days: one value of each side stands for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Indicator, Part, Ruleset
from perfdsl.model.walk import every, expressions
from perfdsl.record import changed


def days(ruleset: Ruleset) -> list[Fraction]:
    """The last day of the ruleset's year and the days next to it, then every day that it names with those next to it, as ordinals."""
    last = date(ruleset.year or 2024, 12, 31).toordinal()
    written = sorted({n.value.toordinal() for one in expressions(ruleset) for n in every(one) if isinstance(n, k.Day)})
    found = [last, last - 1, last + 1, *(day for edge in written for day in (edge - 1, edge, edge + 1))]
    return [Fraction(day) for day in dict.fromkeys(found)]


def only_compared(rulesets: tuple[Ruleset, ...], indicator: Indicator, path: str) -> set[Fraction] | None:
    """The numbers, or the ordinals of the days, that a cell is compared with; None where anything else is done with it in any rule."""
    name = path.rpartition("/")[2]
    found: set[Fraction] = set()
    for ruleset in rulesets:
        names = {name} | {p for p, value in _given(ruleset, indicator) if isinstance(value, k.Name) and value.name == name}
        nodes = [node for expression in about(ruleset, indicator) for node in every(expression)]
        compared = [edge for node in nodes if (edge := _edge(node, names)) is not None]
        if len(compared) != sum(isinstance(node, k.Name) and node.name in names for node in nodes):
            return None
        found |= set(compared)
    return found


def _edge(node: k.Expr | k.Condition, names: set[str]) -> Fraction | None:
    """What one of the *names* is compared with, where that is a number or a day."""
    if not (isinstance(node, k.Comparison) and isinstance(node.left, k.Name) and node.left.name in names):
        return None
    if isinstance(node.right, k.Day):
        return Fraction(node.right.value.toordinal())
    return node.right.value.amount if isinstance(node.right, k.Number) else None


def beside_edges(edges: set[Fraction], whole: bool) -> list[Fraction]:
    """One value on each side of every edge, and the edges; *whole* ones where only these count."""
    lines = sorted(edges)
    if whole:
        return sorted({x for line in lines for x in (line - 1, line, line + 1)})
    between = [a + (b - a) / 2 for a, b in zip(lines, lines[1:], strict=False)]
    return [*lines, *between, *((lines[0] - 1, lines[-1] + 1) if lines else (Fraction(1),))]


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
