"""From Lark's tree of one clause to the classes of `tree`.  One method a rule of `grammar/perfdsl.lark`."""

from __future__ import annotations

from typing import Any

import attrs
from lark import Token, Tree

from perfdsl.quantity import Quantity, of, parse_number
from perfdsl.source import Source, Span
from perfdsl.syntax import tree as t
from perfdsl.units import PURE, unit_of

_SIGNS = {"EQUAL": "=", "UNEQUAL": "≠", "GREATER_EQUAL": "≥", "LESS_EQUAL": "≤", "GREATER": ">", "LESS": "<",
          "PLUS": "+", "MINUS": "−", "TIMES": "×", "DIVIDE": "÷", "AT_LEAST": "≥", "AT_MOST": "≤"}


class BadNumberError(Exception):
    """A number whose commas do not part it by threes; `span` says where."""

    def __init__(self, span: Span) -> None:
        super().__init__(span.text)
        self.span = span


class Builder:
    """Builds the clauses of one source."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def clause(self, node: Tree[Token]) -> t.Clause:
        """Raises BadNumberError."""
        built: t.Clause = self._build(node)
        return built

    def _build(self, node: Any) -> Any:
        if isinstance(node, Token):
            return node
        return getattr(self, f"_{node.data}")([self._build(child) for child in node.children])

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

    _unit = _comparator = _level = _kind = _na_policy = _combiner = _only

    def _quantity(self, c: list[Any]) -> t.Literal:
        number = parse_number(c[0])
        if number is None:
            raise BadNumberError(self._at(c[:1]))
        unit = unit_of(c[1]) if len(c) > 1 else PURE
        assert unit is not None  # the UNIT terminal is written from the same table
        return t.Literal(of(number, unit), self._at(c))

    def _date(self, c: list[Any]) -> t.DateLiteral:
        return t.DateLiteral(str(c[0]), self._at(c))

    def _negative(self, c: list[Any]) -> t.Expr:
        if isinstance(c[1], t.Literal):
            return t.Literal(Quantity(-c[1].value.amount, c[1].value.unit), self._at(c))
        return t.Binary("−", t.Literal(of(0), self._at(c[:1])), c[1], self._at(c))

    def _binary(self, c: list[Any]) -> t.Binary:
        return t.Binary(_SIGNS[c[1].type], c[0], c[2], self._at(c))

    def _grouped(self, c: list[Any]) -> Any:
        return c[1]

    def _arguments(self, c: list[Any]) -> list[Any]:
        """Arguments between their parentheses."""
        return [x if isinstance(x, t.Argument | Token) else t.Argument("", x, x.span) for x in c]

    def _named(self, c: list[Any]) -> t.Argument:
        return t.Argument(str(c[0]), c[2], self._at(c))

    def _call(self, c: list[Any]) -> t.Call:
        return t.Call(self._name(c[:1]), _within(c[1]), self._at([c[0], c[1][-1]]))

    def _compare(self, c: list[Any]) -> t.Compare:
        return t.Compare(tuple(c[::2]), tuple(_SIGNS[op.type] for op in c[1::2]), self._at(c))

    def _either(self, c: list[Any]) -> t.Condition:
        parts = tuple(x for x in c if not isinstance(x, Token))
        return parts[0] if len(parts) == 1 else t.Junction("或", parts, self._at(c))

    def _both(self, c: list[Any]) -> t.Condition:
        parts = tuple(x for x in c if not isinstance(x, Token))
        return parts[0] if len(parts) == 1 else t.Junction("且", parts, self._at(c))

    # ---- headings

    def _ruleset(self, c: list[Any]) -> t.RulesetHead:
        return t.RulesetHead(c[1], self._at(c))

    def _method(self, c: list[Any]) -> t.MethodHead:
        return t.MethodHead(c[1], tuple(c[2]) if len(c) > 2 else (), self._at(c[:2]))

    def _parameters(self, c: list[Any]) -> list[Any]:
        return [x for x in c if isinstance(x, t.ParameterWritten)]

    def _parameter(self, c: list[Any]) -> t.ParameterWritten:
        return t.ParameterWritten(self._name(c[:1]), c[2] if len(c) > 2 else None, self._at(c))

    def _data(self, c: list[Any]) -> t.DataHead:
        kind, options = "", ()
        if len(c) > 2 and isinstance(c[2], Token):
            kind = str(c[2]) if c[2].type == "UNIT" else c[2].type
        elif len(c) > 2:
            options = tuple(c[2])
        return t.DataHead(c[1], kind, options, self._at(c[:2]))

    def _options(self, c: list[Any]) -> list[t.Word]:
        return [self._name([x]) for x in c if x.type == "NAME"]

    def _group(self, c: list[Any]) -> t.GroupHead:
        return t.GroupHead(int(c[0].type[-1]), c[1], c[2] if len(c) > 2 else None, self._at(c))

    def _part(self, c: list[Any]) -> t.PartHead:
        return t.PartHead(c[1], c[2] if len(c) > 2 else None, self._at(c))

    def _test(self, c: list[Any]) -> t.TestHead:
        return t.TestHead(c[1], self._at(c))

    def _modify(self, c: list[Any]) -> t.Edit:
        weight = next((x for x in c if isinstance(x, t.Literal)), None)
        into = c[-1] if isinstance(c[-2], Token) and c[-2].type == "INTO" else None
        return t.Edit(c[0].type, c[1].type, c[2], weight, into, self._at(c))

    _remove = _modify
    _insert = _modify

    # ---- what a ruleset declares

    def _year(self, c: list[Any]) -> t.Year:
        return t.Year(self._whole(c[1]), self._at(c))

    def _whole(self, token: Token) -> int:
        number = parse_number(token)
        if number is None or number.denominator != 1 or number > 9999:
            raise BadNumberError(self._at([token]))
        return int(number)

    def _version(self, c: list[Any]) -> t.Version:
        return t.Version(c[1].text if isinstance(c[1], t.Word) else str(c[1]), self._at(c))

    def _basis(self, c: list[Any]) -> t.Basis:
        return t.Basis(tuple(str(x)[1:-1] for x in c[1:]), self._at(c))

    def _note(self, c: list[Any]) -> t.Note:
        return t.Note(tuple(str(x)[1:-1] for x in c[1:]), self._at(c))

    def _quote(self, c: list[Any]) -> t.Quote:
        return t.Quote(c[1], self._whole(c[2]) if len(c) > 2 else None, self._at(c))

    def _extends(self, c: list[Any]) -> t.Extends:
        return t.Extends(c[1], self._whole(c[2]) if len(c) > 2 else None, self._at(c))

    def _declared_total(self, c: list[Any]) -> t.DeclaredTotal:
        return t.DeclaredTotal(c[1], self._at(c))

    def _accept(self, c: list[Any]) -> t.Accept:
        return t.Accept(c[2], self._at(c))

    def _grade_basis(self, c: list[Any]) -> t.GradeBasis:
        return t.GradeBasis(c[1].type == "UNROUNDED", self._at(c))

    def _grade(self, c: list[Any]) -> t.GradeLine:
        return t.GradeLine(c[1], _SIGNS[c[2].type], c[3], self._at(c))

    def _rounding(self, c: list[Any]) -> t.RoundingOf:
        words, whole = c[2], self._at([c[0], c[2][-1]])
        items = c[1].type == "ITEM_SCORES"
        if words[0].type == "NO_ROUNDING":
            return t.RoundingOf(items, None, "HALF_UP", whole)
        return t.RoundingOf(items, self._whole(words[1]), words[3].type, whole)

    def _precision(self, c: list[Any]) -> list[Any]:
        return c

    def _not_applicable(self, c: list[Any]) -> t.NotApplicablePolicy:
        return t.NotApplicablePolicy(c[1].type, self._at(c))

    def _reason_due(self, c: list[Any]) -> t.ReasonDueWhen:
        threshold = c[2] if isinstance(c[2], t.Literal) else None
        return t.ReasonDueWhen(threshold, c[1].type != "EXCEEDS", self._at(c))

    # ---- what an indicator declares

    def _weight(self, c: list[Any]) -> t.Weight:
        return t.Weight(c[1], self._at(c))

    def _target(self, c: list[Any]) -> t.Target:
        target: t.Target = c[1]
        return attrs.evolve(target, span=self._at(c))  # type: ignore[misc]  # `record` makes attrs classes

    def _target_bound(self, c: list[Any]) -> t.TargetBound:
        return t.TargetBound(_SIGNS[c[0].type], c[1], self._at(c))

    def _target_plain(self, c: list[Any]) -> t.TargetBound:
        return t.TargetBound(_SIGNS[c[1].type] if len(c) > 1 else "", c[0], self._at(c))

    def _target_date(self, c: list[Any]) -> t.TargetDate:
        return t.TargetDate(self._date(c[:1]), self._at(c))

    def _target_outcome(self, c: list[Any]) -> t.TargetWords:
        return t.TargetWords(self._name(c), self._at(c))

    def _scored_by(self, c: list[Any]) -> t.ScoredBy:
        return t.ScoredBy(c[1], _within(c[2]) if len(c) > 2 else (), self._at([c[0], c[2][-1] if len(c) > 2 else c[1]]))

    def _combine(self, c: list[Any]) -> t.Combine:
        return t.Combine(c[1].type, self._at(c))

    def _actual(self, c: list[Any]) -> t.ActualIs:
        return t.ActualIs(c[2], self._at(c))

    # ---- how a score comes about

    def _let(self, c: list[Any]) -> t.LetIs:
        return t.LetIs(c[1], c[3], self._at(c))

    def _gives(self, c: list[Any]) -> t.Gives:
        return t.Gives(c[1], self._at(c))

    def _judgement(self, c: list[Any]) -> t.Judge:
        due = isinstance(c[-1], Token) and c[-1].type == "REASON_DUE"
        return t.Judge(c[1], c[3], due, self._at(c))

    def _range_bound(self, c: list[Any]) -> t.RangeBound:
        return t.RangeBound(c[0], c[1].type == "INCLUDED" if len(c) > 1 else None, self._at(c))

    _bound = _range_bound

    def _when(self, c: list[Any]) -> t.When:
        return t.When(c[1], c[-1], self._at(c))

    def _otherwise(self, c: list[Any]) -> t.Otherwise:
        return t.Otherwise(c[1], self._at(c))

    def _row_compared(self, c: list[Any]) -> t.RowCompared:
        return t.RowCompared(_SIGNS[c[0].type], c[1], c[2], self._at(c))

    def _row_between(self, c: list[Any]) -> t.RowBetween:
        return t.RowBetween(c[0], c[2], c[3], self._at(c))

    def _row_exact(self, c: list[Any]) -> t.RowExact:
        return t.RowExact(c[0], c[1], self._at(c))

    def _along(self, c: list[Any]) -> t.Along:
        return t.Along(c[1], c[2].type == "INTERPOLATE", self._at(c))

    def _tier(self, c: list[Any]) -> t.Tier:
        return t.Tier(c[1], c[2], self._at(c))

    def _step(self, c: list[Any]) -> t.Step:
        counted = self._name([c[2]]) if c[2].type == "QUOTED" else None
        return t.Step(c[0].type, c[1], counted, c[-2].type == "DEDUCT", c[-1], self._at(c))

    def _step_named(self, c: list[Any]) -> t.Step:
        return t.Step(c[0].type, c[2], c[1], c[3].type == "DEDUCT", c[4], self._at(c))

    def _exhaust(self, c: list[Any]) -> t.Exhaust:
        return t.Exhaust(self._at(c))

    def _part_step(self, c: list[Any]) -> t.PartStep:
        return t.PartStep(c[1].type, self._at(c))

    def _step_limit(self, c: list[Any]) -> t.StepLimit:
        return t.StepLimit(c[0].type == "MOST_DEDUCT", c[1], self._at(c))

    def _limit(self, c: list[Any]) -> t.Limit:
        return t.Limit(c[0].type == "LOWEST", c[1], self._at(c))

    def _reason(self, c: list[Any]) -> t.Reason:
        return t.Reason(self._at(c))

    # ---- tests

    def _given(self, c: list[Any]) -> t.GivenValue:
        return t.GivenValue(c[1], c[3], self._at(c))

    def _expect_score(self, c: list[Any]) -> t.ExpectScore:
        return t.ExpectScore(c[1], c[3], self._at(c))

    def _expect_total(self, c: list[Any]) -> t.ExpectTotal:
        return t.ExpectTotal(c[1], self._at(c))

    def _expect_grade(self, c: list[Any]) -> t.ExpectGrade:
        return t.ExpectGrade(c[1], self._at(c))


def _within(arguments: list[Any]) -> tuple[t.Argument, ...]:
    return tuple(x for x in arguments if isinstance(x, t.Argument))
