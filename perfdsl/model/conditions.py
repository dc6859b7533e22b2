"""Reads what a 当 does beside the points of a rule, and 汇总."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import effects as e
from perfdsl.model.blocks import all_of, said_twice
from perfdsl.model.desugar import desugar
from perfdsl.model.expressions import Expressions, Scope, as_score, twice, unknown
from perfdsl.model.periods import at_year_end, settled
from perfdsl.model.references import GRADE
from perfdsl.model.ruleset import Grade
from perfdsl.syntax import tree as t
from perfdsl.units import unit_of


def vetoes(block: t.Block, to: Expressions, group: bool) -> tuple[e.Veto, ...]:
    """Every 本项 不得分 (本类 under a *group*) under one heading; E105 where the other word stands."""
    made = []
    for clause in all_of(block, t.When):
        if isinstance(clause.result, t.Veto):
            if clause.result.group is not group:
                to.found.append(_other_veto(clause, group))
            made.append(e.Veto(to.condition(clause.condition), clause.span))
    return tuple(made)


def _other_veto(clause: t.When, group: bool) -> Diagnostic:
    if group:
        return Diagnostic("E105", f"「{clause.span.text}」写在一级、二级指标下，要否决的是整个一类", clause.span,
                          "写成「本类 不得分」；只否决一个指标的，移到那个三级指标下面")
    return Diagnostic("E105", f"「{clause.span.text}」写在一个三级指标下，只否决这一个", clause.span,
                      "写成「本项 不得分」；要否决整个一类的，移到一级指标标题的下面、第一个三级指标的前面")


def alerts(block: t.Block, to: Expressions) -> tuple[e.Alert, ...]:
    """Every 预警 under one heading."""
    return tuple(e.Alert(to.condition(c.condition), c.result.text, c.span)
                 for c in all_of(block, t.When) if isinstance(c.result, t.Alert))


def weight_cases(block: t.Block, to: Expressions, plain: bool, found: list[Diagnostic]) -> tuple[e.WeightCase, ...]:
    """Every weight that holds under a condition; E104 where it is no score.  *plain*: there is one without a condition."""
    made = []
    timed = timed_weights(block)
    settled(f"「{block.head.name.text}」的分值", timed, plain, to.scope.year, found)
    known = at_year_end(timed, to.scope) is not None
    for clause in all_of(block, t.When):
        if isinstance(clause.result, t.Weight) and not (clause.alone and known):
            value = as_score(clause.result.value.value)
            if value.unit.kind != "score":
                found.append(Diagnostic("E104", f"「{clause.result.span.text}」不是分数", clause.result.span, "写成「分值 8分」"))
            made.append(e.WeightCase(to.condition(clause.condition), value.amount, clause.span))
    return tuple(made)


def timed_weights(block: t.Block) -> list[t.When]:
    """The weights that depend on the day of the evaluation alone."""
    return [c for c in all_of(block, t.When) if c.alone and isinstance(c.result, t.Weight)]


def total_effects(block: t.Block, scope: Scope, grades: Sequence[Grade], found: list[Diagnostic]) -> tuple[e.Effect, ...]:
    """What the ruleset does to its total and grade, in the order of the text."""
    to = Expressions(scope.of_total(), found)
    known = [g.name for g in grades]
    made: list[e.Effect] = []
    for clause in block.clauses:
        match clause:
            case t.TotalLimit():
                made.append(e.TotalLimit(None, to.points(clause.points), clause.span, clause.lowest))
            case t.When(result=t.TotalLimit() as limit):
                made.append(e.TotalLimit(to.condition(clause.condition), to.points(limit.points), clause.span, limit.lowest))
            case t.When(result=t.GradeLowered()):
                made.append(e.GradeLowered(to.condition(clause.condition), clause.span))
            case t.When(result=t.TotalGives() as gives):
                made.append(e.TotalGives(to.condition(clause.condition), to.points(gives.points), clause.span))
            case t.When(result=t.GradeLimit() | t.GradeSettled() as graded):
                if graded.name.text not in known:
                    found.append(unknown("等级", graded.name, known))
                kind = e.GradeLimit if isinstance(graded, t.GradeLimit) else e.GradeSettled
                made.append(kind(to.condition(clause.condition), graded.name.text, clause.span))
            case t.When(result=t.Barred()):
                made.append(e.Barred(to.condition(clause.condition), clause.span))
    return tuple(made)


def aggregation(block: t.Block, found: list[Diagnostic]) -> e.Aggregation | None:
    """汇总 of a datum, an indicator or a part; the datum that weighs is looked up when all data are known."""
    said = [c for c in block.clauses if isinstance(c, t.AddUp | t.AverageBy)]
    for extra in said[1:]:
        found.append(said_twice(said[0], extra))
    if not said:
        return None
    first = said[0]
    if isinstance(first, t.AddUp):
        return e.Aggregation(None, False, False, first.span)
    return e.Aggregation(first.by.text if first.by else None, first.scores, True, first.span)


_GIVING = (t.When, t.Otherwise, t.RowCompared, t.RowBetween, t.RowExact, t.Step, t.Adjustment, t.Listed)


def applications(blocks: Sequence[t.Block], scope: Scope, found: list[Diagnostic]) -> tuple[e.Application, ...]:
    """Every 结果应用; its rule may use the total."""
    made: list[e.Application] = []
    for block in blocks:
        head = block.head
        if not isinstance(head, t.ApplicationHead):
            continue
        if first := next((one for one in made if one.name == head.name.text), None):
            found.append(twice("结果应用", head.name.text, first.span, head.span))
        clauses = [c for c in block.clauses if not isinstance(c, t.Basis | t.Note)]
        basis = tuple(text for c in all_of(block, t.Basis) for text in c.texts)
        if not any(isinstance(c, _GIVING) for c in clauses):
            found.append(Diagnostic("E209", f"结果应用「{head.name.text}」没有规则", head.span, "在下面写：当 … 得 …，否则 得 …"))
        rule = desugar(head.name.text, (), clauses, scope.of_total().plus([(GRADE, None)]), head.span, basis, found, plain=True)
        made.append(e.Application(head.name.text, unit_of(head.unit) if head.unit else None, rule, basis, head.span))
    return tuple(made)
