"""A whole scorecard in words: 偏差说明 ranked by lost points, the total, the grade and what decides them."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Group, NotApplicable
from perfdsl.quantity import Rounding, decimal_text
from perfdsl.score.conclusions import beside, sums
from perfdsl.score.explain import because
from perfdsl.score.scorecard import Decider, Row, Scorecard, Status, is_boundless
from perfdsl.score.wording import points_text
from perfdsl.version import __version__

UNEXPLAINED = "规则要求说明偏差原因，数据里没有。"
"""Said where a reason is due and there is none."""


def lost_points(card: Scorecard) -> list[Row]:
    """Rows that lost points, the most first; equal ones in the order of the form."""
    rows = [r for r in card.rows if r.status is Status.SCORED and (r.lost or 0) > 0]
    return sorted(rows, key=lambda r: -(r.lost or 0))


def explanation(card: Scorecard) -> list[str]:
    """偏差说明: lost points first, then what is open, then what deviates without losing points."""
    lost = lost_points(card)
    waiting = [r for r in card.rows if r.status in (Status.MISSING, Status.MANUAL)]
    told = {id(r) for r in (*lost, *waiting)}
    rest = [r for r in card.rows if (r.status is Status.NOT_APPLICABLE or r.reason_due) and id(r) not in told]
    return [paragraph(r) for r in (*lost, *waiting, *rest)]


def paragraph(row: Row) -> str:
    """The item's name, why it has its score, and the reason for its deviation, or that there is none where one is due."""
    text = f"{row.indicator.name}：{because(row)}"
    if row.fact.reason:
        return f"{text}偏差原因：{row.fact.reason.rstrip('。')}。"
    return f"{text}{UNEXPLAINED}" if row.reason_due else text


def identity(card: Scorecard) -> str:
    """The ruleset's name, year, version and digest, and the engine's version."""
    r = card.ruleset
    year = f" {r.year}年度" if r.year else ""
    version = f" 版本 {r.version}" if r.version else ""
    return f"规则集「{r.name}」{year}{version} 摘要 {card.digest} · perfdsl {__version__}"


def total_line(card: Scorecard) -> list[str]:
    """Sentences on the total, the grade, and what decides them."""
    whole = _complete(card) if card.total.score is not None else _open(card)
    return [*_weights(card), *_ungraded(card), *sums(card), *whole, *beside(card)]


def _weights(card: Scorecard) -> list[str]:
    total = card.total
    if total.declared is None or total.weight == total.declared:
        return []
    found, said = decimal_text(total.weight), decimal_text(total.declared)
    if card.ruleset.accepted is not None and card.ruleset.accepted.weight == total.weight:
        return [f"分值合计 {found}分，总分声明为 {said}分；规则集已声明接受这个合计。"]
    return [f"分值合计 {found}分，总分声明为 {said}分，两者不符，不评等级。"]


def _ungraded(card: Scorecard) -> list[str]:
    """Why there is no grade although the ruleset has grades."""
    wrong = dict.fromkeys(d.code for d in errors(card.diagnostics) if d.code != "E202")
    if not card.ruleset.grades or not wrong:
        return []
    return [f"有错误没有改正（{'、'.join(wrong)}），不评等级。"]


def _rounding(card: Scorecard) -> Rounding:
    return card.ruleset.total_rounding or Rounding(None)


def _complete(card: Scorecard) -> list[str]:
    total, rounding = card.total, _rounding(card)
    assert total.score is not None
    assert total.unrounded is not None
    exact = "" if total.score == total.unrounded else f"（取舍前 {decimal_text(total.unrounded, 6)}）"
    grade = f"，等级「{total.grade}」" if total.grade else ""
    return [*_carried(card), f"总分 {rounding.text(total.score)}分{exact}{grade}。"]


def _carried(card: Scorecard) -> list[str]:
    """How the points of what applies were scaled up, where something does not apply."""
    left_out = [r for r in card.rows if r.status is Status.NOT_APPLICABLE and r.score is None]
    if not left_out:
        return []
    reached = sum((r.score for r in card.rows if r.score is not None and r.indicator.outside is None), Fraction(0))
    names = "、".join(f"「{r.indicator.name}」" for r in left_out)
    weight = sum((r.indicator.weight for r in left_out), Fraction(0))
    policies = {r.indicator.not_applicable or card.ruleset.not_applicable for r in left_out}
    if policies == {NotApplicable.SCALE_ALL} and _is_plain_sum(card):
        rest, whole = decimal_text(card.total.weight - weight), decimal_text(card.total.weight)
        return [f"{names}不适用，{decimal_text(weight)}分由其余指标承担：{points_text(reached)} × {whole} ÷ {rest} = "
                f"{decimal_text(card.total.base or Fraction(0), 6)}。"]
    where = "其余指标" if policies == {NotApplicable.SCALE_ALL} else "同一级指标内其余指标"
    return [f"{names}不适用，{decimal_text(weight)}分由{where}按比例承担。"]


def _is_plain_sum(card: Scorecard) -> bool:
    """Whether the form is the sum of its rows: no group has a scale of its own, and none takes one of several."""
    waiting = list(card.ruleset.groups)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Group):
            if node.scale is not None or node.combiner is not None:
                return False
            waiting += node.children
    return True


def _open(card: Scorecard) -> list[str]:
    total, rounding = card.total, _rounding(card)
    if not total.deciders and not total.waiting:
        return ["没有总分。"]
    grades = f"，等级 {total.grades[0]} 至 {total.grades[-1]}" if len(total.grades) > 1 else (
        f"，等级「{total.grades[0]}」不变" if total.grades else "")
    count = f"：还有 {len(total.deciders)} 项没有得分" if total.deciders else ""
    ends = f"在 {rounding.text(total.low)} 到 {rounding.text(total.high)} 分之间" if not is_boundless(total.high) else "没有上限"
    span = f"总分{ends}{grades}{count}。"
    return [span, *(_decider(d) for d in total.deciders)]


def _decider(decider: Decider) -> str:
    boundless = is_boundless(decider.spread)
    text = f"取决于「{decider.row.indicator.name}」，{'没有上限' if boundless else f'影响 {points_text(decider.spread)}分'}"
    if decider.needed is not None:
        text += f"：得 {points_text(decider.needed)}分及以上，等级为「{decider.grade}」"
    return text + "。"
