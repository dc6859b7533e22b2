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
    if rows and made.score is None and not made.deciders:
        own.append(_nothing_applies(ruleset))
    return Scorecard(ruleset, digest, facts.unit, rows, made, tuple(in_order([*found, *own])))


def _nothing_applies(ruleset: Ruleset) -> Diagnostic:
    return Diagnostic("E456", "没有总分：适用的指标承担不了「不适用」的分值", ruleset.span,
                      "核对数据里的「不适用」；整个一级指标都不适用的，不能在同一级指标内折算，改用「不适用 其余按比例折算」")
