"""Many units in one list, best first."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.report.totals import grade_text, total_text
from perfdsl.score import overview
from perfdsl.score.scorecard import Scorecard, Status

HEADINGS = ("名次", "单位", "总分", "等级", "失分最多的指标", "未填")


@record
class Ranked:
    """A unit and its place; units of equal score share one, and a unit without a total has None."""

    place: int | None
    card: Scorecard

    def cells(self) -> tuple[str, ...]:
        """One cell for each of `HEADINGS`."""
        place = "－" if self.place is None else str(self.place)
        card = self.card
        return place, card.unit, total_text(card), grade_text(card), worst(card), open_rows(card)


def ranked(cards: Sequence[Scorecard]) -> list[Ranked]:
    """Best total first; units without a total come last, by the best that each can still reach."""
    done = sorted((c for c in cards if c.total.score is not None), key=lambda c: -(c.total.score or 0))
    scores = [c.total.score for c in done]
    first = {score: place for place, score in reversed(list(enumerate(scores, 1)))}
    waiting = sorted((c for c in cards if c.total.score is None), key=lambda c: -c.total.high)
    return [*(Ranked(first[c.total.score], c) for c in done), *(Ranked(None, c) for c in waiting)]


def distribution(cards: Sequence[Scorecard]) -> list[tuple[str, int]]:
    """How many units have each grade: the rulesets' grades in their order, then what else stands in the column."""
    shown = [grade_text(card) for card in cards]
    names = dict.fromkeys([*(grade.name for card in cards for grade in card.ruleset.grades), *filter(None, shown)])
    return [(name, shown.count(name)) for name in names]


def worst(card: Scorecard) -> str:
    """The indicator that cost most, with its points."""
    lost = overview.lost_points(card)
    return f"{lost[0].indicator.name} −{decimal_text(lost[0].lost or lost[0].indicator.weight, 2)}" if lost else ""


def open_rows(card: Scorecard) -> str:
    """How many rows are not filled in, and how many wait for an officer's score."""
    missing = sum(row.status is Status.MISSING for row in card.rows)
    manual = sum(row.status is Status.MANUAL for row in card.rows)
    return f"{missing}，另待评 {manual}" if manual else str(missing)
