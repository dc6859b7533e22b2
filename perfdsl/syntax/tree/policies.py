"""What a ruleset declares once."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.expressions import Condition, Expr, Literal, Word


@record
class Year:
    year: int
    span: Span


@record
class Edition:
    """语言版: the edition of the language that the file is written in."""

    number: int
    span: Span


@record
class Version:
    text: str
    span: Span


@record
class Basis:
    """依据: the articles a block rests on."""

    texts: tuple[str, ...]
    span: Span


@record
class Note:
    texts: tuple[str, ...]
    span: Span


@record
class Quote:
    """引用: a library ruleset whose methods may be used."""

    name: Word
    year: int | None
    span: Span


@record
class Extends:
    """沿用: the ruleset that this one starts from."""

    name: Word
    year: int | None
    span: Span


@record
class DeclaredTotal:
    value: Literal
    span: Span


@record
class Accept:
    """接受 分值合计: a sum of weights other than the declared total is meant."""

    value: Literal
    span: Span


@record
class GradeBasis:
    """等级依据; `unrounded` for 取舍前总分."""

    unrounded: bool
    span: Span


@record
class GradeLine:
    """等级; `joined` is 且 or 或 before a further `condition`, empty where there is none."""

    name: Word
    op: str
    bound: Literal
    joined: str
    condition: Condition | None
    span: Span


@record
class RoundingOf:
    """取舍; `places` None for 不取舍; `mode` is the name of the keyword's terminal."""

    items: bool
    places: int | None
    mode: str
    span: Span


@record
class NotApplicablePolicy:
    """不适用; `policy` is the name of the keyword's terminal, `points` those of 不适用 得 …."""

    policy: str
    points: Expr | None
    span: Span


@record
class ReasonDueWhen:
    """偏差 … 须说明原因; `threshold` None for 未得满分."""

    threshold: Literal | None
    inclusive: bool
    span: Span


@record
class TotalUncapped:
    """总分 不封顶."""

    span: Span


@record
class OutsideLimit:
    """加分项合计 最多加, 减分项合计 最多扣."""

    adds: bool
    points: Expr
    span: Span
