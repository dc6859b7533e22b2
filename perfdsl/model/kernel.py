"""The kernel: everything that a rule can say, after rewriting.

Each reader (the interpreter, the unit check, the explanation …) is one function per node here
and ends in `assert_never`, so that a node which a reader forgets is a type error.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from perfdsl.quantity import Quantity, Rounding
from perfdsl.record import record
from perfdsl.source import Span

ITEM_NAMES = ("分值", "实际值", "目标值", "完成率")
"""What a rule may use of the item that it scores."""


class Comparator(StrEnum):
    """The six comparisons, in the sign that messages show."""

    EQ = "="
    NE = "≠"
    GE = "≥"
    LE = "≤"
    GT = ">"
    LT = "<"

    @property
    def flipped(self) -> Comparator:
        """The comparison with its sides exchanged: a ≥ b is b ≤ a."""
        return {"≥": Comparator.LE, "≤": Comparator.GE, ">": Comparator.LT, "<": Comparator.GT}.get(self.value, self)


class StepRounding(StrEnum):
    """What a step that is not full counts (2.5 steps: 2, 2.5 or 3)."""

    DROP = "舍去"
    SHARE = "按比例"
    FULL = "进一"


@record
class Number:
    """A quantity as written."""

    value: Quantity
    span: Span


@record
class Word:
    """A wanted outcome or an option of a datum."""

    text: str
    span: Span


@record
class Day:
    """A date."""

    value: date
    span: Span


@record
class Name:
    """A datum, a parameter, a 令, or one of 分值 实际值 目标值 完成率."""

    name: str
    span: Span


@record
class Arithmetic:
    """`left` op `right`, op one of + − × ÷; exact.  A zero divisor gives no value but a fault."""

    op: str
    left: Expr
    right: Expr
    span: Span


@record
class Comparison:
    """`left` op `right`, true or false; both sides of one dimension, or two texts, or two dates."""

    op: Comparator
    left: Expr
    right: Expr
    span: Span


@record
class Logic:
    """All of (`且`) or any of (`或`) the operands; `非` of the only one."""

    op: str
    operands: tuple[Condition, ...]
    span: Span


@record
class Case:
    """One line of a case list."""

    condition: Condition
    value: Expr
    span: Span


@record
class Choice:
    """The value of the first case whose condition holds, else `otherwise`; None where nothing was said."""

    cases: tuple[Case, ...]
    otherwise: Expr | None
    span: Span


@record
class Extreme:
    """The least (`min`) or greatest (`max`) of the operands."""

    op: str
    operands: tuple[Expr, ...]
    span: Span


@record
class Steps:
    """How many steps of `size` lie in `amount`, not below 0.

    Where `size` is a percentage and `amount` is not a rate, the step is that share of `base`
    (每增加 1% of a target of 20 家 is 0.2 家).
    """

    amount: Expr
    size: Quantity
    base: Expr
    rounding: StepRounding
    span: Span


@record
class StepTotal:
    """Points for steps: `steps` × `each`, at most `limit`; `sign` is −1 for 扣 and +1 for 加."""

    sign: int
    steps: Steps
    each: Expr
    limit: Expr | None
    span: Span


@record
class Adjustment:
    """Points added (`sign` +1) or taken off (−1) once; only where `condition` holds, if there is one."""

    sign: int
    condition: Condition | None
    points: Expr
    span: Span


@record
class Stepped:
    """`start` with every step clause and every adjustment added or taken off."""

    start: Expr
    totals: tuple[StepTotal | Adjustment, ...]
    span: Span


@record
class Interpolation:
    """The straight line between the two anchors that enclose `at`; the outer anchors hold beyond them."""

    at: Expr
    anchors: tuple[tuple[Expr, Expr], ...]
    span: Span


@record
class Rounded:
    """The value after rounding."""

    value: Expr
    rounding: Rounding
    span: Span


@record
class Judgement:
    """An officer's score within an interval; each edge says whether it belongs."""

    low: Expr
    high: Expr
    low_closed: bool
    high_closed: bool
    reason_due: bool
    span: Span


@record
class NotCounted:
    """不适用 as a result: the item does not apply."""

    span: Span


Condition = Comparison | Logic
Expr = (Number | Word | Day | Name | Arithmetic | Choice | Extreme | Stepped | Interpolation | Rounded | Judgement
        | NotCounted)


@record
class Let:
    """A named intermediate value, shown in the explanation."""

    name: str
    value: Expr
    span: Span


@record
class Parameter:
    """What a method can be given: its name, and its default or None."""

    name: str
    default: Expr | None
    span: Span


@record
class Rule:
    """How a score comes about: the intermediate values in order, then the score.

    `actual` computes 实际值 where the rule derives it; `name` is the method's, or empty for rules
    written in the indicator itself.
    """

    name: str
    parameters: tuple[Parameter, ...]
    actual: Expr | None
    lets: tuple[Let, ...]
    score: Expr
    basis: tuple[str, ...]
    span: Span
