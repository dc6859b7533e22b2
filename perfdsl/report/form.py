"""The score table as plain text cells, in the order of the official form; every writer lays out the same lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from perfdsl.model.ruleset import Group, Outside, weight_of
from perfdsl.quantity import Rounding, decimal_text
from perfdsl.record import record
from perfdsl.score import explain
from perfdsl.score.groups import group_score
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Scorecard, Status, is_boundless
from perfdsl.score.wording import points_text

TWO_PLACES = Rounding(2)
_OPEN = {Status.MISSING: "未填", Status.NOT_APPLICABLE: "不适用", Status.MANUAL: "待评", Status.SCORED: ""}


@record
class Line:
    """An indicator or (`row` None) a part of the one above."""

    row: Row | None
    name: str
    target: str
    actual: str
    rate: str
    weight: str
    score: str
    note: str


@record
class Section:
    """The lines under one 二级指标 (`second` empty where the ruleset has none) and its rows."""

    first: str
    second: str
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]


def in_form_order(card: Scorecard) -> list[Row]:
    """The ruleset's order, except that budget execution stands on top and a heading's rows stand together."""
    place: dict[tuple[str, ...], int] = {}
    for row in card.rows:
        for levels in (_levels(row)[:1], _levels(row)):
            place.setdefault(levels, len(place))
    return sorted(card.rows, key=lambda row: ("预算执行" not in first_level(row), place[_levels(row)[:1]],
                                              place[_levels(row)]))


def _levels(row: Row) -> tuple[str, str]:
    return first_level(row), second_level(row)


def first_level(row: Row) -> str:
    """The 一级指标 of a row; empty for an indicator that stands under none."""
    return row.indicator.levels[0] if len(row.indicator.levels) > 1 else ""


def second_level(row: Row) -> str:
    """All levels between the first and the indicator."""
    return "/".join(row.indicator.levels[1:-1])


def sections(card: Scorecard) -> list[Section]:
    """The whole table, one section for each run of rows under the same headings."""
    runs = groupby(in_form_order(card), key=lambda row: (first_level(row), second_level(row)))
    return [_section(card, first, second, tuple(rows)) for (first, second), rows in runs]


def _section(card: Scorecard, first: str, second: str, rows: tuple[Row, ...]) -> Section:
    lines = tuple(line for row in rows for line in _lines(card, row))
    return Section(first, second, rows, lines)


def _lines(card: Scorecard, row: Row) -> Iterator[Line]:
    yield Line(row, row.indicator.name, explain.target_text(row), explain.actual_text(row), explain.rate_text(row),
               "" if row.indicator.outside else decimal_text(row.indicator.weight), score_text(card, row), _note(row))
    yield from (_part_line(part) for part in row.parts)


def _part_line(one: PartOutcome) -> Line:
    weight = "" if one.part.weight is None else decimal_text(one.part.weight)
    return Line(None, one.part.name, explain.target_text(one), explain.actual_text(one), explain.rate_text(one), weight,
                _state(one.outcome), _met(one.outcome))


def _met(outcome: Outcome) -> str:
    if outcome.met is None:
        return ""
    away = "" if outcome.met else explain.deviation_text(outcome)
    return "达标" if outcome.met else f"未达标：{away}" if away else "未达标"


def _note(row: Row) -> str:
    """The short explanation, unless it only repeats what the score column says."""
    note = explain.brief(row)
    repeats = (_OPEN[row.status], f"{row.indicator.name}{_state(row.outcome)}")
    return "" if row.score is None and note in repeats else note


def score_text(card: Scorecard, row: Row) -> str:
    """The score as the ruleset prints it, or why there is none."""
    return _state(row.outcome) if row.score is None else points(card, row.score)


def _state(outcome: Outcome) -> str:
    """Why there is no score; nothing where there is one."""
    return "读不出" if outcome.unread and set(outcome.unread) >= set(outcome.waiting_for) else _OPEN[outcome.status]


def points(card: Scorecard, value: Fraction) -> str:
    """Points of one item in the ruleset's places."""
    return (card.ruleset.item_rounding or TWO_PLACES).text(value)


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
