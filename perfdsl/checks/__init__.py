"""Is a ruleset sound?  Each check is one function from a ruleset to what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from perfdsl.checks import (
    aggregations,
    bare_numbers,
    beyond,
    bounds,
    caps,
    cases,
    composites,
    cycles,
    depth,
    grades,
    indicators,
    items,
    options,
    policies,
    usage,
    weights,
)
from perfdsl.checks.placed import placed
from perfdsl.checks.types import types
from perfdsl.diagnostics import Diagnostic, blocking, errors, in_order
from perfdsl.model.ruleset import Ruleset

Check = Callable[[Ruleset], Iterable[Diagnostic]]

CHECKS: tuple[Check, ...] = (
    policies.stated, grades.scale, caps.caps,
    indicators.scored, indicators.targets, indicators.directions, composites.composites, indicators.hidden_targets,
    bare_numbers.relative_steps, bare_numbers.percentages,
    cases.lists, cases.targets, cases.intervals, bounds.within_weight,
    items.outside, items.defaults, items.composites, items.references, items.results,
    options.known, aggregations.weighed, cycles.lets, cycles.items,
)
_NO_WEIGHTS = ("E104", "E210")
"""Findings of a missing or mistyped weight: sums would only repeat them."""


_NO_RULES = ("E102", "E105", "E106", "E107", "E114")
"""Findings of rules that are not there, or not read: what only they use is not unused."""


def check(ruleset: Ruleset, found: Iterable[Diagnostic] = ()) -> list[Diagnostic]:
    """All that is wrong with *ruleset*, with what was *found* while it was read; in the order of the text.

    Units are only checked where every name was found, and what rules can give only where they have a meaning.
    Nothing is checked where it would have to be followed too deep.
    """
    every = [*found, *depth.depth(ruleset)]
    if any(d.code == "E116" for d in every):
        return in_order([placed(one, ruleset) for one in every])
    if not any(d.code in _NO_WEIGHTS for d in every):
        every += [*weights.groups(ruleset), *weights.total(ruleset)]
    for one in CHECKS:
        every += one(ruleset)
    if not any(d.code in _NO_RULES for d in every):
        every += usage.unused(ruleset)
    if not any(d.code.startswith("E1") for d in errors(every)):
        every += types(ruleset)
    if not blocking(every):
        every += beyond.beyond_weight(ruleset)
    return in_order([placed(one, ruleset) for one in every])
