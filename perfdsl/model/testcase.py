"""What a 测试 supposes and expects."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from perfdsl.model.kernel import Expr
from perfdsl.record import record
from perfdsl.source import Span


@record
class Given:
    """A value that a test supposes; `path` is the full name of an indicator, part or datum.

    Several values are those of the members of a 汇总.  `chosen`: the officer's score of the indicator, not its actual value.
    """

    path: str
    values: tuple[Expr, ...]
    chosen: bool
    span: Span


class What(StrEnum):
    """What a test can expect: a score, 不适用, the total, the grade, the value of a 结果应用, an alert, 不得参评."""

    SCORE = "得分"
    NOTHING = "不适用"
    TOTAL = "总分"
    GRADE = "等级"
    VALUE = "结果应用"
    ALERT = "预警"
    BARRED = "不得参评"


@record
class Expectation:
    """What a test expects of `path` (an indicator; a 结果应用; empty for the whole): see `What`."""

    what: What
    path: str
    score: Fraction | None
    words: str
    span: Span


@record
class Test:
    """A test block."""

    __test__ = False
    name: str
    given: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    span: Span
