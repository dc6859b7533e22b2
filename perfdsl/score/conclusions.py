"""What stands beside the items in words: bonus and penalty, caps and overrides, results, alerts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.model import effects as e
from perfdsl.model.ruleset import Group, weight_of
from perfdsl.quantity import decimal_text
from perfdsl.score.groups import group_score
from perfdsl.score.scorecard import CaseStep, OtherwiseStep, Result, Scorecard, Status
from perfdsl.score.wording import arithmetic, compared_text, points_text, value_text


def beside(card: Scorecard) -> Iterator[str]:
    """What changed the total, what follows from it, the alerts."""
    yield from (_effect(effect, card) for effect in card.total.effects)
    yield from _undecided(card)
    yield from (_result(one) for one in card.results)
    yield from (f"预警：{alert.text}（{alert.condition.span.text}）。" for alert in card.alerts)


def sums(card: Scorecard) -> Iterator[str]:
    """How the total is added up, where that is more than the sum of the rows."""
    if card.total.score is not None:
        yield from _of_groups(card)
        yield from _with_outside(card)


def _of_groups(card: Scorecard) -> Iterator[str]:
    """`预算执行 11.00 + 产出 94.00 × 80 ÷ 100 = 86.20分。`"""
    ruleset = card.ruleset
    if not any(isinstance(node, Group) and (node.scale or node.combiner) for node in ruleset.groups):
        return
    rows = {row.indicator.path: row for row in card.rows}
    terms = []
    for node in ruleset.groups:
        one = group_score(node, ruleset, lambda i: rows[i.path])
        scaled = f" × {decimal_text(weight_of(node))} ÷ {decimal_text(node.scale)}" if isinstance(node, Group) and node.scale else ""
        terms.append(f"{node.name} {points_text(one.points)}{scaled}")
    if not any(row.status is Status.NOT_APPLICABLE and row.score is None for row in card.rows):
        yield f"{' + '.join(terms)} = {points_text(card.total.base or Fraction(0))}分。"


def _with_outside(card: Scorecard) -> Iterator[str]:
    """`指标合计 86.20 + 加分 5.00 − 扣分 4.00 = 87.20分。`"""
    total, ruleset = card.total, card.ruleset
    if not ruleset.outside or total.base is None:
        return
    whole = total.base + total.bonus + total.penalty
    terms = [f"指标合计 {points_text(total.base)}"]
    for word, sign, points, limit in (("加分", "+", total.bonus, ruleset.bonus_limit), ("扣分", "−", -total.penalty, ruleset.penalty_limit)):
        if points:
            most = "加" if word == "加分" else "扣"
            capped = f"（按合计最多{most} {decimal_text(limit)}分）" if limit is not None and points == limit else ""
            terms.append(f"{sign} {word} {points_text(points)}{capped}")
    if len(terms) > 1:
        yield f"{' '.join(terms)} = {points_text(whole)}分。"


def _effect(effect: e.Effect, card: Scorecard) -> str:
    total = card.total
    added = None if total.base is None else points_text(total.base + total.bonus + total.penalty)
    said = f"按「{effect.span.text}」" if effect.condition is not None else f"规则集规定「{effect.span.text}」"
    match effect:
        case e.TotalLimit():
            return f"{said}，总分以此为{'底' if effect.lowest else '限'}（各项相加 {added}分）。"
        case e.TotalGives():
            return f"{said}，总分不按各项相加（{added}分）。"
        case e.GradeLimit():
            return f"{said}，等级降为「{effect.grade}」。"
        case e.GradeLowered():
            return f"{said}，等级降一级。"
        case e.GradeSettled():
            return f"{said}，等级为「{effect.grade}」。"
        case e.Barred():
            return f"{said}，不参加评比，不评等级。"


def _undecided(card: Scorecard) -> Iterator[str]:
    if card.total.waiting:
        names = "、".join(f"「{name}」" for name in card.total.waiting)
        yield f"{names}还没有，看不出有关总分、等级的规定是否适用。"


def _result(one: Result) -> str:
    name = one.application.name
    if one.value is None:
        waiting = "、".join(f"「{n}」" for n in one.waiting)
        return f"{name}：还算不出{f'，缺{waiting}' if waiting else ''}。"
    shown = value_text(one.value)
    why = _why(one, dict(one.known))
    basis = f"。依据：{'；'.join(one.application.basis)}" if one.application.basis else ""
    return f"{name}：{shown}{f'（{why}）' if why else ''}{basis}。"


def _why(one: Result, known: dict[str, Value]) -> str:
    """The case that decided, and the arithmetic of its value."""
    held = next((s for s in one.steps if isinstance(s, CaseStep) and s.held), None)
    otherwise = next((s for s in one.steps if isinstance(s, OtherwiseStep)), None)
    node = held.case.value if held else otherwise.choice.otherwise if otherwise else one.application.rule.score
    words = []
    if held:
        words.append(f"「{held.case.condition.span.text}」成立，{compared_text(held.seen)}")
    elif otherwise:
        words.append("前面各条都不成立")
    text = arithmetic(node, known) if node is not None else ""
    if text and (one.value is None or text != value_text(one.value)):
        words.append(text)
    return "；".join(words)
