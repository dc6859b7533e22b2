"""Each indicator to a row: its score, what is still open, and what its data lack."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Absent, Fact
from perfdsl.diagnostics import Diagnostic, Note, Place, Severity
from perfdsl.model.completion import by_completion, by_target
from perfdsl.model.ruleset import Combiner, Indicator, NotApplicable, Part, ReasonDue, Ruleset
from perfdsl.quantity import Quantity, Rounding, percent_text, score
from perfdsl.record import changed
from perfdsl.score.composite import combined
from perfdsl.score.item import Item, Unit
from perfdsl.score.scorecard import JudgementStep, Outcome, PartOutcome, Row, Status
from perfdsl.score.values import interval_text
from perfdsl.source import Span

EXACT = Rounding(None)
_FAR = 100
_BEYOND = Fraction(10**9)


def row(unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> Row:
    """The row of one indicator."""
    fact = unit.facts.of(indicator.path)
    parts = _parts(unit, indicator, found)
    policy = indicator.not_applicable or unit.ruleset.not_applicable
    if parts and indicator.combiner and fact.value is not Absent.NOT_APPLICABLE:
        outcome = combined(parts, indicator.combiner, indicator.weight, policy)
        reasons = [f"{part.part.name}：{part.fact.reason}" for part in parts if part.fact.reason]
    else:
        item = _item(unit, indicator, indicator.weight, fact, found)
        outcome = item.outcome()
        reasons = [unit.facts.of(name).reason for name in sorted(item.data_read)]
    fact = changed(fact, reason=fact.reason or "；".join(r for r in reasons if r))
    made = _row(unit.ruleset, indicator, fact, outcome, tuple(parts), policy)
    found += _remarks(made, unit)
    return made


def _item(unit: Unit, indicator: Indicator, weight: Fraction, fact: Fact, found: list[Diagnostic],
          part: Part | None = None) -> Item:
    """The indicator, or one part of it, with the rule that scores it."""
    use = indicator.method
    met_only = indicator.combiner is Combiner.ALL_MET
    rule = use.rule if use else by_target(indicator.span) if met_only else by_completion(indicator.span)
    return Item(unit, part or indicator, rule, dict(use.arguments) if use else {}, weight, fact, found)


def _parts(unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> list[PartOutcome]:
    made = []
    for part in indicator.parts:
        weight = indicator.weight if part.weight is None else part.weight
        fact = unit.facts.of(part.path)
        made.append(PartOutcome(part, fact, _item(unit, indicator, weight, fact, found, part).outcome()))
    return made


def _row(ruleset: Ruleset, indicator: Indicator, fact: Fact, outcome: Outcome, parts: tuple[PartOutcome, ...],
         policy: NotApplicable | None) -> Row:
    rounding = ruleset.item_rounding or EXACT
    points = outcome.score
    if outcome.status is Status.NOT_APPLICABLE:
        points = {NotApplicable.FULL_SCORE: indicator.weight, NotApplicable.ZERO_SCORE: Fraction(0)}.get(
            policy or NotApplicable.SCALE_ALL)
    rounded = None if points is None else rounding.apply(points)
    low, high = (rounding.apply(outcome.low), rounding.apply(outcome.high)) if rounded is None else (rounded, rounded)
    due = _reason_due(ruleset, indicator, outcome, parts, rounded)
    return Row(indicator, fact, outcome.status, rounded, points, low, high, outcome, parts, due)


def _reason_due(ruleset: Ruleset, indicator: Indicator, outcome: Outcome, parts: tuple[PartOutcome, ...],
                points: Fraction | None) -> ReasonDue | None:
    """The first clause that demands a reason of this row."""
    if outcome.status is not Status.SCORED or points is None:
        return None
    away = max((_away(o) for o in (outcome, *(p.outcome for p in parts))), default=Fraction(0))
    judged = next((step.judgement for step in outcome.steps if isinstance(step, JudgementStep)), None)
    if judged is not None and judged.reason_due:
        return ReasonDue(None, True, judged.span)
    return next((due for due in ruleset.reasons_due if _demanded(due, points < indicator.weight, away)), None)



def _away(outcome: Outcome) -> Fraction:
    """The deviation as a share of the target; any deviation from a target of 0 is as far as can be."""
    wanted, gap = outcome.target_value, outcome.gap
    if gap is None or gap.amount == 0 or not isinstance(wanted, Quantity):
        return Fraction(0)
    return abs(gap.amount / wanted.amount) if wanted.amount else _BEYOND


def _demanded(due: ReasonDue, lost: bool, away: Fraction) -> bool:
    if due.threshold is None:
        return lost
    return away >= due.threshold if due.inclusive else away > due.threshold


def _remarks(made: Row, unit: Unit) -> list[Diagnostic]:
    cells = (made.fact.cell, *(part.fact.cell for part in made.parts), unit.facts.cell)
    place = next((cell for cell in cells if cell is not None), made.indicator.span)
    checks = (_missing, _awaiting, _out_of_bounds, _unexplained, _not_asked, _far_away)
    return [d for d in (one(made, place) for one in checks) if d is not None]


def _missing(made: Row, place: Place) -> Diagnostic | None:
    names = "、".join(f"「{name}」" for name in made.outcome.waiting_for if name not in made.outcome.unread)
    if made.status is not Status.MISSING or not names:
        return None
    return Diagnostic("W451", f"「{made.indicator.name}」不能计分：{names}未填", place,
                      "填上实际完成值；不适用的填「不适用」，为零的填 0", severity=Severity.WARNING)


def _awaiting(made: Row, place: Place) -> Diagnostic | None:
    if made.status is not Status.MANUAL or made.outcome.waiting_for != ("评定得分",):
        return None
    return Diagnostic("W454", f"「{made.indicator.name}」要由评审人打分", place,
                      f"在「评定得分」填 {_interval(made)} 之间的分数，并写明理由", severity=Severity.WARNING)


def _interval(made: Row) -> str:
    asked = next(step for step in made.outcome.steps if isinstance(step, JudgementStep))
    return interval_text(asked.judgement, asked.low, asked.high)


def _out_of_bounds(made: Row, place: Place) -> Diagnostic | None:
    points = made.score
    if points is None or 0 <= points <= made.indicator.weight:
        return None
    return Diagnostic("E455", f"「{made.indicator.name}」算得 {score(points)}，不在 0 到分值 {score(made.indicator.weight)} 之间",
                      place, "给规则写上「最高得 分值」或「最低得 0」", (Note("指标在这里", made.indicator.span),))


def _unexplained(made: Row, place: Place) -> Diagnostic | None:
    if made.reason_due is None or made.fact.reason:
        return None
    rate = made.outcome.rate
    judged = any(isinstance(step, JudgementStep) for step in made.outcome.steps)
    why = "由评审人评分" if judged else "未得满分" if made.reason_due.threshold is None else "与目标的偏差达到规定幅度"
    if made.reason_due.threshold is not None and rate is not None:
        why = f"完成率 {percent_text(rate)}，与目标相差 {percent_text(abs(rate - 1))}"
    return Diagnostic("W452", f"「{made.indicator.name}」{why}，须说明原因，数据里没有", place, _where_to_explain(made, place),
                      severity=Severity.WARNING)


def _where_to_explain(made: Row, place: Place) -> str:
    if isinstance(place, Span):
        return f"在数据里另起一行「{made.indicator.name}」，实际完成值空着，在「偏差原因」一栏写明原因和改进措施"
    return "在「偏差原因」一栏（每行一个单位的表，是「指标名称.偏差原因」一列）写明原因和改进措施"


def _not_asked(made: Row, place: Place) -> Diagnostic | None:
    """A chosen score where the rule computes one: both are kept, the computed one counts."""
    judged = made.outcome.waiting_for == ("评定得分",) or any(isinstance(s, JudgementStep) for s in made.outcome.steps)
    if made.fact.chosen is None or judged or made.score in (None, made.fact.chosen):
        return None
    return Diagnostic("W453", f"「{made.indicator.name}」按规则算得 {score(made.score or 0)}，评定得分 {score(made.fact.chosen)} 没有采用",
                      place, "规则能算出的分数不由人填；要改变结果，请改规则或实际完成值", severity=Severity.WARNING)


def _far_away(made: Row, place: Place) -> Diagnostic | None:
    """W455: a hundred times the target, or a hundredth of it, is most often another unit."""
    far = [(o.actual, o.target_value) for o in (made.outcome, *(p.outcome for p in made.parts))
           if o.rate is not None and o.rate != 0 and not Fraction(1, _FAR) < abs(o.rate) < _FAR]
    if not far:
        return None
    actual, target = far[0]
    return Diagnostic("W455", f"「{made.indicator.name}」的实际值 {actual} 与目标 {target} 相差一百倍以上", place,
                      "核对单位：是不是万元写成了亿元、元写成了万元？", severity=Severity.WARNING)
