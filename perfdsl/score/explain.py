"""偏差说明: why each row has its score, in an officer's words and with arithmetic that can be followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from perfdsl.data.facts import Absent
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Combiner
from perfdsl.model.timed import targets_text
from perfdsl.quantity import Quantity, decimal_text, percent_text
from perfdsl.score.deciding import deciding
from perfdsl.score.scorecard import JudgementStep, Outcome, PartOutcome, Row, Status, is_boundless
from perfdsl.score.values import interval_text
from perfdsl.score.wording import points_text, value_text
from perfdsl.units import PURE

# ---- the cells of a row


def target_text(row: Row | PartOutcome) -> str:
    """The target as written, all of them where it is open which holds; nothing where there is none."""
    target = row.outcome.target
    if target is None:
        item = row.part if isinstance(row, PartOutcome) else row.indicator
        return targets_text(item.targets) if row.outcome.status is Status.MISSING else ""
    value = row.outcome.target_value
    if isinstance(target, Bound) and not isinstance(target.value, k.Number) and value is not None:
        return f"{target.op} {value_text(value)}"
    return target.text


def actual_text(row: Row | PartOutcome) -> str:
    """The actual value as the officer wrote it, or as it was derived."""
    derived = not isinstance(row, PartOutcome) and row.indicator.is_derived
    if row.fact.text and not derived:
        return row.fact.text
    if row.fact.value is Absent.NOT_APPLICABLE:
        return "不适用"
    actual = row.outcome.actual
    if actual is None and not isinstance(row, PartOutcome) and not row.parts:
        read = [f"{name} {value_text(value)}" for name, value in row.outcome.known if name not in _inner_names(row)]
        return "，".join(read) if len(read) <= _MOST_READ else f"{len(read)} 项数据"
    if isinstance(actual, Quantity) and actual.unit == PURE:
        return percent_text(actual.amount)
    return "" if actual is None else actual if isinstance(actual, str) else value_text(actual)


_MOST_READ = 2
"""Data that the cell of the actual value names; more are told in the explanation."""


def _inner_names(row: Row) -> set[str]:
    """The names that are the rule's own: its item's, its parameters', its intermediate values'."""
    rule = row.indicator.method.rule if row.indicator.method else None
    own = [*(p.name for p in rule.parameters), *(let.name for let in rule.lets)] if rule else []
    return {*k.ITEM_NAMES, *own}


def rate_text(row: Row | PartOutcome) -> str:
    """完成率 with two decimals; nothing where there is none."""
    return "" if row.outcome.rate is None else percent_text(row.outcome.rate)


# ---- short: the last column of the table


def brief(row: Row) -> str:
    """A few words on the row: its deviation, what is missing, the officer's reason."""
    words = [w for w in (_state(row), _points_lost(row), _claimed(row)) if w]
    if row.fact.reason:
        words.append(f"原因：{row.fact.reason}")
    elif row.reason_due is not None:
        words.append("须说明原因")
    return "；".join(words)


def _claimed(row: Row) -> str:
    """How the claimed score differs from the computed one; nothing where it does not."""
    claimed = row.fact.claimed
    if claimed is None or row.score is None or claimed == row.score:
        return ""
    return f"自评 {points_text(claimed)}分，{'多' if claimed > row.score else '少'}报 {points_text(abs(claimed - row.score))}分"


def _state(row: Row) -> str:
    match row.status:
        case Status.MISSING:
            return missing_text(row, "{}")
        case Status.MANUAL:
            return "待评审人打分" if row.outcome.waiting_for else "算不出，须人工处理"
        case Status.NOT_APPLICABLE:
            return "不适用"
    return deviation_text(row.outcome)


def missing_text(row: Row, name: str = "「{}」") -> str:
    """`「甲」、「乙」未填，「丙」读不出`."""
    unread = row.outcome.unread
    empty = [n for n in row.outcome.waiting_for if n not in unread]
    words = [("、".join(name.format(n) for n in names), what) for names, what in ((empty, "未填"), (unread, "读不出")) if names]
    return "，".join(names + what for names, what in words)


def deviation_text(outcome: Outcome) -> str:
    """By how much the actual value differs from the target: `少 0.6亿元（20%）`."""
    if outcome.gap is None or outcome.gap.amount == 0:
        return "" if outcome.met is not False or outcome.gap else "与目标不符"
    gap = Quantity(abs(outcome.gap.amount), outcome.gap.unit)
    if isinstance(outcome.actual, date):
        return f"{'晚' if outcome.gap.amount > 0 else '早'} {gap}"
    shown = f"{decimal_text(gap.shown, 2)}个百分点" if gap.unit.symbol == "%" else str(gap)
    relative = f"（{percent_text(abs(outcome.rate - 1))}）" if outcome.rate is not None and gap.unit.symbol != "%" else ""
    return f"{'多' if outcome.gap.amount > 0 else '少'} {shown}{relative}"


