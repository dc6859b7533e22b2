"""Stands in for `perfdsl.score.explain`: short, predictable sentences."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.quantity import Quantity, decimal_text, percent_text
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Scorecard, Status

__all__ = ["actual_text", "because", "brief", "deviation_text", "explanation", "identity", "lost_points", "rate_text",
           "target_text", "total_line"]


def target_text(row: Row | PartOutcome) -> str:
    return row.outcome.target.text if row.outcome.target else ""


def actual_text(row: Row | PartOutcome) -> str:
    if row.outcome.actual is not None:
        return str(row.outcome.actual)
    return row.fact.text


def rate_text(row: Row | PartOutcome) -> str:
    return "" if row.outcome.rate is None else percent_text(row.outcome.rate)


def brief(row: Row) -> str:
    if row.fact.reason:
        return row.fact.reason
    if not row.lost:
        return ""
    rate, gap = row.outcome.rate or Fraction(0), row.outcome.gap
    short = f"差 {Quantity(abs(gap.amount), gap.unit)}（−{percent_text(1 - rate)}），" if gap else ""
    return f"未达标：{short}失 {decimal_text(row.lost)}分"


def deviation_text(outcome: Outcome) -> str:
    gap = outcome.gap
    return f"差 {Quantity(abs(gap.amount), gap.unit)}" if gap else ""


def because(row: Row) -> str:
    if row.status is not Status.SCORED:
        return f"「{row.indicator.name}」没有得分：{row.status.value}。"
    score, weight = decimal_text(row.score or Fraction(0)), decimal_text(row.indicator.weight)
    return f"「{row.indicator.name}」得 {score}分，分值 {weight}分。"


def lost_points(card: Scorecard) -> list[Row]:
    short = [row for row in card.rows if row.lost]
    return sorted(short, key=lambda row: -(row.lost or 0))


def explanation(card: Scorecard) -> list[str]:
    return [f"{row.indicator.name}：目标 {target_text(row)}，实际完成 {actual_text(row)}，完成率 {rate_text(row)}。"
            f"计分 {decimal_text(row.indicator.weight)}分 × {actual_text(row)} ÷ {target_text(row).strip('≥ ')}，"
            f"失 {decimal_text(row.lost or Fraction(0))}分。原因：{row.fact.reason or '未说明'}。"
            for row in lost_points(card)]


def total_line(card: Scorecard) -> list[str]:
    if card.total.score is None:
        low, high = decimal_text(card.total.low), decimal_text(card.total.high)
        return [f"总分还不能确定，在 {low}分至 {high}分之间。", "「税收」得 12分及以上时，等级可到「优」。"]
    return [f"总分 {decimal_text(card.total.score)}分。"]


def identity(card: Scorecard) -> str:
    rules = card.ruleset
    return f"规则集「{rules.name}」 {rules.year}年 版本{rules.version} 摘要 {card.digest[:8]} · perfdsl 0.1.0"
