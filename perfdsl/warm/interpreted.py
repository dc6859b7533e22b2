"""A unit by the interpreter, told in the words of `result`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from perfdsl.data.headings import Role, role_of
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.pipeline import Evaluation, Loaded, evaluate
from perfdsl.plan.whole import Standing, standing
from perfdsl.score.clauses import deciding_clause
from perfdsl.score.overview import explanation
from perfdsl.score.scorecard import Row, Scorecard, Status
from perfdsl.warm.cells import written
from perfdsl.warm.result import Item, Result

Given = str | int | Decimal | Fraction | date | None
"""What a program may have for a cell."""

UNNAMED = "（未写单位）"
"""Stands for the name of a unit that has none: a table of units wants one."""


def evaluated(loaded: Loaded, data: Mapping[str, object]) -> Evaluation:
    """What `evaluate` gives for the one unit."""
    named = {} if any(role_of(key) is Role.UNIT for key in data) else {str(Role.UNIT): UNNAMED}
    return evaluate(loaded, [{**named, **{key: written(value) for key, value in data.items()}}])


def interpreted(loaded: Loaded, data: Mapping[str, object]) -> Result:
    """The result of a unit, by the interpreter alone."""
    found = evaluated(loaded, data)
    card = found.scorecards[0] if found.scorecards else None
    if card is None:
        nothing = Fraction(0)
        return Result(None, nothing, nothing, None, Standing.NO_TOTAL, _Interpreted(found, None))
    total = card.total
    stands = standing(total, card.rows, not errors(found.diagnostics))
    return Result(total.score, total.low, total.high, total.grade, stands, _Interpreted(found, card))


class _Interpreted:
    def __init__(self, found: Evaluation, card: Scorecard | None) -> None:
        self.found, self.card = found, card

    def items(self) -> tuple[Item, ...]:
        return () if self.card is None else tuple(map(_item, self.card.rows))

    def sentences(self) -> list[str]:
        return [] if self.card is None else explanation(self.card)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.found.diagnostics


def _item(row: Row) -> Item:
    rate = row.outcome.rate
    clause = deciding_clause(row.outcome) if row.status is Status.SCORED else ""
    return Item(row.indicator.path, row.status, row.score, row.lost, clause, None if rate is None else rate - 1)
