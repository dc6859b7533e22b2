"""What the columns of a table of scores are."""

from __future__ import annotations

from collections import Counter

from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record
from perfdsl.score.scorecard import BOUNDLESS

LEAST_BOUNDLESS = int(BOUNDLESS) // 10**6
"""From here on an end of a range is none."""


@record
class Shape:
    """What the columns of a table of scores are: `names` of the items as headings, and what all rows share.

    `grade_due`: whether the ruleset is without errors; else no unit has a grade.
    """

    names: tuple[str, ...]
    brief: bool
    ruleset: str
    ruleset_year: int | None
    version: str
    digest: str
    grade_due: bool = True


def shape_of(ruleset: Ruleset, digest: str, brief: bool, grade_due: bool = True) -> Shape:
    return Shape(headings_of(ruleset), brief, ruleset.name, ruleset.year, ruleset.version, digest, grade_due)


def headings_of(ruleset: Ruleset) -> tuple[str, ...]:
    """The name of each item; its full name where two share one."""
    named = Counter(item.name for item in ruleset.indicators())
    return tuple(item.path if named[item.name] > 1 else item.name for item in ruleset.indicators())


def basis(shape: Shape) -> dict[str, str]:
    """The columns that say the same in every row: what the scores were made with."""
    version = f"版本 {shape.version} " if shape.version else ""
    year = "" if shape.ruleset_year is None else str(shape.ruleset_year)
    whole = {"规则集": shape.ruleset, "规则集年度": year, "版本和摘要": f"{version}摘要 {shape.digest}"}
    return {name: text for name, text in whole.items() if not shape.brief or name == "版本和摘要"}
