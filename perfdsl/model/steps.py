"""Steps (每…扣, 每…加) and adjustments (当 …，扣; 具备 … 得) as kernel nodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.expressions import Expressions
from perfdsl.model.readings import PART_STEPS, unsaid
from perfdsl.quantity import Quantity, of
from perfdsl.source import Span
from perfdsl.syntax import tree as t
from perfdsl.units import is_indivisible

_ROUNDINGS = {"STEP_DROP": k.StepRounding.DROP, "STEP_SHARE": k.StepRounding.SHARE, "STEP_FULL": k.StepRounding.FULL}
_QUALIFIERS = (t.Exhaust, t.PartStep, t.StepLimit)


class StepWriter:
    """Writes what a rule takes off and adds; *outside*: of an item beside the total."""

    def __init__(self, to: Expressions, found: list[Diagnostic], outside: bool) -> None:
        self.to = to
        self.found = found
        self.outside = outside

    def totals(self, clauses: Sequence[t.Clause]) -> tuple[k.StepTotal | k.Adjustment, ...]:
        """Every step and adjustment of a rule, in order."""
        self.found += _dangling(clauses, self.outside)
        totals: list[k.StepTotal | k.Adjustment] = []
        for at, clause in enumerate(clauses):
            match clause:
                case t.Step():
                    totals.append(self._step(clause, _qualifiers(clauses, at)))
                case t.When(result=t.Adjustment() as result):
                    totals.append(self._adjustment(self.to.condition(clause.condition), result, clause.span))
                case t.Adjustment():
                    totals.append(self._adjustment(None, clause, clause.span))
                case t.Listed():
                    totals.append(self._listed(clause))
        return tuple(totals)

    def _adjustment(self, condition: k.Condition | None, written: t.Adjustment, span: Span) -> k.Adjustment:
        return k.Adjustment(-1 if written.deducts else 1, condition, self.to.points(written.points), span)

    def _listed(self, clause: t.Listed) -> k.Adjustment:
        """具备 「甲」 得 1分 is 当 甲 = 是，加 1分; 缺少 asks for 否."""
        name = clause.name
        if self.to.scope.find(name.text) is None:
            self.found.append(Diagnostic("E101", f"没有名称「{name.text}」", name.span, f"加一行：数据 {_as_name(name.text)}（是、否）"))
        answer = k.Word("是" if clause.kind == "POSSESSES" else "否", name.span)
        condition = k.Comparison(k.Comparator.EQ, k.Name(name.text, name.span), answer, name.span)
        return k.Adjustment(-1 if clause.verb == "DEDUCT" else 1, condition, self.to.points(clause.points), clause.span)

    def _step(self, step: t.Step, qualifiers: list[t.Clause]) -> k.StepTotal:
        steps = k.Steps(self._amount(step), step.size.value, self._name("目标值", step), self._part_step(step, qualifiers),
                        step.span)
        limit = next((q for q in qualifiers if isinstance(q, t.StepLimit) and q.deducts == step.deducts), None)
        points = self.to.points(limit.points) if limit else None
        if step.size.value.amount <= 0:
            self.found.append(Diagnostic("E217", f"一步的大小「{step.size.span.text}」必须大于 0", step.size.span,
                                         f"写成大于 0 的数，如 1{step.size.value.unit.symbol}"))
        return k.StepTotal(-1 if step.deducts else 1, steps, self.to.points(step.points), points, step.span)

    def _amount(self, step: t.Step) -> k.Expr:
        if step.counted is not None:
            return self._counted(step, step.counted)
        actual, target = self._name("实际值", step), self._name("目标值", step)
        over = k.Arithmetic("−", actual, target, step.span)
        under = k.Arithmetic("−", target, actual, step.span)
        match step.kind:
            case "STEP_OVER" | "STEP_MORE":
                return over
            case "STEP_UNDER":
                return under
            case "STEP_APART":
                return k.Extreme("max", (over, under), step.span)
        return actual

    def _counted(self, step: t.Step, name: t.Word) -> k.Expr:
        """The datum that is counted; its unit is that of the step."""
        if self.to.scope.find(name.text) is None:
            symbol = step.size.value.unit.symbol
            self.found.append(Diagnostic("E101", f"没有名称「{name.text}」", name.span, f"加一行：数据 {name.text} {symbol}".rstrip()))
            return k.Name(name.text, name.span)
        return self.to.expr(name)

    def _name(self, name: str, step: t.Step) -> k.Name:
        return k.Name(name, step.span)

    def _part_step(self, step: t.Step, qualifiers: list[t.Clause]) -> k.StepRounding:
        said = next((q for q in qualifiers if isinstance(q, t.PartStep)), None)
        if said is not None:
            return _ROUNDINGS[said.rounding]
        one = step.size.value.shown == 1 and (step.kind in ("STEP_CASE", "EACH") or is_indivisible(step.size.value.unit))
        if step.size.value.amount > 0 and not one:
            self.found.append(_unsaid_step(step))
        return k.StepRounding.SHARE


def _qualifiers(clauses: Sequence[t.Clause], at: int) -> list[t.Clause]:
    """What qualifies the step at *at*: the qualifiers behind it, up to the next step."""
    found: list[t.Clause] = []
    for clause in clauses[at + 1 :]:
        if isinstance(clause, t.Step):
            break
        if isinstance(clause, _QUALIFIERS):
            found.append(clause)
    return found


def outer_limits(clauses: Sequence[t.Clause]) -> list[t.StepLimit]:
    """最多加 and 最多扣 of a whole item outside the total: those before its first step."""
    before = takewhile(lambda c: not isinstance(c, t.Step), clauses)
    return [c for c in before if isinstance(c, t.StepLimit)]


def _as_name(text: str) -> str:
    return f"「{text}」" if re.search(r"[\s，,；;。、（）()]", text) else text


def _dangling(clauses: Sequence[t.Clause], outside: bool = False) -> Iterator[Diagnostic]:
    """E223: a qualifier with nothing above it that it could qualify."""
    clauses = [c for c in clauses if c not in outer_limits(clauses)] if outside else clauses
    steps: list[t.Step] = []
    judged = adjusted = False
    for clause in clauses:
        match clause:
            case t.Step():
                steps.append(clause)
            case t.Judge() | t.Tier() | t.When(result=t.Judge()) | t.Otherwise(result=t.Judge()):
                judged = True
            case t.StepLimit() if not any(s.deducts == clause.deducts for s in steps[-1:]):
                yield _nothing_above(clause, "每…扣 …" if clause.deducts else "每…加 …")
            case t.When(result=t.Adjustment()) | t.Adjustment() | t.Listed():
                adjusted = True
            case t.Exhaust() if not steps and not adjusted:
                yield _nothing_above(clause, "每…扣 …")
            case t.PartStep() if not steps:
                yield _nothing_above(clause, "每…扣 …")
            case t.Reason() if not judged:
                yield _nothing_above(clause, "评分 …")


def _nothing_above(clause: t.Clause, wanted: str) -> Diagnostic:
    return Diagnostic("E223", f"「{clause.span.text}」前面没有它要限定的「{wanted}」", clause.span, f"把它写在「{wanted}」后面，或删去")


def _unsaid_step(step: t.Step) -> Diagnostic:
    size: Quantity = step.size.value
    half = of(size.shown * 5 / 2, size.unit)
    return unsaid("E214", f"没有说明「{step.span.text}」不足一步怎样算（{half} 是 2.5 步）", step.span, PART_STEPS, "在后面写：")
