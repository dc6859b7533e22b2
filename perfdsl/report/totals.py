"""What stands over and under the lines of the form: the sums of its groups, the total, the grade, the title."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.model.ruleset import Group, Outside, weight_of
from perfdsl.quantity import Rounding, decimal_text
from perfdsl.report.form import TWO_PLACES, first_level, points
from perfdsl.score.groups import group_score
from perfdsl.score.scorecard import Row, Scorecard, Status, is_boundless
from perfdsl.score.wording import points_text


def subtotal(card: Scorecard, first: str) -> tuple[str, str]:
    """Weight and score of a 一级指标; 待定 while a row of it is open."""
    rows = [row for row in card.rows if first_level(row) == first]
    node = next((n for n in card.ruleset.groups if isinstance(n, Group) and n.name == first), None)
    weight = decimal_text(whole_of(node)) if node else ""
    if any(row.status in (Status.MISSING, Status.MANUAL) for row in rows):
        return weight, "待定"
    if all(row.score is None for row in rows):
        return weight, "不适用"
    return weight, points(card, group_points(card, node, rows))


def group_points(card: Scorecard, node: Group | None, rows: Sequence[Row]) -> Fraction:
    """What the rows of a group reach, in the scale of the group."""
    if node is None and rows and rows[0].indicator.outside is not None:
        return card.total.bonus if rows[0].indicator.outside is Outside.BONUS else card.total.penalty
    if node is None:
        return sum((row.score for row in rows if row.score is not None), Fraction(0))
    by_path = {row.indicator.path: row for row in rows}
    return group_score(node, card.ruleset, lambda i: by_path[i.path]).points


def unit_line(card: Scorecard) -> str:
    """`单位：某局　单位代码：001001`, as forms have it; empty where the data name no unit."""
    code = f"　单位代码：{card.code}" if card.code else ""
    return f"单位：{card.unit}{code}" if card.unit else ""


def unit_code(card: Scorecard) -> str:
    return f"（单位代码 {card.code}）" if card.code else ""


def whole_of(node: Group) -> Fraction:
    """What a group adds up to: its 满分, or its weight."""
    return weight_of(node) if node.scale is None else node.scale


def group_title(card: Scorecard, first: str) -> str:
    """The name of a 一级指标, with what it counts where that is not what it adds up to."""
    node = next((n for n in card.ruleset.groups if isinstance(n, Group) and n.name == first), None)
    if node is None:
        return first
    notes = [f"满分 {decimal_text(node.scale)}，计入 {decimal_text(weight_of(node))}"] if node.scale else []
    notes += [f"各项{node.combiner.value}"] if node.combiner else []
    return f"{first}（{'；'.join(notes)}）" if notes else first


def total_text(card: Scorecard) -> str:
    """The total in the ruleset's places, or the range it can still be in."""
    rounding, total = card.ruleset.total_rounding or TWO_PLACES, card.total
    if total.score is not None:
        return rounding.text(total.score)
    return f"{_end(rounding, total.low)}～{_end(rounding, total.high)}"


def _end(rounding: Rounding, value: Fraction) -> str:
    return points_text(value) if is_boundless(value) else rounding.text(value)


def total_sentence(card: Scorecard) -> str:
    """`110.00 / 声明 100`, or the weights that there are where the ruleset declares no total."""
    total = card.total
    word, weight = ("分值合计", total.weight) if total.declared is None else ("满分" if total.declared == total.weight else "声明", total.declared)
    return f"{total_text(card)} / {word} {decimal_text(weight)}"


def grade_text(card: Scorecard) -> str:
    """The grade, or the worst and the best that are still possible; empty where there is none."""
    total = card.total
    if total.barred:
        return "不得参评"
    if total.grade is not None:
        return total.grade
    if not total.grades:
        return ""
    return " 至 ".join(dict.fromkeys((total.grades[0], total.grades[-1])))


def mismatch(card: Scorecard) -> str:
    """The note on a sum of weights that the ruleset accepts although it declares another; else empty."""
    accepted, total = card.ruleset.accepted, card.total
    if accepted is None or total.declared is None or total.weight == total.declared:
        return ""
    found, said = decimal_text(total.weight), decimal_text(total.declared)
    return f"分值合计 {found} 与声明的总分 {said} 不一致，规则集已写明接受"


def title(card: Scorecard) -> str:
    """`部门整体支出绩效自评（2023年度）`."""
    year = card.ruleset.year
    return card.ruleset.name if year is None else f"{card.ruleset.name}（{year}年度）"
