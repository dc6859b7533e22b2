"""Machine code gives what arrays give, and these what the exact interpreter gives."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from perfdsl.batch import machine
from perfdsl.batch.apart import score_apart
from perfdsl.batch.block import Block, Numbers
from perfdsl.batch.columns.native import maker
from perfdsl.batch.columns.scorer import Scorer
from perfdsl.diagnostics import errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.source import Source
from tests.batch.blocks import Blocks
from tests.batch.rulesets import ruleset, telling
from tests.batch.test_columns import SHIPPED, differences
from tests.batch.test_columns_review import numbers
from tests.batch.test_columns_review import ruleset as of_rules

RANDOM = 30
LINE = "三级指标 甲 100分，目标 ≥ 10家，计分 正向比率"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maker, "PAYS", -1)


def machines(scorer: Scorer) -> int:
    """How many programs run as machine code."""
    scorer.wait()
    found = [made.result() for runner in scorer._runners.values() if runner is not None for made in runner.maker._made.values()]
    return len([one for one in found if one is not None])


def held(rules: Ruleset, block: Block, gradeable: bool = True, coded: bool = True) -> int:
    """Assert that machine code gives what arrays give; how many programs became machine code."""
    scorer = Scorer(rules, gradeable, coded)
    by_arrays = scorer.score(block)
    made = machines(scorer)
    assert differences(scorer.score(block), by_arrays) == []
    return made


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped(path: Path) -> None:
    loaded = load(path)
    assert loaded.ruleset is not None
    blocks = Blocks(loaded.ruleset, 2)
    for open_ in (0.0, 0.02):
        held(loaded.ruleset, blocks.block(300, open_), not errors(loaded.diagnostics))


def test_random() -> None:
    made = 0
    for seed in range(1000, 1000 + RANDOM):
        rules = load_source(Source("随机.perf", ruleset(seed))).ruleset
        assert rules is not None
        blocks = Blocks(rules, seed)
        made += held(rules, blocks.block(200, 0.05 if seed % 3 else 0.0), coded=bool(seed % 2))
    assert made > RANDOM // 4


def test_what_is_told() -> None:
    made = 0
    for seed in range(4, 10):
        rules = load_source(Source("随机.perf", telling(seed))).ruleset
        assert rules is not None
        made += held(rules, Blocks(rules, seed).block(200, 0.05 if seed % 3 else 0.0))
    assert made > 2


def test_near_ties_of_sums() -> None:
    rules = of_rules("数据 a\n数据 b\n数据 c\n数据 d\n三级指标 甲 100分，不封顶\n  当 b = 0 或 d = 0 得 0\n  否则 得 1分 × a ÷ b + 1分 × c ÷ d",
                     more="总分 不封顶")
    draw = np.random.default_rng(7).integers(1, 400, (4, 3000))
    draw[:, ::2] = draw[:, ::2] // 40 * 8 + 1
    assert held(rules, Block(3000, {name: Numbers(column, 0) for name, column in zip("abcd", draw, strict=True)}, {}, {})) == 1


def test_numbers_beyond_what_was_assumed() -> None:
    rules, scorer = (made := of_rules(LINE)), Scorer(made)
    scorer.score(Block(3, {"甲": numbers(1, 5, 9)}, {}, {}))
    assert machines(scorer) == 1
    beyond = Block(4, {"甲": numbers(-4, 3, 2**45, 7)}, {}, {})
    assert differences(scorer.score(beyond), score_apart(rules, beyond)) == []


def test_arrays_that_do_not_lie_in_one_piece() -> None:
    rules, scorer = (made := of_rules(LINE)), Scorer(made)
    every_other = Block(50, {"甲": Numbers(np.arange(100)[::2], 0)}, {}, {})
    assert differences(scorer.score(every_other), score_apart(rules, every_other)) == []
    assert machines(scorer) == 0


def test_without_llvmlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "is_there", lambda: False)
    assert held(of_rules(LINE), Block(3, {"甲": numbers(1, 5, 12)}, {}, {})) == 0


def test_many_threads() -> None:
    rules = of_rules(LINE)
    scorer, block = Scorer(rules, threads=2), Block(50_000, {"甲": Numbers(np.arange(50_000) % 13, 0)}, {}, {})
    wanted, found = scorer.score(block), []
    several = [threading.Thread(target=lambda: found.append(scorer.score(block))) for _ in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert [differences(one, wanted) for one in found] == [[]] * 4


def test_a_machine_that_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no such library")

    monkeypatch.setattr(machine, "Machine", broken)
    assert held(of_rules(LINE), Block(3, {"甲": numbers(1, 5, 12)}, {}, {})) == 0


def test_more_arrays_than_a_function_has_arguments() -> None:
    rules = of_rules("\n".join(f"三级指标 第{at}项 0.5分，目标 ≥ 10家，计分 正向比率" for at in range(200)))
    assert held(rules, Block(3, {f"第{at}项": numbers(1, 5, 12) for at in range(200)}, {}, {})) == 1


def test_bytes_in_the_other_order() -> None:
    rules, scorer = (made := of_rules(LINE)), Scorer(made)
    other = Block(3, {"甲": Numbers(np.array([1, 5, 12], ">i8"), 0)}, {}, {})
    scorer.score(Block(3, {"甲": numbers(1, 5, 9)}, {}, {}))
    assert machines(scorer) == 1
    assert differences(scorer.score(other), score_apart(rules, other)) == []
