"""What a condition does beside the points of a rule: to the item, the total, the grade, or only a word of warning."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.expressions import Expr, Word


@record
class Veto:
    """本项 不得分, or 本类 不得分 (`group`) of all that is under a group."""

    group: bool
    span: Span


@record
class Barred:
    """不得参评."""

    span: Span


@record
class Alert:
    """预警: words on the output that change no score."""

    text: str
    span: Span


@record
class TotalLimit:
    """总分 不高于, or 总分 不低于 (`lowest`)."""

    lowest: bool
    points: Expr
    span: Span


@record
class TotalGives:
    """总分 得: takes the place of what the items add up to."""

    points: Expr
    span: Span


@record
class GradeLimit:
    """等级 不高于."""

    name: Word
    span: Span


@record
class GradeSettled:
    """等级 定为."""

    name: Word
    span: Span


@record
class GradeLowered:
    """等级 降一级."""

    span: Span


TotalEffect = TotalLimit | TotalGives | GradeLimit | GradeLowered | GradeSettled | Barred
Effect = TotalEffect | Veto | Alert
