"""Weights that depend on the unit: the ruleset as it is for one unit."""

from __future__ import annotations

from perfdsl.data.facts import Facts
from perfdsl.model.ruleset import Group, Indicator, Ruleset
from perfdsl.record import changed
from perfdsl.score.interpret import Gap, Interpreter, of_fact


def for_unit(ruleset: Ruleset, facts: Facts) -> tuple[Ruleset, dict[str, tuple[str, ...]]]:
    """*ruleset* with each weight that *facts* decide, and the indicators whose weight they leave open.

    An open weight is the greatest that it can be; beside the indicator's full name stand the data that are waited for.
    """
    if not any(indicator.weights for indicator in ruleset.indicators()):
        return ruleset, {}
    to = Interpreter({}, lambda node: of_fact(node.name, facts.of(node.name)))
    waiting: dict[str, tuple[str, ...]] = {}
    groups = tuple(_decided(node, to, waiting) for node in ruleset.groups)
    return changed(ruleset, groups=groups), waiting


def _decided(node: Group | Indicator, to: Interpreter, waiting: dict[str, tuple[str, ...]]) -> Group | Indicator:
    if isinstance(node, Group):
        return changed(node, children=tuple(_decided(child, to, waiting) for child in node.children))
    for case in node.weights:
        held = to.condition(case.condition, [])
        if isinstance(held, Gap):
            waiting[node.path] = held.waiting_for
            return changed(node, weight=max(node.weight, *(c.weight for c in node.weights)))
        if held:
            return changed(node, weight=case.weight)
    return node
