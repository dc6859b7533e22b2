"""Units one by one by the exact interpreter: what columns are held to, and what works out what columns cannot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from perfdsl.batch.block import Block
from perfdsl.batch.one import One, interpreted
from perfdsl.batch.possible import Possible
from perfdsl.batch.scores import Item, Scores, Told
from perfdsl.batch.told import headings
from perfdsl.data.facts import Facts
from perfdsl.model.ruleset import Ruleset
from perfdsl.plan.shown import shown


def score_apart(ruleset: Ruleset, block: Block, rows: Iterable[int] | None = None, gradeable: bool = True) -> Scores:
    """The scores of these units of the block (all: None), in their order; no grades where an error stands in the ruleset."""
    chosen = range(block.size) if rows is None else list(rows)
    return score_facts(ruleset, (block.facts(at, ruleset) for at in chosen), gradeable)


def score_facts(ruleset: Ruleset, units: Iterable[Facts], gradeable: bool = True) -> Scores:
    """The scores of some units, in their order."""
    possible = Possible(ruleset, gradeable)
    return as_columns(ruleset, [interpreted(ruleset, facts, gradeable, possible) for facts in units])


def as_columns(ruleset: Ruleset, ones: Sequence[One]) -> Scores:
    """Units one beside the other."""
    grades = tuple(grade.name for grade in ruleset.grades)
    items = tuple(_item(ruleset, at, i.path, ones) for at, i in enumerate(ruleset.indicators()))
    return Scores(
        items, shown(ruleset.total_rounding).places or 0, _units([one.total for one in ones]), _units([one.low for one in ones]),
        _units([one.high for one in ones]), _flags([one.total is not None for one in ones]),
        np.array([grades.index(one.grade) if one.grade else -1 for one in ones], np.int8), grades,
        np.array([one.standing for one in ones], np.uint8),
        {at: one.note for at, one in enumerate(ones) if any(one.note)},
        tuple(_told([one.told[at] for one in ones]) for at, _ in enumerate(headings(ruleset))), len(ones))


def _told(texts: Sequence[str]) -> Told:
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return Told(np.array([numbers[text] for text in texts], np.int32), tuple(numbers))


def _units(values: Iterable[int | None]) -> Any:
    return np.array([value or 0 for value in values], np.int64)


def _flags(values: list[bool]) -> Any:
    return np.array(values, bool)


def _item(ruleset: Ruleset, at: int, path: str, ones: Sequence[One]) -> Item:
    items = [one.items[at] for one in ones]
    clauses = {text: number for number, text in enumerate(dict.fromkeys(one.clause for one in items))}
    return Item(
        path, shown(ruleset.item_rounding).places or 0, _units(one.points for one in items), _flags([one.points is not None for one in items]),
        np.array([one.status for one in items], np.uint8), _units(one.weight for one in items),
        np.array([clauses[one.clause] for one in items], np.int32), tuple(clauses),
        _units(one.deviation for one in items), _flags([one.deviation is not None for one in items]), _flags([one.due for one in items]))
