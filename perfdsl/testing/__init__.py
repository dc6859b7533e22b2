"""The 测试 blocks of a ruleset: run, measured by what they decide and by which changes they notice, and written."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.model.testcase import Test
from perfdsl.record import record
from perfdsl.score import scorecard
from perfdsl.score.scorecard import Scorecard
from perfdsl.testing.compared import failures
from perfdsl.testing.supposed import facts_of

_BEYOND = ("E451", "E455")
"""Scores that no evaluation would let pass."""


@record
class TestResult:
    """A test and what failed in it, nothing where it passed; `card` is None where its 给定 cannot be read."""

    __test__ = False
    test: Test
    failures: tuple[Diagnostic, ...]
    card: Scorecard | None = None


def run_tests(ruleset: Ruleset, found: Sequence[Diagnostic] = ()) -> list[TestResult]:
    """Every test of the ruleset; *found* is what `check` has said (an error there leaves no grade)."""
    return [_run(ruleset, test, found) for test in ruleset.tests]


def _run(ruleset: Ruleset, test: Test, found: Sequence[Diagnostic]) -> TestResult:
    faults: list[Diagnostic] = []
    facts = facts_of(ruleset, test, faults)
    if faults:
        return TestResult(test, tuple(faults))
    card = scorecard(ruleset, facts, found)
    beyond = [d for d in card.diagnostics if d.code in _BEYOND]
    return TestResult(test, (*beyond, *failures(card, test)), card)
