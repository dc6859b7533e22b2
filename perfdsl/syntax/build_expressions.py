"""From Lark's tree to the expressions of `tree`.  One method a rule of `grammar/perfdsl.lark`."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from lark import Token

from perfdsl.quantity import Quantity, of, parse_number
from perfdsl.record import changed
from perfdsl.source import Source, Span
from perfdsl.syntax import tree as t
from perfdsl.units import PURE, unit_of

SIGNS = {"EQUAL": "=", "UNEQUAL": "≠", "GREATER_EQUAL": "≥", "LESS_EQUAL": "≤", "GREATER": ">", "LESS": "<",
          "PLUS": "+", "MINUS": "−", "TIMES": "×", "DIVIDE": "÷", "AT_LEAST": "≥", "AT_MOST": "≤"}


class BadNumberError(Exception):
    """A number whose commas do not part it by threes; `span` says where."""

    def __init__(self, span: Span) -> None:
        super().__init__(span.text)
        self.span = span


class ExpressionBuilder:
    """Builds the names, numbers and expressions of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def _build(self, node: Any) -> Any:
        if isinstance(node, Token):
            return node
        children = [child if isinstance(child, Token) else self._build(child) for child in node.children]
        return getattr(self, _method_name(node.data))(children)

    def _at(self, c: list[Any]) -> Span:
        first, last = c[0], c[-1]
        start = first.start_pos if isinstance(first, Token) else first.span.start
        end = last.end_pos if isinstance(last, Token) else last.span.end
        return Span(self.source, start or 0, end or 0)

    # ---- names, numbers, expressions

    def _name(self, c: list[Any]) -> t.Word:
        quoted = c[0].type == "QUOTED"
        return t.Word(c[0][1:-1].strip() if quoted else str(c[0]), quoted, self._at(c))

    _reference = _name

    def _only(self, c: list[Any]) -> Any:
        return c[0]

    _unit = _comparator = _level = _kind = _outside = _combiner = _only

    def _quantity(self, c: list[Any]) -> t.Literal:
        value = _amount(str(c[0]), str(c[1]) if len(c) > 1 else "")
        if value is None:
            raise BadNumberError(self._at(c[:1]))
        return t.Literal(value, self._at(c))

    def _date(self, c: list[Any]) -> t.DateLiteral:
        return t.DateLiteral(str(c[0]), self._at(c))

    def _negative(self, c: list[Any]) -> t.Expr:
        if isinstance(c[1], t.Literal):
            return t.Literal(Quantity(-c[1].value.amount, c[1].value.unit), self._at(c))
        return t.Binary("−", t.Literal(of(0), self._at(c[:1])), c[1], self._at(c))

    def _binary(self, c: list[Any]) -> t.Binary:
        return t.Binary(SIGNS[c[1].type], c[0], c[2], self._at(c))

    def _grouped(self, c: list[Any]) -> Any:
        """What stands in parentheses; a sum or a condition is shown with them."""
        inner = c[1]
        return changed(inner, span=self._at(c)) if isinstance(inner, t.Binary | t.Compare | t.Junction) else inner

    def _arguments(self, c: list[Any]) -> list[Any]:
        """Arguments between their parentheses."""
        return [x if isinstance(x, t.Argument | Token) else t.Argument("", x, x.span) for x in c]

    def _named(self, c: list[Any]) -> t.Argument:
        return t.Argument(str(c[0]), c[2], self._at(c))

    def _call(self, c: list[Any]) -> t.Call:
        return t.Call(self._name(c[:1]), within(c[1]), self._at([c[0], c[1][-1]]))

    def _compare(self, c: list[Any]) -> t.Compare:
        return t.Compare(tuple(c[::2]), tuple(SIGNS[op.type] for op in c[1::2]), self._at(c))

    def _either(self, c: list[Any]) -> t.Condition:
        parts = tuple(x for x in c if not isinstance(x, Token))
        return parts[0] if len(parts) == 1 else t.Junction("或", parts, self._at(c))

    def _both(self, c: list[Any]) -> t.Condition:
        parts = tuple(x for x in c if not isinstance(x, Token))
        return parts[0] if len(parts) == 1 else t.Junction("且", parts, self._at(c))


@lru_cache(maxsize=4096)
def _amount(number: str, symbol: str) -> Quantity | None:
    """The quantity of a number and a unit as written; None where the number's commas are wrong."""
    amount, unit = parse_number(number), unit_of(symbol) if symbol else PURE
    assert unit is not None  # the UNIT terminal is written from the same table
    return None if amount is None else of(amount, unit)


@cache
def _method_name(rule: str) -> str:
    return f"_{rule}"


def within(arguments: list[Any]) -> tuple[t.Argument, ...]:
    return tuple(x for x in arguments if isinstance(x, t.Argument))
