"""The words that matter to one indicator."""

from __future__ import annotations

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator, Outcome, Part
from perfdsl.model.walk import every, of_indicator, rule_parts
from perfdsl.prove.unknown import Unknown, Unknowns


def words_of(indicator: Indicator, cell: Unknown, unknowns: Unknowns) -> tuple[str, ...]:
    """Its options; of a text what the rule and the targets of *indicator* compare it with, and one that they do not know."""
    if cell.expected.options:
        return unknowns.words(cell)
    said = [*(rule_parts(indicator.method.rule) if indicator.method else ()), *of_indicator(indicator)]
    found = {n.text for one in said for n in every(one) if isinstance(n, k.Word)}
    both: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    items = [one for one in both if one.path == cell.path] or [indicator]
    found |= {case.target.words for one in items for case in one.targets if isinstance(case.target, Outcome)}
    return (*sorted(found), "其他")
