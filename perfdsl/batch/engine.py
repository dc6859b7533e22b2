"""What works out a block of units."""

from __future__ import annotations

from collections.abc import Callable

from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block
from perfdsl.batch.scores import Scores
from perfdsl.model.ruleset import Ruleset

Engine = Callable[[Block], Scores]


def engine(ruleset: Ruleset) -> Engine:
    """A function from the data of a block of units to their scores, in the order of the block."""
    return lambda block: score_apart(ruleset, block)
