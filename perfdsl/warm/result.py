"""What one unit has come to: the total at once, all else when it is asked for."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from perfdsl.diagnostics import Diagnostic
from perfdsl.plan.whole import Standing
from perfdsl.record import record
from perfdsl.score.scorecard import Status


@record
class Item:
    """One indicator: its full name, its points and those lost (None: it has none), the clause that decided, 完成率 − 1 (None: no meaning)."""

    name: str
    status: Status
    points: Fraction | None
    lost: Fraction | None
    clause: str
    deviation: Fraction | None


class Source(Protocol):
    """What knows a unit."""

    def items(self) -> tuple[Item, ...]: ...

    def sentences(self) -> list[str]: ...

    def diagnostics(self) -> tuple[Diagnostic, ...]: ...


@record
class Result:
    """One unit.

    `total` is exact, None while something is open or where nothing applies; `low` … `high` is what it can still be.  `grade` is None where
    there is none: see `standing`.
    """

    total: Fraction | None
    low: Fraction
    high: Fraction
    grade: str | None
    standing: Standing
    source: Source

    @property
    def items(self) -> tuple[Item, ...]:
        """The indicators in the order of the form; none where the data cannot be read at all."""
        return self.source.items()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is to be said of the ruleset and of these data: what `perfdsl.evaluate` gives."""
        return self.source.diagnostics()

    def sentences(self) -> list[str]:
        """偏差说明: a paragraph for each item that lost points, is open, or deviates."""
        return self.source.sentences()
