"""Sentences from templates are those of the interpreter, on shipped and on random rulesets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from perfdsl.batch.block import Block
from perfdsl.batch.columns.inputs import inputs_of
from perfdsl.data.facts import Absent, Facts
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.plan.plan import Plan
from perfdsl.plan.single import Single
from perfdsl.plan.world import Unplanned
from perfdsl.record import changed
from perfdsl.score import scorecard
from perfdsl.score.overview import explanation
from perfdsl.source import Source
from tests.batch.blocks import Blocks
from tests.batch.rulesets import ruleset

ROOT = Path(__file__).parents[2]
SHIPPED = [path for path in sorted([*ROOT.glob("examples/*/*.perf"), *ROOT.glob("rulesets/*/*.perf")])
           if (made := load(path).ruleset) is not None and any(made.indicators())]
RANDOM = 60


def held(rules: Ruleset, blocks: list[Block]) -> int:
    """How many units of the blocks are told of by templates, each as the interpreter tells of it."""
    plan, told = Plan(rules), 0
    for block in blocks:
        inputs = inputs_of(block, plan.frame)
        single = Single(plan, {cell: places for cell, (_, places) in inputs.numbers.items()})
        for at, values in enumerate(inputs.values(np.arange(block.size), single.cells)):
            facts = block.facts(at, rules)
            try:
                counted = single.score(values)
                assert single.sentences(counted) == explanation(scorecard(rules, facts))
                texts, written = _written(facts)
                assert single.sentences(counted, texts) == explanation(scorecard(rules, written))
            except Unplanned:
                continue
            told += 1
    return told


def _written(facts: Facts) -> tuple[dict[str, str], Facts]:
    """Texts for the cells, as someone might have written them, and the facts with these."""
    texts = {}
    for number, (path, fact) in enumerate(facts.items.items()):
        if fact.value is Absent.NOT_APPLICABLE:
            texts[path] = "N/A"
        elif isinstance(fact.value, Absent):
            texts.update({path: "/"} if number % 2 else {})
        else:
            texts[path] = f"第{number}格。" if isinstance(fact.value, str | date) else f"{fact.value}整"
    return texts, changed(facts, items={path: changed(fact, text=texts.get(path, "")) for path, fact in facts.items.items()})


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped(path: Path) -> None:
    rules = load(path).ruleset
    assert rules is not None
    blocks = Blocks(rules, 7)
    held(rules, [blocks.block(8, 0.0), blocks.block(4, 0.02)])


@pytest.mark.parametrize("ten", range(RANDOM // 10))
def test_random(ten: int) -> None:
    told = 0
    for seed in range(10 * ten, 10 * ten + 10):
        rules = load_source(Source("随机.perf", ruleset(seed))).ruleset
        assert rules is not None
        blocks = Blocks(rules, seed)
        told += held(rules, [blocks.block(8, 0.0), blocks.block(3, 0.05)])
    assert told > 60