def _points_lost(row: Row) -> str:
    lost = row.lost
    if not lost or row.status is Status.NOT_APPLICABLE:
        return ""
    if row.indicator.outside is not None:
        return f"{'加' if lost < 0 else '扣'} {points_text(abs(lost))}分"
    return f"失 {points_text(lost)}分" if lost > 0 else f"超出分值 {points_text(-lost)}分"


# ---- long: one paragraph


def because(row: Row, part: Callable[[PartOutcome], str] | None = None) -> str:
    """What was to be reached, what was, which rule gave the score with its arithmetic, on which article it rests.

    *part* tells a part of the item in words, if not `part_text`.
    """
    sentences = [_facts(row), _how(row, part or part_text), *_basis(row)]
    return "".join(f"{s.rstrip('。')}。" for s in sentences if s)


def _facts(row: Row) -> str:
    if row.parts:
        return ""
    target, actual, away = target_text(row), actual_text(row), deviation_text(row.outcome)
    parts = [f"目标 {target}" if target else "", f"实际 {actual}" if actual else "", away]
    if row.outcome.rate is not None and away:
        parts[2] = f"{away.partition('（')[0]}，完成率 {percent_text(row.outcome.rate)}"
    return "，".join(p for p in parts if p)


def _how(row: Row, part: Callable[[PartOutcome], str]) -> str:
    weight = decimal_text(row.indicator.weight)
    match row.status:
        case Status.MISSING:
            return f"{missing_text(row)}，得分待定，{between(row)}"
        case Status.NOT_APPLICABLE:
            share = "由其余适用的指标按比例承担" if row.score is None else f"按规则得 {points_text(row.score)}分"
            return f"不适用，分值 {weight}分，{share}"
        case Status.MANUAL:
            return _manual(row)
    return _composite(row, part) if row.parts else deciding(row)


def _manual(row: Row) -> str:
    asked = next((s for s in row.outcome.steps if isinstance(s, JudgementStep)), None)
    if asked is None:
        return f"按规则算不出得分，{between(row)}"
    due = "，并说明理由" if asked.judgement.reason_due else ""
    return f"规则不能直接算出得分，由评审人在 {interval_text(asked.judgement, asked.low, asked.high)} 之间评定{due}"


def between(row: Row) -> str:
    """The range that a row can still be in."""
    if is_boundless(row.low) or is_boundless(row.high):
        return f"在 {points_text(row.low)} 分以上" if row.high > 0 else f"在 {points_text(row.high)} 分以下"
    return f"可能在 {points_text(row.low)} 到 {points_text(row.high)} 分之间"


def _composite(row: Row, part: Callable[[PartOutcome], str]) -> str:
    combiner = row.indicator.combiner or Combiner.MEAN
    parts = "；".join(part(p) for p in row.parts)
    points = [p.outcome.score for p in row.parts if p.outcome.score is not None]
    total = points_text(Fraction(0) if row.score is None else row.score)
    sums = {
        Combiner.MEAN: f"（{' + '.join(decimal_text(s) for s in points)}）÷ {len(points)} = {total}分",
        Combiner.ALL_MET: f"{'全部达标' if row.score else '没有全部达标'}，得 {total}分",
        Combiner.BEST: f"取最高的一项，得 {total}分",
        Combiner.WORST: f"取最低的一项，得 {total}分",
        Combiner.WEIGHTED: f"{' + '.join(decimal_text(s) for s in points)} = {total}分",
    }
    return f"{parts}。{len(row.parts)} 个分项按「{combiner.value}」合成：{sums[combiner]}{lost_tail(row)}"


def part_text(part: PartOutcome) -> str:
    """A part of an item: its target, its actual value, how far it is away, its points."""
    outcome = part.outcome
    words = {Status.MISSING: "未填", Status.NOT_APPLICABLE: "不适用", Status.MANUAL: "待评"}
    points = words.get(outcome.status) or f"{decimal_text(Fraction(0) if outcome.score is None else outcome.score)}分"
    away = deviation_text(outcome)
    return f"{part.part.name}：目标 {target_text(part)}，实际 {actual_text(part) or '—'}{'，' + away if away else ''}，{points}"


def lost_tail(row: Row) -> str:
    """`，失 3.00分` where points were lost."""
    words = _points_lost(row)
    return f"，{words}" if words else ""


def _basis(row: Row) -> list[str]:
    own = list(row.indicator.basis)
    rule = list(row.indicator.method.rule.basis) if row.indicator.method else []
    texts = list(dict.fromkeys(own + rule))
    return [f"依据：{'；'.join(texts)}"] if texts else []
