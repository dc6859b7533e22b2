"""The data of one unit, for the writers that show them beside the scores."""

from __future__ import annotations

from perfdsl.data.facts import Absent, Value
from perfdsl.model.ruleset import PRIOR
from perfdsl.score.scorecard import Scorecard

FUNDS = ("年初预算数", "全年预算数", "全年执行数")
"""The amounts of the budget block."""


def data_values(card: Scorecard) -> dict[str, Value]:
    """The values of the data that the ruleset declares, by name."""
    if card.facts is None:
        return {}
    names = [name for datum in card.ruleset.data for name in (datum.name, datum.name + PRIOR)]
    found = {name: card.facts.of(name).value for name in names}
    return {name: value for name, value in found.items() if not isinstance(value, Absent)}
