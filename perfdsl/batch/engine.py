"""What works out a block of units."""

from __future__ import annotations

import os
from collections.abc import Callable

from perfdsl.batch.block import Block
from perfdsl.batch.scores import Scores
from perfdsl.model.ruleset import Ruleset

Engine = Callable[[Block], Scores]


def engine(ruleset: Ruleset, gradeable: bool = True, brief: bool = False, threads: int | None = None) -> Engine:
    """A function from the data of a block of units to their scores, in the order of the block.

    *gradeable*: no error stands in the ruleset.  *brief*: only points, totals and grades are wanted.  *threads*: at most so many;
    None: as many as there are cores.
    """
    from perfdsl.batch.columns.scorer import Scorer

    return Scorer(ruleset, gradeable, not brief, threads or os.cpu_count() or 1).score
