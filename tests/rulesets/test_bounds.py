"""Whatever the data, no shipped rule gives less than 0 or more than 分值, and only a zero divisor or an unknown word stops it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from perfdsl.model.ruleset import Expected, Kind, Ruleset
from perfdsl.pipeline import evaluate, load

SHIPPED = sorted((Path(__file__).parent.parent.parent / "rulesets").rglob("*.perf"))
ALLOWED = {"E452", "E453"}
"""Of rules that an indicator writes itself: what they divide by may be 0, and a text may be none of the three tiers."""
ROUNDS = 60


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_scores_stay_between_nothing_and_the_weight(path: Path) -> None:
    made = load(path)
    assert made.ruleset is not None
    dice = Random(path.stem)
    for _ in range(ROUNDS if made.ruleset.groups else 0):
        data = _anything(made.ruleset, dice)
        result = evaluate(made, data)
        assert {d.code for d in result.diagnostics if d.code.startswith("E")} <= ALLOWED, data
        rows = [row for card in result.scorecards for row in card.rows if row.score is not None]
        assert all(0 <= row.score <= row.indicator.weight for row in rows if row.score is not None), data


def _anything(ruleset: Ruleset, dice: Random) -> dict[str, str]:
    derived = {indicator.path for indicator in ruleset.indicators() if indicator.is_derived}
    return {name: _cell(expected, dice) for name, expected in ruleset.inputs().items() if name not in derived}


def _cell(expected: Expected, dice: Random) -> str:
    match expected.kind:
        case Kind.CHOICE:
            return dice.choice(expected.options)
        case Kind.DATE:
            return dice.choice(["2024-12-31", "2025-01-01", "2023-05-05"])
        case Kind.TEXT:
            return dice.choice(["达成", "部分达成", "未达成", "是", "否"])
    unit = expected.unit.symbol if expected.unit else ""
    counted = unit in ("人", "户", "个", "项", "例", "天")
    return f"{dice.choice([0, 1, 100, dice.randint(0, 300), dice.randint(0, 9999) / 100, 0 if counted else dice.randint(-90, -1)])}{unit}"
