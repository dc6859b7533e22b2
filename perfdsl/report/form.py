"""The score table as plain text cells, in the order of the official form; every writer lays out the same lines."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby

from perfdsl.quantity import Rounding, decimal_text
from perfdsl.record import record
from perfdsl.score import explain
from perfdsl.score.scorecard import Outcome, PartOutcome, Row, Scorecard, Status

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
