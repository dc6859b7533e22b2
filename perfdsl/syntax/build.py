"""From Lark's tree of one clause to the classes of `tree`.  One method a rule of `grammar/perfdsl.lark`."""

from __future__ import annotations

from typing import Any

from lark import Token, Tree

from perfdsl.quantity import parse_number
from perfdsl.record import changed
from perfdsl.syntax import tree as t
from perfdsl.syntax.build_expressions import SIGNS, BadNumberError, within
from perfdsl.syntax.build_rules import RuleBuilder


class Builder(RuleBuilder):
    """Builds the clauses of one source."""

    def clause(self, node: Tree[Token]) -> t.Clause:
        """Raises BadNumberError."""
        built: t.Clause = self._build(node)
        return built

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
        return [x for x in c if isinstance(x, t.Word)]

    def _group(self, c: list[Any]) -> t.GroupHead:
        weight = next((x for x in c if isinstance(x, t.Literal)), None)
        return t.GroupHead(int(c[0].type[-1]), c[1], weight, self._at(c), self._into(c))

    def _into(self, c: list[Any]) -> t.Word | None:
        """The name behind 归入."""
        return c[-1] if isinstance(c[-2], Token) and c[-2].type == "INTO" else None

    def _outside_item(self, c: list[Any]) -> t.OutsideHead:
        return t.OutsideHead(c[0].type == "BONUS", c[1], self._at(c))

    def _application(self, c: list[Any]) -> t.ApplicationHead:
        return t.ApplicationHead(c[1], str(c[2]) if len(c) > 2 else "", self._at(c))

    def _part(self, c: list[Any]) -> t.PartHead:
        return t.PartHead(c[1], c[2] if len(c) > 2 else None, self._at(c))

    def _test(self, c: list[Any]) -> t.TestHead:
        return t.TestHead(c[1], self._at(c))

    def _modify(self, c: list[Any]) -> t.Edit:
        weight = next((x for x in c if isinstance(x, t.Literal)), None)
        return t.Edit(c[0].type, c[1].type, c[2], weight, self._into(c), None, self._at(c))

    def _edit_data(self, c: list[Any]) -> t.Edit:
        return t.Edit(c[0].type, "DATA", c[2], None, None, self._data(c[1:]), self._at(c[:3]))

    def _edit_method(self, c: list[Any]) -> t.Edit:
        return t.Edit(c[0].type, "METHOD", c[2], None, None, self._method(c[1:]), self._at(c[:3]))

    def _edit_application(self, c: list[Any]) -> t.Edit:
        return t.Edit(c[0].type, "APPLICATION", c[2], None, None, self._application(c[1:]), self._at(c[:3]))

    _remove = _edit_outside = _modify
    _insert = _modify

    # ---- what a ruleset declares

    def _year(self, c: list[Any]) -> t.Year:
        if len(c) > 2 and str(c[2]) != "年":
            raise BadNumberError(self._at(c[1:]))
        return t.Year(self._whole(c[1]), self._at(c))

    def _whole(self, token: Token) -> int:
        number = parse_number(token)
        if number is None or number.denominator != 1 or number > 9999:
            raise BadNumberError(self._at([token]))
        return int(number)

    def _edition(self, c: list[Any]) -> t.Edition:
        return t.Edition(self._whole(c[1]), self._at(c))

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
        joined = {"AND": "且", "OR": "或"}[c[4].type] if len(c) > 4 else ""
        return t.GradeLine(c[1], SIGNS[c[2].type], c[3], joined, c[5] if joined else None, self._at(c))

    def _grade_plain(self, c: list[Any]) -> t.GradeLine:
        return changed(self._grade([c[0], c[1], c[3], c[2], *c[4:]]), span=self._at(c))

    def _total_uncapped(self, c: list[Any]) -> t.TotalUncapped:
        return t.TotalUncapped(self._at(c))

    def _outside_limit(self, c: list[Any]) -> t.OutsideLimit:
        return t.OutsideLimit(c[0].type == "BONUS_SUM", c[2], self._at(c))

    def _rounding(self, c: list[Any]) -> t.RoundingOf:
        words, whole = c[2], self._at([c[0], c[2][-1]])
        items = c[1].type == "ITEM_SCORES"
        if words[0].type == "NO_ROUNDING":
            return t.RoundingOf(items, None, "HALF_UP", whole)
        return t.RoundingOf(items, self._whole(words[1]), words[3].type, whole)

    def _precision(self, c: list[Any]) -> list[Any]:
        return c

    def _not_applicable(self, c: list[Any]) -> t.NotApplicablePolicy:
        said = c[1]
        return t.NotApplicablePolicy(said[0].type, said[1] if len(said) > 1 else None, self._at([c[0], said[-1]]))

    def _na_policy(self, c: list[Any]) -> list[Any]:
        return c

    def _reason_due(self, c: list[Any]) -> t.ReasonDueWhen:
        threshold = c[2] if isinstance(c[2], t.Literal) else None
        return t.ReasonDueWhen(threshold, c[1].type != "EXCEEDS", self._at(c))

    # ---- what an indicator declares

    def _weight(self, c: list[Any]) -> t.Weight:
        return t.Weight(c[1], self._at(c))

    def _target(self, c: list[Any]) -> t.Target:
        target: t.Target = c[1]
        return changed(target, span=self._at(c))

    def _target_bound(self, c: list[Any]) -> t.TargetBound:
        return t.TargetBound(SIGNS[c[0].type], c[1], self._at(c))

    def _target_plain(self, c: list[Any]) -> t.TargetBound:
        return t.TargetBound(SIGNS[c[1].type] if len(c) > 1 else "", c[0], self._at(c))

    def _target_date(self, c: list[Any]) -> t.TargetDate:
        return t.TargetDate(self._date(c[:1]), self._at(c))

    def _target_outcome(self, c: list[Any]) -> t.TargetWords:
        return t.TargetWords(self._name(c), self._at(c))

    def _scored_by(self, c: list[Any]) -> t.ScoredBy:
        return t.ScoredBy(c[1], within(c[2]) if len(c) > 2 else (), self._at([c[0], c[2][-1] if len(c) > 2 else c[1]]))

    def _combine(self, c: list[Any]) -> t.Combine:
        return t.Combine(c[1].type, self._at(c))

    def _actual(self, c: list[Any]) -> t.ActualIs:
        return t.ActualIs(c[2], self._at(c))

    def _scale(self, c: list[Any]) -> t.Scale:
        return t.Scale(c[1], self._at(c))

    def _share(self, c: list[Any]) -> t.Share:
        return t.Share(c[1], self._at(c))

    def _add_up(self, c: list[Any]) -> t.AddUp:
        return t.AddUp(self._at(c))

    def _average_by(self, c: list[Any]) -> t.AverageBy:
        by = next((x for x in c if isinstance(x, t.Word)), None)
        return t.AverageBy(by, c[1].type == "SCORES", self._at(c))

    def _unbounded(self, c: list[Any]) -> t.Unbounded:
        return t.Unbounded(c[0].type == "UNCAPPED", self._at(c))

    # ---- tests

    def _given(self, c: list[Any]) -> t.GivenValue:
        return t.GivenValue(c[1], tuple(c[3::2]), self._at(c))

    def _expect_score(self, c: list[Any]) -> t.ExpectScore:
        return t.ExpectScore(c[1], c[3], self._at(c))

    def _expect_total(self, c: list[Any]) -> t.ExpectTotal:
        return t.ExpectTotal(c[1], self._at(c))

    def _expect_grade(self, c: list[Any]) -> t.ExpectGrade:
        return t.ExpectGrade(c[1], self._at(c))

    def _expect_value(self, c: list[Any]) -> t.ExpectValue:
        return t.ExpectValue(c[1], c[3], self._at(c))

    def _expect_nothing(self, c: list[Any]) -> t.ExpectNothing:
        return t.ExpectNothing(c[1], self._at(c))

    def _expect_alert(self, c: list[Any]) -> t.ExpectAlert:
        return t.ExpectAlert(str(c[1])[1:-1], self._at(c))

    def _expect_barred(self, c: list[Any]) -> t.ExpectBarred:
        return t.ExpectBarred(self._at(c))
