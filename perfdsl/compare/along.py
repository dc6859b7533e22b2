"""One unknown of an indicator in both rulesets, with all else given; and its values in words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.compare.result import Given, Scores
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.prove.line import Domain, Piece
from perfdsl.prove.scores import Scored, scored
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import value_text
from perfdsl.record import record
from perfdsl.regions import Region

Items = Mapping[str, Fact]
Side = tuple[Ruleset, Indicator]


@record
class Both:
    """What both rules give in a region."""

    region: Region
    old: Piece[Scored]
    new: Piece[Scored]


@record
class Line:
    """One unknown of an indicator of both rulesets, with all else given."""

    old: Side
    new: Side
    unknown: Unknown
    domain: Domain
    items: Items
    given: Given

    def at(self, x: Fraction) -> Scores:
        """What the interpreter gives at one value."""
        items = {**self.items, self.unknown.path: Fact(self.unknown.value(x))}
        return at(self.old, self.new, items, text_of(self.unknown, x))


def at(old: Side, new: Side, items: Items, text: str) -> Scores:
    """The rounded points of both rules for these facts."""
    first, second = (scored(*side, items).row.score for side in (old, new))
    return Scores(text, first, second)


def region_text(region: Region, unknown: Unknown) -> str:
    """`2.4亿元（含）至 3亿元（不含）`."""
    return region.text(lambda x: text_of(unknown, x))


def text_of(unknown: Unknown, x: Fraction) -> str:
    """Every digit of a value as it stands in the cell; one without end as a fraction."""
    return value_text(unknown.value(x))
