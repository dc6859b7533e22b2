"""Weights that depend on the unit: the ruleset as it is for one unit."""

from __future__ import annotations

from perfdsl.data.facts import Facts
from perfdsl.model.ruleset import Group, Indicator, Ruleset, weight_of_children
from perfdsl.record import changed
from perfdsl.score.interpret import Gap, Interpreter, of_fact
from perfdsl.score.scorecard import Status


def for_unit(ruleset: Ruleset, facts: Facts) -> tuple[Ruleset, dict[str, tuple[str, ...]]]:
    """*ruleset* with each weight that *facts* decide, and the indicators whose weight they leave open.

    An open weight is the greatest that it can be; beside the indicator's full name stand the data that are waited for.
    """
    if not any(indicator.weights for indicator in ruleset.indicators()):
        return ruleset, {}
    to = Interpreter({}, lambda node: of_fact(node.name, facts.of(node.name)))
    to.names = {let.name: to.let(let) for let in ruleset.lets}
    waiting: dict[str, tuple[str, ...]] = {}
    groups = tuple(_decided(node, to, waiting) for node in ruleset.groups)
    return changed(ruleset, groups=groups), waiting


def _decided(node: Group | Indicator, to: Interpreter, waiting: dict[str, tuple[str, ...]]) -> Group | Indicator:
    if isinstance(node, Group):
        return changed(node, children=tuple(_decided(child, to, waiting) for child in node.children))
    for case in node.weights:
        held = to.condition(case.condition, [])
        if isinstance(held, Gap) and held.status is Status.NOT_APPLICABLE:
            continue
        if isinstance(held, Gap):
            waiting[node.path] = held.waiting_for
            return changed(node, weight=max(node.weight, *(c.weight for c in node.weights)))
        if held:
            return changed(node, weight=case.weight)
    return node


def group_off(ruleset: Ruleset) -> Group | None:
    """The first group that declares another weight than what stands under it has."""
    waiting = list(ruleset.groups)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, Group):
            waiting += node.children
            said = node.weight if node.scale is None else node.scale
            if said is not None and said != weight_of_children(node):
                return node
    return None
