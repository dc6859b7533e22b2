"""Blocks that are alike share one program, and so does the next run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from perfdsl.batch.block import Block, Numbers
from perfdsl.batch.columns.layout import Drafter
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.plan.plan import MOST_LAID
from perfdsl.resources import cache_folder
from tests.batch.test_columns import differences
from tests.batch.test_columns_review import TWO, ruleset

_PATHS = [one.path for one in ruleset(TWO).indicators()]


def block(most: int, size: int = 50) -> Block:
    random = np.random.default_rng(most)
    return Block(size, {path: Numbers(random.integers(0, most, size), 0, None) for path in _PATHS}, {}, {})


def drafts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """One for each program that is laid out from now on: whether it leaves nothing out."""
    made: list[bool] = []
    layout = Drafter.layout

    def noted(self: Drafter) -> object:
        made.append(self.whole)
        return layout(self)

    monkeypatch.setattr(Drafter, "layout", noted)
    return made


def test_numbers_a_hundred_times_as_great_need_no_other_program(monkeypatch: pytest.MonkeyPatch) -> None:
    made, scorer = drafts(monkeypatch), Scorer(ruleset(TWO))

    for most in (3, 20, 150, 256):
        assert differences(scorer.score(block(most)), Scorer(ruleset(TWO)).score(block(most))) == []
    assert made.count(True) == 5  # one of the first scorer, one each of the others
    assert not made.count(False)


def test_programs_are_kept_for_the_next_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", str(tmp_path))
    first = Scorer(ruleset(TWO), content="甲")
    wanted = first.score(block(100))
    first.plan.keep()
    made = drafts(monkeypatch)
    second = Scorer(ruleset(TWO), content="甲")

    assert differences(second.score(block(100)), wanted) == []
    assert made == []
    for _ in range(2):  # the first tells that numbers are greater than assumed
        second.score(block(10**6))
    assert made


def test_few_programs_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERFDSL_CACHE", str(tmp_path))
    for at in range(MOST_LAID + 4):
        scorer = Scorer(ruleset(TWO), content="甲")
        scorer.plan.program(at, lambda at=at: at)
        scorer.plan.keep()
    made: list[int] = []
    kept = Scorer(ruleset(TWO), content="甲").plan

    assert cache_folder() == tmp_path
    for at in (3, 4, MOST_LAID + 3):
        kept.program(at, lambda at=at: made.append(at))
    assert made == [3]


def test_roomy_ranges_never_cost_a_way_to_a_score() -> None:
    """These numbers are about as great as float64 allows; some hundred times as great ones would have no program."""
    most = 2**45
    rules, units = ruleset(TWO), Numbers(np.array([most - 1, most // 3, 10, 0]), 0, None)
    scores = Scorer(rules).score(Block(4, dict.fromkeys(_PATHS, units), {}, {}))

    assert [one.points.tolist() for one in scores.items] == [[5000, 5000, 5000, 0]] * 2
