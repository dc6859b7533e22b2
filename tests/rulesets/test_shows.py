"""The tests of the shipped rulesets decide every clause and notice every change that is one.

All of it takes about half a minute, most of that for 一体化平台计分方法: its scores are rounded inside the rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from decided import loaded

from perfdsl.testing import run_tests
from perfdsl.testing.measured import Measured

SHIPPED = sorted((Path(__file__).parent.parent.parent / "rulesets").rglob("*.perf"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.stem)
def test_every_clause_is_decided_and_every_change_noticed(path: Path) -> None:
    ruleset = loaded(path)
    made = Measured.of(path.name, ruleset, run_tests(ruleset), (), True)

    assert made.failed == 0
    assert made.passed > 0
    assert made.caught
    assert [*made.lines()][2:] == [line for line in [*made.lines()][2:] if line.startswith("变异")], "没有测试的规则，或没有发现的改动"
