"""perfdsl itself, from the ruleset in the language: its columns go straight to the engine of `perfdsl.batch`."""

from __future__ import annotations

from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.workload.check import Digits
from benchmarks.workload.shape import GRADES, ITEMS, RULESET, SCALE, WORD, WORDS
from benchmarks.workload.units import Columns
from perfdsl import pipeline
from perfdsl.batch.block import Block, Column, Numbers, Words
from perfdsl.batch.columns.native import maker
from perfdsl.batch.columns.run import Outputs
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.batch.scores import Scores
from perfdsl.model.ruleset import Ruleset

_MANY = 10**5
_LONG = 5.0
_PLACES = len(str(SCALE)) - 1


class State(NamedTuple):
    scorer: Scorer
    block: Block
    outputs: Outputs


def prepare(columns: Columns, threads: int) -> State:
    """Warm: from so many units on that it pays, as many have been scored as machine code is made for."""
    state = state_of(columns, threads)
    warm(state)
    state.scorer.wait()
    return state


def warm(state: State) -> None:
    """Not for long: units of which none is for machine code would take minutes."""
    start = perf_counter()
    for _ in range(maker.PAYS // state.block.size + 2 if state.block.size >= _MANY else 1):
        score(state)
        if perf_counter() - start > _LONG:
            return


def state_of(columns: Columns, threads: int) -> State:
    ruleset = pipeline.load(RULESET).ruleset
    assert ruleset is not None
    scorer, block = Scorer(ruleset, coded=False, threads=threads), block_of(columns, ruleset)
    return State(scorer, block, scorer.room(block.size))


def block_of(columns: Columns, ruleset: Ruleset) -> Block:
    """The units as a block."""
    full = full_names(ruleset)
    cells: dict[str, Column] = {full.get(name, name): Numbers(column, _PLACES) for name, column in columns.items() if name != WORD}
    cells[WORD] = Words(columns[WORD].astype(np.int32), WORDS)
    return Block(len(columns[WORD]), cells, {}, {})


def full_names(ruleset: Ruleset) -> dict[str, str]:
    """The full name of every indicator and part, by its own."""
    return {item.name: item.path for indicator in ruleset.indicators() for item in (indicator, *indicator.parts)}


def score(state: State) -> Scores:
    return state.scorer.score(state.block, state.outputs)


def digits(scores: Scores) -> Digits:
    by_name = {item.path.rpartition("/")[2]: item for item in scores.items}
    cents = np.stack([by_name[item.name].points.astype(np.int64) for item in ITEMS], axis=1)
    places = np.array([GRADES.index(name) for name in scores.grades], np.int8)
    return Digits(cents, scores.total.astype(np.int64), places[scores.grade])
