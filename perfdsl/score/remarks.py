"""What a row's data lack, and what is odd about them."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.blank import wanted
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic, Note, Place, Severity
from perfdsl.model.ruleset import PRIOR, Outside, Ruleset
from perfdsl.quantity import percent_text, score
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import JudgementStep, Row, Status
from perfdsl.score.values import interval_text
from perfdsl.source import Span

_FAR = 100
"""A hundred times the target, or a hundredth of it, is most often another unit."""


def remarks(made: Row, facts: Facts, ruleset: Ruleset) -> list[Diagnostic]:
    """What a row's data lack, and what is odd about them."""
    cells = (made.fact.cell, *(part.fact.cell for part in made.parts), facts.cell)
    place = next((cell for cell in cells if cell is not None), made.indicator.span)
    checks = (_awaiting, _out_of_bounds, _unexplained, _not_asked, _far_away)
    found = (_missing(made, place, facts, ruleset), *(one(made, place) for one in checks))
    return [d for d in found if d is not None]


def _missing(made: Row, place: Place, facts: Facts, ruleset: Ruleset) -> Diagnostic | None:
    """W451; where only data are missing, at the first of these."""
    missing = [name for name in made.outcome.waiting_for if name not in made.outcome.unread]
    if made.status is not Status.MISSING or not missing:
        return None
    hint = "填上实际完成值；不适用的填「不适用」，为零的填 0"
    data = {datum.name: datum for datum in ruleset.data}
    if all(name.removesuffix(PRIOR) in data for name in missing):
        first, empty = data[missing[0].removesuffix(PRIOR)], facts.of(missing[0]).cell
        place = empty or facts.cell or first.span
        where = "填上" if empty else "数据里加一列" if facts.cell else "数据里加一行"
        hint = f"{where}「{missing[0]}」：{wanted(first.expected)}；不适用的填「不适用」"
    names = "、".join(f"「{name}」" for name in dict.fromkeys(missing))
    return Diagnostic("W451", f"「{made.indicator.name}」不能计分：{names}未填", place, hint, severity=Severity.WARNING)


def _awaiting(made: Row, place: Place) -> Diagnostic | None:
    if made.status is not Status.MANUAL or made.outcome.waiting_for != ("评定得分",):
        return None
    asked = next(step for step in made.outcome.steps if isinstance(step, JudgementStep))
    due = "，并写明理由" if asked.judgement.reason_due else ""
    return Diagnostic("W454", f"「{made.indicator.name}」要由评审人打分", place,
                      f"在「评定得分」填 {interval_text(asked.judgement, asked.low, asked.high)} 之间的分数{due}", severity=Severity.WARNING)


def _out_of_bounds(made: Row, place: Place) -> Diagnostic | None:
    points, item = made.score, made.indicator
    if points is None or made.status is not Status.SCORED:
        return None
    low, high = ends_of(item, item.weight)
    if low <= points <= high:
        return None
    if item.outside is not None:
        which = "加分项得了负分" if item.outside is Outside.BONUS else "减分项得了正分"
        return Diagnostic("E455", f"「{item.name}」算得 {score(points)}：{which}", place, "核对数据；或改规则：加分项写「加」，减分项写「扣」",
                          _here("这一项在这里", item.span, place))
    return Diagnostic("E455", f"「{item.name}」算得 {score(points)}，不在 0 到分值 {score(item.weight)} 之间", place,
                      "给规则写上「最高得 分值」或「最低得 0」；办法允许的，写「不封顶」或「可得负分」", _here("指标在这里", item.span, place))


def _here(words: str, span: Span, place: Place) -> tuple[Note, ...]:
    return (Note(words, span),) if span != place else ()


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
