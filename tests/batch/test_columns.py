"""Columns give the digits, statuses, clauses and grades of the exact interpreter, on shipped and on random rulesets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.batch.scores import Scores
from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.source import Source
from tests.batch.blocks import Blocks
from tests.batch.rulesets import ruleset

ROOT = Path(__file__).parents[2]
SHIPPED = [path for path in sorted([*ROOT.glob("examples/*/*.perf"), *ROOT.glob("rulesets/*/*.perf")])
           if (made := load(path).ruleset) is not None and any(made.indicators())]
RANDOM = 200
EXACTLY = ("points", "has", "status", "weight", "deviates", "reason_due")
WHOLE = ("total", "low", "high", "complete", "grade", "standing")


def differences(found: Scores, right: Scores) -> list[str]:
    """What differs, each with the units in which it does."""
    told = []
    for mine, its in zip(found.items, right.items, strict=True):
        told += [f"{mine.path} {name} {rows}" for name in EXACTLY if (rows := _unlike(getattr(mine, name), getattr(its, name)))]
        away = np.where(its.deviates, its.deviation, 0)
        told += [f"{mine.path} deviation {rows}" for rows in (_unlike(np.where(mine.deviates, mine.deviation, 0), away),) if rows]
        said = (np.array(item.clauses)[item.clause] for item in (mine, its))
        told += [f"{mine.path} clause {rows}" for rows in (_unlike(*said),) if rows]
    told += [f"told {at} {rows}" for at, several in enumerate(zip(found.told, right.told, strict=True))
             if (rows := _unlike(*(np.array(one.texts)[one.codes] for one in several)))]
    return told + [f"{name} {rows}" for name in WHOLE if (rows := _unlike(getattr(found, name), getattr(right, name)))]


def _unlike(a: np.ndarray, b: np.ndarray) -> list[int]:
    return np.flatnonzero(a != b).tolist()[:5]


def held(rules: Ruleset, block: Block, scorer: Scorer) -> Scores:
    """The scores of a block, the same as the interpreter's."""
    found = scorer.score(block)
    assert differences(found, score_apart(rules, block, None, scorer.gradeable)) == []
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped(path: Path) -> None:
    loaded = load(path)
    assert loaded.ruleset is not None
    blocks, scorer = Blocks(loaded.ruleset, 1), Scorer(loaded.ruleset, not errors(loaded.diagnostics))
    for open_ in (0.0, 0.02):
        held(loaded.ruleset, blocks.block(15, open_), scorer)


@pytest.mark.parametrize("ten", range(RANDOM // 10))
def test_random(ten: int) -> None:
    for seed in range(10 * ten, 10 * ten + 10):
        loaded = load_source(Source("随机.perf", ruleset(seed)))
        assert loaded.ruleset is not None
        assert not errors(loaded.diagnostics), seed
        blocks, scorer = Blocks(loaded.ruleset, seed), Scorer(loaded.ruleset)
        held(loaded.ruleset, blocks.block(12, 0.0), scorer)
        held(loaded.ruleset, blocks.block(5, 0.05), scorer)
