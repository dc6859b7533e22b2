"""A chunk is scored: its columns by the engine, what has no place in a column by the interpreter."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from perfdsl.batch.apart import score_facts
from perfdsl.batch.engine import Engine
from perfdsl.batch.joined import joined, taken
from perfdsl.batch.reading.chunk import Chunk
from perfdsl.batch.reading.meaning import Said
from perfdsl.batch.scores import Scores
from perfdsl.data.facts import Absent, Fact, Facts
from perfdsl.data.headings import Role
from perfdsl.model.ruleset import Expected, Ruleset
from perfdsl.quantity import of
from perfdsl.record import changed
from perfdsl.units import PURE


def scored(chunk: Chunk, engine: Engine, ruleset: Ruleset, gradeable: bool) -> Scores:
    """The scores of the units of a chunk, in its order; *gradeable*: no error stands in the ruleset."""
    if chunk.facts is not None:
        return score_facts(ruleset, chunk.facts, gradeable)
    scores = engine(chunk.block)
    if not chunk.apart:
        return scores
    rows = sorted(chunk.apart)
    others = score_facts(ruleset, [facts_of(chunk, row, ruleset) for row in rows], gradeable)
    order = np.arange(chunk.block.size)
    order[rows] = np.arange(len(rows)) + chunk.block.size
    return taken(joined([scores, others]), order)


def facts_of(chunk: Chunk, row: int, ruleset: Ruleset) -> Facts:
    """The data of a unit, with the values that are in no column."""
    facts, wanted = chunk.block.facts(row, ruleset), ruleset.inputs()
    items = dict(facts.items)
    for path, role, said in chunk.apart.get(row, ()):
        fact = items.get(path, Fact(Absent.MISSING))
        items[path] = changed(fact, chosen=said) if role is Role.CHOSEN else changed(fact, value=_value(said, wanted.get(path)))
    return changed(facts, items=items)


def _value(said: Said, expected: Expected | None) -> Any:
    return of(said, (expected.unit if expected else None) or PURE) if isinstance(said, Fraction) else said
