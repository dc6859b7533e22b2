"""What a test supposes and expects."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.expressions import Expr, Word


@record
class GivenValue:
    """给定; several values are those of the members of a 汇总, in their order."""

    name: Word
    values: tuple[Expr, ...]
    span: Span


@record
class ExpectScore:
    name: Word
    value: Expr
    span: Span


@record
class ExpectTotal:
    value: Expr
    span: Span


@record
class ExpectGrade:
    name: Word
    span: Span


@record
class ExpectValue:
    """期望 … =: the value of a 结果应用."""

    name: Word
    value: Expr
    span: Span


@record
class ExpectNothing:
    """期望 … 不适用."""

    name: Word
    span: Span


@record
class ExpectAlert:
    text: str
    span: Span


@record
class ExpectBarred:
    span: Span
