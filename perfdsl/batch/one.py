"""What one unit comes to, as plain numbers: what a row of the output says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from perfdsl.batch.possible import Possible
from perfdsl.batch.told import told_of
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.shown import shown
from perfdsl.plan.single import Counted
from perfdsl.plan.whole import Standing, standing
from perfdsl.plan.whole_numbers import half_up
from perfdsl.score import scorecard
from perfdsl.score.clauses import deciding_clause
from perfdsl.score.scorecard import Row, Scorecard, Status

STATUSES = (Status.SCORED, Status.MISSING, Status.NOT_APPLICABLE, Status.MANUAL)
"""What the numbers of `OneItem.status` and of `scores.Item.status` mean."""

_FURTHEST = 10**18
"""Last places from here on are none that a column of 18 digits holds: a deviation is left out, and points so far off are faulty (E455)."""
_COUNTED_BESIDE = ("W452", "W453", "W455")
"""Codes that are counted for all units alike, or not at all: see `warned`."""
_UNSOUND = Diagnostic("", "规则集有错误")
"""Stands for the errors of a ruleset, which are told once and not of every unit."""


class OneItem(NamedTuple):
    """An indicator: `points` (None: none) and `weight` in last places, `status` an index into `STATUSES`, `deviation` in hundredths of a percent."""

    points: int | None
    status: int
    weight: int
    clause: str
    deviation: int | None
    due: bool


class One(NamedTuple):
    """A unit: `total` (None: none), `low` and `high` in last places; `grade` is the name, empty where there is none; `note` what else is said.

    `told` are the cells under the headings of `told`, empty where there is nothing to say; none where only points and grades are told.
    """

    items: tuple[OneItem, ...]
    total: int | None
    low: int
    high: int
    grade: str
    standing: int
    note: Note
    told: tuple[str, ...]


class Note(NamedTuple):
    """`codes` of what is wrong with a unit or missing, and `grades` that an open one can have (`中 至 优`)."""

    codes: tuple[str, ...] = ()
    grades: str = ""


def interpreted(ruleset: Ruleset, facts: Facts, gradeable: bool, possible: Possible) -> One:
    """What the interpreter gives; *gradeable*: no error stands in the ruleset, so that there are grades."""
    return _of_card(scorecard(ruleset, facts, () if gradeable else (_UNSOUND,)), possible)


def _of_card(card: Scorecard, possible: Possible) -> One:
    total, ruleset = card.total, card.ruleset
    places, unit = shown(ruleset.total_rounding).places or 0, shown(ruleset.item_rounding).places or 0
    sound = not errors(card.diagnostics)
    codes = tuple(one.code for one in card.diagnostics if one.code not in _COUNTED_BESIDE and one != _UNSOUND)
    grades = possible.of(total.grades) if sound and total.grade is None and not total.barred else ""
    score, low, high = (None if one is None else kept(last_places(one, places)) for one in (total.score, total.low, total.high))
    return One(tuple(_item(row, unit) for row in card.rows), score, low or 0, high or 0, total.grade or "",
               int(standing(total, card.rows, sound)), Note(codes, grades), told_of(card))


def last_places(value: Fraction, places: int) -> int:
    """The number of last places that are printed, half up."""
    return half_up(value.numerator * 10**places, value.denominator)


def _item(row: Row, places: int) -> OneItem:
    rate = row.outcome.rate
    deviation = None if rate is None else kept(last_places(rate - 1, 4))
    clause = deciding_clause(row.outcome) if row.status is Status.SCORED else ""
    return OneItem(None if row.score is None else kept(last_places(row.score, places)), STATUSES.index(row.status),
                   last_places(row.indicator.weight, places), clause, deviation, row.reason_due is not None)


def of_counted(counted: Counted, beside: list[tuple[int | None, bool]] | None, places: int, note: Note, told: tuple[str, ...]) -> One:
    """What the whole numbers of a plan give; *places* are those of points."""
    known = [(None, False)] * len(counted.items) if beside is None else [(kept(deviation), due) for deviation, due in beside]
    items = tuple(
        OneItem(points, STATUSES.index(reached.status), last_places(reached.weight, places), reached.clause if beside is not None else "", *extra)
        for (reached, points), extra in zip(counted.items, known, strict=True))
    whole = counted.whole
    total = None if whole.score is None else counted.low
    return One(items, total, counted.low, counted.high, whole.grade, int(whole.standing), note, told)


def note_of(counted: Counted, possible: Possible, facts: Callable[[], Facts]) -> Note:
    """What is said of a unit beside its numbers; *facts* are its data."""
    whole = counted.whole
    waiting = {name for reached, _ in counted.items for name in reached.waiting}
    codes = [*counted.faults, *whole.faults, *_of_items(counted)]
    if set(whole.waiting) - waiting:
        codes.append("W456")
    if whole.standing is Standing.NO_TOTAL:
        codes.append("E456")
    if not counted.ends or whole.standing not in (Standing.OPEN, Standing.GRADED) or any(code.startswith("E") for code in codes):
        return Note(tuple(codes))
    low, high = (Fraction(*end) for end in counted.ends)
    return Note(tuple(codes), possible.between(low, high, facts))


def _of_items(counted: Counted) -> Iterable[str]:
    for reached, _ in counted.items:
        if reached.status is Status.MISSING and reached.waiting:
            yield "W451"
        elif reached.status is Status.MANUAL and reached.waiting == ("评定得分",):
            yield "W454"


def kept(places: int | None) -> int | None:
    """Last places, where they are not too many to be told."""
    return None if places is None or abs(places) >= _FURTHEST else places
