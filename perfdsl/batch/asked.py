"""What must be known of a ruleset so that its warnings can be counted."""

from __future__ import annotations

from perfdsl.model.needs import mentions
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record


@record
class Asked:
    """Of each item the names beside which its reason may stand, and whether its deviation tells how far away it is."""

    reasons: tuple[tuple[str, ...], ...]
    is_single: tuple[bool, ...]


def asked_of(ruleset: Ruleset) -> Asked:
    mentioned, data = mentions(ruleset), {datum.name for datum in ruleset.data}
    items = ruleset.indicators()
    reasons = ((item.path, *(part.path for part in item.parts), *sorted(mentioned[item.path] & data)) for item in items)
    return Asked(tuple(reasons), tuple(not item.parts for item in ruleset.indicators()))
