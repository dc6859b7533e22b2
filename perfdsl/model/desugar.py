"""The one place where sentences of the language become kernel nodes.

A rule is read as: cases (当, bands, 否则, 定性, 评分) give the points to start from; where there are none it starts from
分值, or from 0 where it is a list of what is to be there (具备) or an item outside the total.  Steps (每…扣, 每…加) and
adjustments (当 …，扣; 具备 … 得) take off and add, unless a 直接得 or 不扣分 comes before them; 扣完为止, 最低得 and 最高得 bound the result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.expressions import Expressions, Scope, twice
from perfdsl.model.periods import declarations, values
from perfdsl.model.readings import edges, unsaid
from perfdsl.model.steps import StepWriter, outer_limits
from perfdsl.quantity import of, score
from perfdsl.record import changed
from perfdsl.source import Span
from perfdsl.syntax import tree as t

_RULE_CLAUSES = (t.LetIs, t.Otherwise, t.RowCompared, t.RowBetween, t.RowExact, t.Along, t.Tier, t.Judge, t.Step,
                 t.Exhaust, t.PartStep, t.StepLimit, t.Limit, t.Reason, t.ActualIs, t.Listed, t.Adjustment)
_LET = re.compile(r"(?:^|[，,])\s*(?:令|let\b)", re.I)
_ELSEWHERE = "「令」写在哪个标题下就归哪个标题；要改规则集的那一条，移到「规则集」下面、别的标题前面；是另一个值的，换一个名称"
_RESULTS = (t.Gives, t.Judge, t.GivesNothing, t.Directly, t.Adjustment)


def is_rule(clause: t.Clause) -> bool:
    """Whether a clause says how a score comes about; a 当 by what it does."""
    return isinstance(clause.result, _RESULTS) if isinstance(clause, t.When) else isinstance(clause, _RULE_CLAUSES)


def desugar(name: str, parameters: Sequence[k.Parameter], clauses: Sequence[t.Clause], scope: Scope, span: Span,
            basis: tuple[str, ...], found: list[Diagnostic], outside: bool = False, plain: bool = False) -> k.Rule:
    """The rule that *clauses* write, with E1 and E2 findings added to *found*; *outside*: of an item beside the total.

    *plain*: what is given is no score but a value of any unit.
    """
    lets = [c for c in clauses if isinstance(c, t.LetIs)]
    declared_once(declarations(lets), scope.names, found)
    inner = scope.plus((c.name.text, c.span) for c in lets)
    writer = _RuleWriter(Expressions(inner, found, plain), span, found, outside)
    derived = [c for c in clauses if isinstance(c, t.ActualIs)]
    for extra in derived[1:]:
        found.append(Diagnostic("E108", "「实际值」写了两次", extra.span, "只留一处", (Note("前一次在这里", derived[0].span),)))
    actual = Expressions(scope.without_item(), found).expr(derived[0].value) if derived else None
    made_lets = values(lets, writer.to)
    return k.Rule(name, tuple(parameters), actual, made_lets, writer.score(clauses), basis, span)


def declared_once(lets: Sequence[t.LetIs], outside: Mapping[str, Span | None], found: list[Diagnostic]) -> None:
    """E103 for a 令 whose name is taken: by another, by a datum, or by the language."""
    if not lets:
        return
    seen = dict(outside)
    for let in lets:
        name = let.name.text
        first = seen.get(name)
        if first is not None:
            fault = twice("名称", name, first, let.span)
            found.append(changed(fault, hint=_ELSEWHERE) if name in outside and _LET.search(first.text) else fault)
        elif name in seen:
            found.append(Diagnostic("E103", f"「{name}」是计分规则里的固定用词，不能另作「令」", let.span, "换一个名称"))
        seen[name] = let.span


class _RuleWriter:
    """Writes the score of one rule."""

    def __init__(self, to: Expressions, span: Span, found: list[Diagnostic], outside: bool) -> None:
        self.to = to
        self.span = span
        self.found = found
        self.outside = outside
        self.subject: k.Expr = k.Name("实际值", span)

    def score(self, clauses: Sequence[t.Clause]) -> k.Expr:
        start = self._start(clauses)
        totals = StepWriter(self.to, self.found, self.outside).totals(clauses)
        result: k.Expr = k.Stepped(start, totals, totals[0].span) if totals else start
        direct = tuple(k.Case(self.to.condition(c.condition), self.to.points(c.result.value), c.span)
                       for c in clauses if isinstance(c, t.When) and isinstance(c.result, t.Directly))
        result = k.Choice(direct, result, direct[0].span) if direct else result
        return self._bounded(result, clauses)

    # ---- where the points start

    def _start(self, clauses: Sequence[t.Clause]) -> k.Expr:
        anchors = self._anchors(clauses)
        if anchors is not None:
            self._only_points(clauses)
            return anchors
        self._one_end(clauses)
        cases = [case for c in clauses if (case := self._case(c, clauses)) is not None]
        last = next((c for c in clauses if isinstance(c, t.Otherwise)), None)
        judge = next((c for c in clauses if isinstance(c, t.Judge)), None)
        otherwise = self._result(last.result, clauses) if last else self._judgement(judge, clauses) if judge else None
        if cases:
            return k.Choice(tuple(cases), otherwise, self.span)
        if otherwise is None and self.to.plain:
            return k.Number(of(0), self.span)
        if otherwise is None and (self.outside or any(isinstance(c, t.Listed) and c.verb == "GIVES" for c in clauses)):
            return k.Number(score(0), self.span)
        return otherwise or k.Name("分值", self.span)

    def _one_end(self, clauses: Sequence[t.Clause]) -> None:
        """E108: a list has one 否则, or one 评分 in its place."""
        ends = [c for c in clauses if isinstance(c, t.Otherwise | t.Judge)]
        for extra in ends[1:]:
            self.found.append(Diagnostic("E108", f"「{extra.span.text}」与「{ends[0].span.text}」都说了其余情形怎样得分", extra.span,
                                         "只留一处", (Note("前一次在这里", ends[0].span),)))

    def _case(self, clause: t.Clause, clauses: Sequence[t.Clause]) -> k.Case | None:
        """The case that one clause writes; 按 sets what the rows below it compare."""
        match clause:
            case t.Along():
                self.subject = self.to.expr(clause.subject)
                return None
            case t.When(result=t.Gives() | t.Judge() | t.GivesNothing() as result):
                condition = self.to.condition(clause.condition)
            case t.RowCompared(result=result):
                written = Span(clause.span.source, clause.span.start, clause.value.span.end)
                condition = changed(self._compare(clause.op, clause.value), span=written)
            case t.RowExact(result=result):
                condition = self._compare("=", clause.value)
            case t.RowBetween(result=result):
                condition = self._between(clause)
            case t.Tier():
                word = k.Word(clause.verdict.text, clause.verdict.span)
                condition = k.Comparison(k.Comparator.EQ, self.subject, word, clause.span)
                result = clause.judge
            case _:
                return None
        return k.Case(condition, self._result(result, clauses), clause.span)

    def _compare(self, op: str, value: t.Expr) -> k.Comparison:
        return k.Comparison(k.Comparator(op), self.subject, self.to.expr(value), value.span)

    def _between(self, row: t.RowBetween) -> k.Logic:
        low_op = "≥" if self._included(row.low) else ">"
        high_op = "≤" if self._included(row.high) else "<"
        sides = (self._compare(low_op, row.low.value), self._compare(high_op, row.high.value))
        return k.Logic("且", sides, row.low.span.to(row.high.span))

    def _included(self, bound: t.RangeBound) -> bool:
        if bound.included is None:
            text = bound.span.text
            self.found.append(unsaid("E215", f"没有说明「{text}」本身算不算在这一档内", bound.span, edges(text), "写成："))
        return bool(bound.included)

    def _result(self, result: t.Result, clauses: Sequence[t.Clause]) -> k.Expr:
        match result:
            case t.Gives():
                return self.to.points(result.value)
            case t.GivesNothing():
                return k.NotCounted(result.span)
        return self._judgement(result, clauses)

    def _judgement(self, judge: t.Judge, clauses: Sequence[t.Clause]) -> k.Judgement:
        low, high = self._included(judge.low), self._included(judge.high)
        due = judge.reason_due or any(isinstance(c, t.Reason) for c in clauses)
        return k.Judgement(self.to.share(judge.low.value), self.to.share(judge.high.value), low, high, due, judge.span)

    def _only_points(self, clauses: Sequence[t.Clause]) -> None:
        """E216: other lines beside the points of 插值 would count for nothing."""
        for clause in clauses:
            if isinstance(clause, t.When) and isinstance(clause.result, t.Adjustment | t.Directly):
                continue
            odd = isinstance(clause, t.RowExact) and not isinstance(clause.result, t.Gives)
            if odd or isinstance(clause, t.When | t.Otherwise | t.RowCompared | t.RowBetween | t.Tier | t.Judge):
                self.found.append(Diagnostic("E216", f"「插值」下面只能写点，「{clause.span.text}」用不上", clause.span,
                                             "写成「100% 得 10」这样的点；两头之外按最近的点计"))

    def _anchors(self, clauses: Sequence[t.Clause]) -> k.Interpolation | None:
        along = next((c for c in clauses if isinstance(c, t.Along) and c.interpolate), None)
        if along is None:
            return None
        for extra in [c for c in clauses if isinstance(c, t.Along) and c is not along]:
            self.found.append(Diagnostic("E108", f"「{along.span.text}」和「{extra.span.text}」不能写在一条规则里", extra.span,
                                         "拆成两个指标，或写成两个计分方法", (Note("另一处在这里", along.span),)))
        rows = [c for c in clauses if isinstance(c, t.RowExact) and isinstance(c.result, t.Gives)]
        if len(rows) < 2:
            self.found.append(Diagnostic("E216", "「插值」至少要两个点", along.span, "在下面写：60% 得 0，100% 得 分值"))
        points = [(self.to.expr(r.value), self.to.points(r.result.value)) for r in rows if isinstance(r.result, t.Gives)]
        return k.Interpolation(self.to.expr(along.subject), tuple(points), along.span)

    # ---- bounds

    def _bounded(self, value: k.Expr, clauses: Sequence[t.Clause]) -> k.Expr:
        for limit in outer_limits(clauses) if self.outside else ():
            points = self.to.points(limit.points)
            lowest = k.Arithmetic("−", k.Number(score(0), limit.span), points, limit.span)
            value = k.Extreme("max" if limit.deducts else "min", (value, lowest if limit.deducts else points), limit.span)
        for clause in clauses:
            if isinstance(clause, t.Exhaust):
                nothing = of(0) if self.to.plain else score(0)
                value = k.Extreme("max", (value, k.Number(nothing, clause.span)), clause.span)
            elif isinstance(clause, t.Limit):
                value = k.Extreme("max" if clause.lowest else "min", (value, self.to.points(clause.points)), clause.span)
        return value
