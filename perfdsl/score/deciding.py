"""The clause that decided a score: its arithmetic, the clauses that did not apply, what the next one needs."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.walk import names
from perfdsl.quantity import Quantity, decimal_text, score, terminates
from perfdsl.score.counted import bounded, stepped
from perfdsl.score.scorecard import (
    AdjustmentStep,
    AverageStep,
    CaseStep,
    DeductionStep,
    InterpolationStep,
    JudgementStep,
    LetStep,
    OtherwiseStep,
    Row,
    VetoStep,
)
from perfdsl.score.wording import arithmetic, compared_text, condition_text, lost_text, points_text, value_text

_ITEM = {"实际值", "完成率"}


def deciding(row: Row) -> str:
    """Which clause gave the score and how, which did not apply, and what more points would need."""
    use = row.indicator.method
    rule = use.rule if use else None
    known = dict(row.outcome.known)
    known.setdefault("分值", score(row.indicator.weight))
    named = f"按「{rule.name}」" if rule and rule.name else "按规则"
    said = [named + "：" + "，".join(x for x in (_lets(row), _clause(row, rule, known)) if x)]
    said += [text for text in (_refused(row), _next(row, known)) if text]
    return "。".join(said)


def _lets(row: Row) -> str:
    return "，".join(f"{s.let.name} = {value_text(s.value)}" for s in row.outcome.steps if isinstance(s, LetStep))


def _clause(row: Row, rule: k.Rule | None, known: Mapping[str, Value]) -> str:
    """The arithmetic from the deciding clause to the score."""
    final = "" if row.score is None else points_text(row.score)
    overruled = _overruled(row, final)
    if overruled:
        return overruled
    counted = [s for s in row.outcome.steps if isinstance(s, DeductionStep | AdjustmentStep)]
    judged = next((s for s in row.outcome.steps if isinstance(s, JudgementStep)), None)
    if judged is not None and judged.chosen is not None:
        chosen = points_text(judged.chosen)
        return f"由评审人评定 {chosen}分，{stepped(row, counted, final)}" if counted else f"由评审人评定 {chosen}分{lost_text(row)}"
    if counted:
        return stepped(row, counted, final)
    line = next((s for s in row.outcome.steps if isinstance(s, InterpolationStep)), None)
    if line is not None:
        return f"{_on_line(line)} = {final}分{lost_text(row)}"
    node = decided(row, rule)
    if node is None or isinstance(node, k.Interpolation):
        return f"得 {final}分{lost_text(row)}"
    if isinstance(node, k.Name) and node.name == "分值":
        return f"{_condition(row)}得满分 {final}分"
    text = arithmetic(node, known)
    limits = bounded(row)
    if isinstance(node, k.Number) or limits:
        return f"{_condition(row)}{'' if isinstance(node, k.Number) else text}{limits}得 {final}分{lost_text(row)}"
    exact = row.unrounded if row.unrounded is not None else Fraction(0)
    if _is_bare(node, known, exact):
        return f"{_condition(row)}得 {final}分{lost_text(row)}"
    between = "" if exact == row.score else f" = {decimal_text(exact, 6)}…，取舍为" if not terminates(exact) else f" = {decimal_text(exact, 6)}，取舍为"
    return f"{_condition(row)}得 {text}{between or ' ='} {final}分{lost_text(row)}"


def _is_bare(node: k.Expr, known: Mapping[str, Value], exact: Fraction) -> bool:
    """Whether the arithmetic is but one number, the points themselves."""
    value = known.get(node.name) if isinstance(node, k.Name) else None
    return isinstance(value, Quantity) and value.unit.kind in ("score", "number") and value.shown == exact


def _overruled(row: Row, final: str) -> str:
    """A veto that held, or the mean of members' scores; nothing where the rule itself decided."""
    for step in row.outcome.steps:
        if isinstance(step, VetoStep):
            return f"「{step.veto.span.text}」成立（{compared_text(step.seen)}），{final}分{lost_text(row)}"
        if isinstance(step, AverageStep):
            if not step.by:
                scores = " + ".join(decimal_text(points) for _, points, _ in step.members)
                return f"各单位得分的平均：（{scores}）÷ {len(step.members)} = {final}分{lost_text(row)}"
            products = " + ".join(f"{decimal_text(points)} × {weight}" for _, points, weight in step.members)
            whole = Quantity(sum((weight.amount for _, _, weight in step.members), Fraction(0)), step.members[0][2].unit)
            return f"各单位的得分按「{step.by}」加权平均：（{products}）÷ {whole} = {final}分{lost_text(row)}"
    return ""


def _on_line(step: InterpolationStep) -> str:
    """`在 60% 得 0 与 100% 得 20 之间插值，0 + （80% − 60%）÷（100% − 60%）×（20 − 0）`."""
    (x0, y0), (x1, y1) = step.low, step.high
    low, high = decimal_text(y0.shown), decimal_text(y1.shown)
    at = Quantity(step.at.amount, x1.unit)
    return (f"在 {x0} 得 {low} 与 {x1} 得 {high} 之间插值，"
            f"{low} + （{at} − {x0}）÷（{x1} − {x0}）×（{high} − {low}）")


def _condition(row: Row) -> str:
    held = next((s for s in row.outcome.steps if isinstance(s, CaseStep) and s.held), None)
    return f"「{held.case.condition.span.text}」成立，" if held else ""


def decided(row: Row, rule: k.Rule | None) -> k.Expr | None:
    """The expression that gave the points: of the case that held, of 否则, or the whole rule's."""
    for step in reversed(row.outcome.steps):
        if isinstance(step, CaseStep) and step.held:
            return step.case.value
        if isinstance(step, OtherwiseStep):
            return step.choice.otherwise
    return rule.score if rule else None


def _refused(row: Row) -> str:
    """The last clauses that did not hold, with what they compared; those on the actual value, where there are any."""
    refused = [s for s in row.outcome.steps if isinstance(s, CaseStep) and not s.held]
    refused = [s for s in refused if _ITEM & names(s.case.condition)] or refused
    return "，".join(f"「{s.case.condition.span.text}」不成立（{compared_text(s.seen)}）" for s in refused[-2:])


def _next(row: Row, known: Mapping[str, Value]) -> str:
    """What the clause just above the deciding one asks for, where it would give more points."""
    refused = [s for s in row.outcome.steps if isinstance(s, CaseStep) and not s.held]
    above = next((s.case for s in reversed(refused) if _gives_more(s.case, row)), None)
    if above is None:
        return ""
    return f"若{condition_text(above.condition, known)}，得 {arithmetic(above.value, known)}分"


def _gives_more(case: k.Case, row: Row) -> bool:
    """Whether the clause is about the item itself and gives points above those reached."""
    if not row.lost or row.lost <= 0 or row.score is None or not _ITEM & names(case.condition):
        return False
    if names(case.condition) - set(k.ITEM_NAMES):
        return False
    whole = isinstance(case.value, k.Name) and case.value.name == "分值"
    return whole or (isinstance(case.value, k.Number) and case.value.value.amount > row.score)
