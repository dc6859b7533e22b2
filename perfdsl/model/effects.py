"""What a condition does beside the points of a rule: to an item, to the total, to the grade, or only a word of warning."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.model.kernel import Condition, Expr, Rule
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.units import Unit


@record
class Veto:
    """本项 不得分: the item has 0 points whatever its rule gives."""

    condition: Condition
    span: Span


@record
class Alert:
    """预警: words on the output; no score changes."""

    condition: Condition
    text: str
    span: Span


@record
class WeightCase:
    """当 …，分值 …: the weight of an indicator for units of one kind."""

    condition: Condition
    weight: Fraction
    span: Span


@record
class TotalLimit:
    """总分 不高于, or 总分 不低于 (`lowest`); `condition` None: always."""

    condition: Condition | None
    points: Expr
    span: Span
    lowest: bool = False


@record
class TotalGives:
    """总分 得: takes the place of what the items add up to."""

    condition: Condition
    points: Expr
    span: Span


@record
class GradeLimit:
    """等级 不高于: a better grade becomes this one."""

    condition: Condition
    grade: str
    span: Span


@record
class GradeLowered:
    """等级 降一级: the next worse grade; the worst stays."""

    condition: Condition
    span: Span


@record
class GradeSettled:
    """等级 定为: this grade whatever the total is."""

    condition: Condition
    grade: str
    span: Span


@record
class Barred:
    """不得参评: the unit has its scores, but no grade."""

    condition: Condition
    span: Span


Effect = TotalLimit | TotalGives | GradeLimit | GradeLowered | GradeSettled | Barred


@record
class Aggregation:
    """汇总: how the values of members make one: added up, or their mean (`mean`), weighted by the datum `by` where that is not None.

    `scores`: each member is scored by itself, and the scores are averaged.
    """

    by: str | None
    scores: bool
    mean: bool
    span: Span


@record
class Application:
    """结果应用: a value that follows from the scores, in `unit` (points where it is None)."""

    name: str
    unit: Unit | None
    rule: Rule
    basis: tuple[str, ...]
    span: Span
