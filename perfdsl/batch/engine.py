"""What works out a block of units."""

from __future__ import annotations

import os
from collections.abc import Callable

from perfdsl.batch.block import Block
from perfdsl.batch.scores import Scores
from perfdsl.model.ruleset import Ruleset

Engine = Callable[[Block], Scores]


def engine(ruleset: Ruleset, gradeable: bool = True, brief: bool = False, threads: int | None = None) -> Engine:
    """As `kept_engine`, without what is kept."""
    return kept_engine(ruleset, gradeable, brief, "", threads)[0]


def kept_engine(ruleset: Ruleset, gradeable: bool, brief: bool, content: str = "",
                threads: int | None = None) -> tuple[Engine, Callable[[], None]]:
    """A function from the data of a block of units to their scores, in the order of the block.

    *gradeable*: no error stands in the ruleset.  *brief*: only points, totals and grades are wanted.  With *content* (see `plan.Plan`) what has
    been laid out is found again by the next run; the second function keeps it.  *threads*: at most so many; None: as many as there are cores.
    """
    from perfdsl.batch.columns.scorer import Scorer

    scorer = Scorer(ruleset, gradeable, not brief, threads or os.cpu_count() or 1, content)
    return scorer.score, scorer.plan.keep
