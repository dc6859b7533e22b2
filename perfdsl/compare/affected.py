"""What an impact holds: each unit under both rulesets, the part of each edit, the grades before and after."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record

JOINT = -1
"""Stands for all edits together where some mixture of them gives the unit no score."""
NO_GRADE = "没有等级"


@record
class Share:
    """What one edit adds to or takes from a total; `error` is its standard error where orders were sampled."""

    edit: int
    points: Fraction
    error: Fraction | None = None


@record
class UnitImpact:
    """A unit under both rulesets; `key` tells it from all others.  `shares` add up to the change to the last digit; those that are 0 are left out."""

    key: str
    code: str
    name: str
    file: str
    old: Fraction
    new: Fraction
    old_grade: str | None
    new_grade: str | None
    shares: tuple[Share, ...]

    @property
    def change(self) -> Fraction:
        return self.new - self.old

    @property
    def is_touched(self) -> bool:
        return self.change != 0 or self.old_grade != self.new_grade


@record
class Uncompared:
    """A unit that has no total under one of the rulesets, and why."""

    code: str
    name: str
    file: str
    why: str


@record
class Ranged:
    """A unit whose data leave something of the new ruleset open: between what its new total lies, and which cells are to be filled (`lacking`)."""

    key: str
    code: str
    name: str
    file: str
    old: Fraction
    low: Fraction
    high: Fraction
    old_grade: str | None
    grades: tuple[str, ...]
    lacking: tuple[str, ...]


@record
class Impact:
    """All units; `ranged` are those of which only a range can be told; `edits` are the edits in words.

    `mean` has the mean of each edit's part over all units that were compared.

    `grades` are the grades with how many units have them before and after; `crossings` from which to which how many go.
    `orders`: how many orders were sampled where the parts are not exact, else 0.
    """

    old: str
    new: str
    units: tuple[UnitImpact, ...]
    ranged: tuple[Ranged, ...]
    uncompared: tuple[Uncompared, ...]
    edits: tuple[str, ...]
    mean: tuple[Share, ...]
    grades: tuple[tuple[str, int, int], ...]
    crossings: tuple[tuple[str, str, int], ...]
    found: tuple[Diagnostic, ...]
    orders: int

    @property
    def lacking(self) -> list[str]:
        """The cells that some unit has not filled and the new ruleset asks for."""
        return list(dict.fromkeys(name for one in self.ranged for name in one.lacking))

    @property
    def touched(self) -> list[UnitImpact]:
        """The units whose total or grade changes, those that lose most first."""
        return [unit for unit in self.ranked if unit.is_touched]

    @property
    def ranked(self) -> list[UnitImpact]:
        """All units, those that lose most first."""
        return sorted(self.units, key=lambda unit: (unit.change, unit.name))

    @property
    def mean_change(self) -> Fraction:
        return sum((unit.change for unit in self.units), Fraction(0)) / max(len(self.units), 1)
