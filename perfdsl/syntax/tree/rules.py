"""How a score comes about."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.effects import Effect
from perfdsl.syntax.tree.expressions import Condition, DateLiteral, Expr, Literal, Word
from perfdsl.syntax.tree.facts import Target, Weight

EVALUATION_DAY = "评价基准日"
"""The day that a period looks at: a datum where the ruleset declares it, else the last day of its year."""


@record
class Period:
    """自 … 起 至 … 止: the days, both included, between which what follows holds; None for an open end."""

    first: DateLiteral | None
    last: DateLiteral | None
    span: Span


@record
class LetIs:
    """令; `period` is when it holds, `condition` the same as a condition (None: always)."""

    name: Word
    value: Expr
    span: Span
    period: Period | None = None
    condition: Condition | None = None


@record
class Gives:
    """得: the points."""

    value: Expr
    span: Span


@record
class RangeBound:
    """An end of an interval; `included` None where it was not said."""

    value: Expr
    included: bool | None
    span: Span


@record
class Judge:
    """评分: an officer's score in an interval."""

    low: RangeBound
    high: RangeBound
    reason_due: bool
    span: Span


@record
class GivesNothing:
    """不适用, as the result of a case."""

    span: Span


@record
class Directly:
    """直接得, 不扣分: the score whatever steps and adjustments would make of it."""

    value: Expr
    span: Span


Result = Gives | Judge | GivesNothing


@record
class Adjustment:
    """扣 2分, 加 1分: taken off or added once."""

    deducts: bool
    points: Expr
    span: Span


@record
class Listed:
    """具备 「…」 得 1分, 缺少 「…」 扣 1分: `kind` and `verb` are names of terminals."""

    kind: str
    name: Word
    verb: str
    points: Expr
    span: Span


@record
class When:
    """当 … and what then holds: points, an adjustment, an effect, a target or a weight.

    `period` where it is said by 自 … 起 or 至 … 止; the condition says so too.  `alone`: there is no other condition.
    """

    condition: Condition
    result: Result | Directly | Adjustment | Effect | Target | Weight
    span: Span
    period: Period | None = None
    alone: bool = False


@record
class Otherwise:
    result: Result
    span: Span


@record
class RowCompared:
    """A band open on one side: `≥ 90% 得 5分`."""

    op: str
    value: Expr
    result: Result
    span: Span


@record
class RowBetween:
    """A band: `80%（含）至 90%（不含） 得 4分`."""

    low: RangeBound
    high: RangeBound
    result: Result
    span: Span


@record
class RowExact:
    """A point: an anchor of 插值, or a band of one value."""

    value: Expr
    result: Result
    span: Span


@record
class Along:
    """按 … 分档 or 插值: what the rows below compare."""

    subject: Expr
    interpolate: bool
    span: Span


@record
class Tier:
    """定性: a verdict and the interval of its score."""

    verdict: Word
    judge: Judge
    span: Span


@record
class Step:
    """每…扣/加; `kind` is the name of the keyword's terminal, `counted` the datum that is counted."""

    kind: str
    size: Literal
    counted: Word | None
    deducts: bool
    points: Expr
    span: Span


@record
class Exhaust:
    """扣完为止."""

    span: Span


@record
class PartStep:
    """不足一步; `rounding` is the name of the keyword's terminal."""

    rounding: str
    span: Span


@record
class StepLimit:
    """最多扣 / 最多加."""

    deducts: bool
    points: Expr
    span: Span


@record
class Limit:
    """最低得 / 最高得."""

    lowest: bool
    points: Expr
    span: Span


@record
class Reason:
    """须说明理由, of the judgement above it."""

    span: Span
