"""Expressions and conditions as written."""

from __future__ import annotations

from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.source import Span


@record
class Literal:
    """A number with or without a unit."""

    value: Quantity
    span: Span


@record
class DateLiteral:
    """A date as written: `2023-12-31`, `12月底` (of the ruleset's year)."""

    text: str
    span: Span


@record
class Word:
    """A name, or words in quotes; `text` is without the quotes."""

    text: str
    quoted: bool
    span: Span


@record
class Call:
    """A function of the language applied to arguments: `最小（甲，乙）`."""

    function: Word
    arguments: tuple[Argument, ...]
    span: Span


@record
class Argument:
    """An argument; `name` is empty where it goes by its place."""

    name: str
    value: Expr
    span: Span


@record
class Binary:
    """op is one of + − × ÷."""

    op: str
    left: Expr
    right: Expr
    span: Span


@record
class Compare:
    """`first` op `second`, and where three are chained, `second` op2 `third`."""

    sides: tuple[Expr, ...]
    ops: tuple[str, ...]
    span: Span


@record
class Junction:
    """Conditions joined by 且 or 或."""

    op: str
    parts: tuple[Condition, ...]
    span: Span


Expr = Literal | DateLiteral | Word | Call | Binary
Condition = Compare | Junction
