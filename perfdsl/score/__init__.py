"""What a ruleset gives for the facts of one unit, and why."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic, errors, in_order
from perfdsl.model.ruleset import Ruleset
from perfdsl.score.item import Unit
from perfdsl.score.rows import row
from perfdsl.score.scorecard import Scorecard
from perfdsl.score.total import total


def scorecard(ruleset: Ruleset, facts: Facts, found: Sequence[Diagnostic] = (), digest: str = "") -> Scorecard:
    """The scores of one unit.

    *found* is what check and data reading have to say; an error in it leaves every row its score but the
    total no grade.  *digest* is the ruleset's, to stand on the output.
    """
    own: list[Diagnostic] = []
    unit = Unit(ruleset, facts)
    rows = tuple(row(unit, indicator, own) for indicator in ruleset.indicators())
    gradeable = not errors([*found, *own])
    made = total(ruleset, rows, gradeable)
    return Scorecard(ruleset, digest, facts.unit, rows, made, tuple(in_order([*found, *own])))
