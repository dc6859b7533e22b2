"""What an indicator, a part or a group declares."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.expressions import Argument, DateLiteral, Expr, Literal, Word


@record
class Weight:
    value: Literal
    span: Span


@record
class TargetBound:
    """目标; `op` is empty where no direction was written (20家)."""

    op: str
    value: Expr
    span: Span


@record
class TargetDate:
    day: DateLiteral
    span: Span


@record
class TargetWords:
    words: Word
    span: Span


Target = TargetBound | TargetDate | TargetWords


@record
class ScoredBy:
    method: Word
    arguments: tuple[Argument, ...]
    span: Span


@record
class Combine:
    """合成; `combiner` is the name of the keyword's terminal."""

    combiner: str
    span: Span


@record
class ActualIs:
    value: Expr
    span: Span


@record
class Scale:
    """满分: what is under this group adds up to this, whatever the group counts in the total."""

    value: Literal
    span: Span


@record
class Share:
    """占: the share of its 满分 that a group counts in the total."""

    value: Literal
    span: Span


@record
class AddUp:
    """汇总 累加."""

    span: Span


@record
class AverageBy:
    """汇总 按 … 加权, 汇总 平均 (`by` None); `scores`: each member's score is averaged, not its value."""

    by: Word | None
    scores: bool
    span: Span


@record
class Unbounded:
    """不封顶 (`top`) or 可得负分."""

    top: bool
    span: Span
