"""From Lark's tree to the rules of `tree`.  One method a rule of `grammar/perfdsl.lark`."""

from __future__ import annotations

from typing import Any

from lark import Token

from perfdsl.quantity import of
from perfdsl.record import changed
from perfdsl.source import Span
from perfdsl.syntax import tree as t
from perfdsl.syntax.build_expressions import SIGNS, ExpressionBuilder
from perfdsl.units import PURE, unit_of

_CARDINALS = {word: number for number, word in enumerate("一二三四五六七八九十", 1)} | {"两": 2}


def held(period: t.Period) -> t.Condition:
    """A period as a condition on the day of the evaluation."""
    today = t.Word(t.EVALUATION_DAY, False, period.span)
    ends = [t.Compare((today, day), (op,), period.span) for op, day in (("≥", period.first), ("≤", period.last)) if day]
    return ends[0] if len(ends) == 1 else t.Junction("且", tuple(ends), period.span)


class RuleBuilder(ExpressionBuilder):
    """Builds the clauses of rules, and what a condition does beside the points."""

    def _let(self, c: list[Any]) -> t.LetIs:
        return t.LetIs(c[1], c[3], self._at(c))

    def _gives(self, c: list[Any]) -> t.Gives:
        return t.Gives(c[1], self._at(c))

    def _gives_full(self, c: list[Any]) -> t.Gives:
        at = self._at(c)
        return t.Gives(t.Word("分值", False, at), at)

    def _gives_zero(self, c: list[Any]) -> t.Gives:
        at = self._at(c)
        return t.Gives(t.Literal(of(0), at), at)

    def _judgement(self, c: list[Any]) -> t.Judge:
        due = isinstance(c[-1], Token) and c[-1].type == "REASON_DUE"
        return t.Judge(c[1], c[3], due, self._at(c))

    def _range_bound(self, c: list[Any]) -> t.RangeBound:
        return t.RangeBound(c[0], c[1].type == "INCLUDED" if len(c) > 1 else None, self._at(c))

    _bound = _range_bound

    def _when(self, c: list[Any]) -> t.When:
        return t.When(c[1], c[-1], self._at(c))

    def _timed(self, c: list[Any]) -> t.When | t.LetIs:
        """自 … 起，目标 … is 当 评价基准日 ≥ …，目标 …."""
        period, said, at = c[0], c[-1], self._at(c)
        within = held(period)
        if isinstance(said, t.LetIs):
            return changed(said, span=at, period=period, condition=within)
        if isinstance(said, t.When):
            both = t.Junction("且", (within, said.condition), period.span.to(said.condition.span))
            return t.When(both, said.result, at, period)
        return t.When(within, said, at, period, True)

    def _period(self, c: list[Any]) -> t.Period:
        days = [x for x in c if isinstance(x, t.DateLiteral)]
        only_last = isinstance(c[0], Token) and c[0].type == "TO"
        return t.Period(None if only_last else days[0], days[-1] if only_last or len(days) > 1 else None, self._at(c))

    def _day(self, c: list[Any]) -> t.DateLiteral:
        return self._date(c)

    def _otherwise(self, c: list[Any]) -> t.Otherwise:
        return t.Otherwise(c[1], self._at(c))

    def _row_compared(self, c: list[Any]) -> t.RowCompared:
        return t.RowCompared(SIGNS[c[0].type], c[1], c[2], self._at(c))

    def _row_open(self, c: list[Any]) -> t.RowCompared:
        """90%以上 得 5分 is ≥ 90% 得 5分."""
        return t.RowCompared(SIGNS[c[1].type], c[0], c[2], self._at(c))

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

    def _step_counted(self, c: list[Any]) -> t.Step:
        word = Span(self.source, c[0].start_pos + 1, c[0].end_pos)
        return t.Step("EACH", c[1], t.Word(str(c[0])[1:], False, word), c[2].type == "DEDUCT", c[3], self._at(c))

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

    def _gives_nothing(self, c: list[Any]) -> t.GivesNothing:
        return t.GivesNothing(self._at(c))

    def _adjustment(self, c: list[Any]) -> t.Adjustment:
        return t.Adjustment(c[0].type == "DEDUCT", c[1], self._at(c))

    def _directly(self, c: list[Any]) -> t.Directly:
        return t.Directly(c[1], self._at(c))

    def _waived(self, c: list[Any]) -> t.Directly:
        at = self._at(c)
        return t.Directly(t.Word("分值", False, at), at)

    def _discretion(self, c: list[Any]) -> t.Judge:
        """酌情扣分: any score from 0 to 分值, with a reason."""
        at = self._at(c)
        return t.Judge(t.RangeBound(t.Literal(of(0), at), True, at), t.RangeBound(t.Word("分值", False, at), True, at), True, at)

    def _cardinal(self, c: list[Any]) -> t.Literal:
        unit = unit_of(str(c[1]))
        return t.Literal(of(_CARDINALS[str(c[0])], unit or PURE), self._at(c))

    def _listed(self, c: list[Any]) -> t.Listed:
        return t.Listed(c[0].type, c[1], c[2].type, c[3], self._at(c))

    # ---- what a condition does beside the points of a rule

    def _veto(self, c: list[Any]) -> t.Veto:
        return t.Veto(c[0].type == "VETO_GROUP", self._at(c))

    def _barred(self, c: list[Any]) -> t.Barred:
        return t.Barred(self._at(c))

    def _alert(self, c: list[Any]) -> t.Alert:
        return t.Alert(str(c[1])[1:-1], self._at(c))

    def _total_limit(self, c: list[Any]) -> t.TotalLimit:
        return t.TotalLimit(c[1].type == "GREATER_EQUAL", c[2], self._at(c))

    def _grade_lowered(self, c: list[Any]) -> t.GradeLowered:
        return t.GradeLowered(self._at(c))

    def _total_gives(self, c: list[Any]) -> t.TotalGives:
        return t.TotalGives(c[2], self._at(c))

    def _grade_limit(self, c: list[Any]) -> t.GradeLimit:
        return t.GradeLimit(c[2], self._at(c))

    def _grade_settled(self, c: list[Any]) -> t.GradeSettled:
        return t.GradeSettled(c[2], self._at(c))
