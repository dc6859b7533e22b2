"""Units one by one by the exact interpreter: what columns are held to, and what works out what columns cannot."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from perfdsl.batch.block import Block
from perfdsl.batch.scores import NO_CLAUSE, STATUSES, Item, Scores
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.whole import standing
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.score import scorecard
from perfdsl.score.clauses import deciding_clause
from perfdsl.score.scorecard import (
    Row,
    Status,
)

SHOWN_PLACES = 2
"""Decimals of a score that the ruleset does not round, as everywhere it is printed."""


_FURTHEST = 10**14
"""A rate beyond this is no deviation that a column of 64 bits holds; it is left out."""


def places_of(rounding: Rounding | None) -> int:
    """How many decimals a score is printed with."""
    return SHOWN_PLACES if rounding is None or rounding.places is None else rounding.places


def score_apart(ruleset: Ruleset, block: Block, rows: Iterable[int] | None = None, gradeable: bool = True) -> Scores:
    """The scores of these units of the block (all: None), in their order; no grades where an error stands in the ruleset."""
    chosen = range(block.size) if rows is None else list(rows)
    return score_facts(ruleset, (block.facts(at, ruleset) for at in chosen), gradeable)


def score_facts(ruleset: Ruleset, units: Iterable[Facts], gradeable: bool = True) -> Scores:
    """The scores of some units, in their order."""
    clauses: dict[str, int] = {}
    cards = [scorecard(ruleset, facts) for facts in units]
    items = tuple(_item(ruleset, at, [card.rows[at] for card in cards], clauses) for at, _ in enumerate(ruleset.indicators()))
    places, grades = places_of(ruleset.total_rounding), tuple(grade.name for grade in ruleset.grades)
    return Scores(
        items, places, _units([card.total.score for card in cards], places), _units([card.total.low for card in cards], places),
        _units([card.total.high for card in cards], places), np.array([card.total.score is not None for card in cards], bool),
        np.array([grades.index(card.total.grade) if gradeable and card.total.grade is not None else -1 for card in cards], np.int8), grades,
        np.array([standing(card.total, card.rows, gradeable and not errors(card.diagnostics)) for card in cards], np.uint8),
        tuple(clauses), len(cards))


def _units(values: list, places: int) -> np.ndarray:  # type: ignore[type-arg]  # Fractions or None
    shown = Rounding(places, RoundingMode.HALF_UP)
    return np.array([0 if v is None else int(shown.apply(v) * 10**places) for v in values], np.int64)


def _item(ruleset: Ruleset, at: int, rows: list[Row], clauses: dict[str, int]) -> Item:
    places = places_of(ruleset.item_rounding)
    rates = [row.outcome.rate if row.outcome.rate is not None and abs(row.outcome.rate) < _FURTHEST else None for row in rows]
    path = [i.path for i in ruleset.indicators()][at]
    return Item(
        path, places, _units([row.score for row in rows], places), np.array([row.score is not None for row in rows], bool),
        np.array([STATUSES.index(row.status) for row in rows], np.uint8), _units([row.indicator.weight for row in rows], places),
        np.array([_clause(row, clauses) for row in rows], np.int32), _units([None if r is None else r - 1 for r in rates], 4),
        np.array([r is not None for r in rates], bool), np.array([row.reason_due is not None for row in rows], bool))


def _clause(row: Row, clauses: dict[str, int]) -> int:
    said = deciding_clause(row.outcome) if row.status is Status.SCORED else ""
    return clauses.setdefault(said, len(clauses)) if said else NO_CLAUSE
