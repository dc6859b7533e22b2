"""Which changes of a ruleset its tests notice."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from perfdsl.checks import check
from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.model.needs import needs
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.model.testcase import Expectation, Test, What
from perfdsl.record import record
from perfdsl.score import scorecard
from perfdsl.score.rows import bare_row
from perfdsl.score.scorecard import Row
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit
from perfdsl.testing.answer import Kind
from perfdsl.testing.compared import row_differs, whole_differs
from perfdsl.testing.mutants import Mutant, mutants
from perfdsl.testing.same import compared
from perfdsl.testing.supposed import facts_of


class Fate(StrEnum):
    """What became of a change: a test noticed it, no test did, it means the same, `check` has an error, or none of these is known."""

    NOTICED = "发现"
    SURVIVED = "未发现"
    EQUIVALENT = "等价"
    REJECTED = "检查就会报错"
    UNDECIDED = "未能判定"


@record
class Caught:
    """A change and its fate; `why` is a value at which it shows, or why it cannot be told."""

    mutant: Mutant
    fate: Fate
    why: str = ""


@record
class _Tried:
    """A test that passes, with its facts read once, and what it expects by whether rows alone tell it."""

    facts: Facts
    of_rows: tuple[Expectation, ...]
    of_whole: tuple[Expectation, ...]


def hunt(ruleset: Ruleset) -> Iterator[Caught]:
    """Every change and its fate, in the order of the text.  The tests of *ruleset* must pass."""
    tried = [_tried(ruleset, test) for test in ruleset.tests]
    asked, known = _askers(ruleset), _errors(ruleset)
    for mutant in mutants(ruleset):
        reached = frozenset(path for one in mutant.touched for path in asked.get(one, (one,)))
        found = _fate(ruleset, mutant, reached, tried)
        is_open = found.fate in (Fate.SURVIVED, Fate.UNDECIDED)
        yield Caught(mutant, Fate.REJECTED) if is_open and _errors(mutant.ruleset) - known else found


def _errors(ruleset: Ruleset) -> set[str]:
    """The codes of the errors that `check` finds in what the ruleset means."""
    return {d.code for d in errors(check(ruleset))}


def _fate(ruleset: Ruleset, mutant: Mutant, reached: frozenset[str], tried: list[_Tried]) -> Caught:
    if any(_notices(mutant, reached, one) for one in tried) or any(_notices_whole(mutant, one) for one in tried):
        return Caught(mutant, Fate.NOTICED)
    found = compared(ruleset, mutant, reached)
    fate = {Kind.DIFFERENT: Fate.SURVIVED, Kind.SAME: Fate.EQUIVALENT, Kind.UNKNOWN: Fate.UNDECIDED}[found.kind]
    return Caught(mutant, fate, found.why)


def _tried(ruleset: Ruleset, test: Test) -> _Tried:
    faults: list[Diagnostic] = []
    facts = facts_of(ruleset, test, faults)
    assert not faults, faults  # the tests have passed
    rows = tuple(one for one in test.expectations if one.what in (What.SCORE, What.NOTHING))
    return _Tried(facts, rows, tuple(one for one in test.expectations if one not in rows))


def _askers(ruleset: Ruleset) -> dict[str, set[str]]:
    """Full name of every indicator → itself and all that read it."""
    found: dict[str, set[str]] = {i.path: {i.path} for i in ruleset.indicators()}
    asked = needs(ruleset)
    for path in found if asked else ():
        waiting = [path]
        while waiting:
            for one in asked.get(waiting.pop(), ()):
                waiting += [one] if path not in found.get(one, {path}) else []
                found.setdefault(one, set()).add(path)
    return {path: users & {i.path for i in ruleset.indicators()} for path, users in found.items()}


def _notices(mutant: Mutant, reached: frozenset[str], tried: _Tried) -> bool:
    """Whether a row that the change reaches comes out otherwise than the test expects."""
    wanted = [one for one in tried.of_rows if one.path in reached]
    if not wanted:
        return False
    own, waiting = for_unit(mutant.ruleset, tried.facts)
    unit = Unit(own, waiting, tried.facts, bare_row, mutant.ruleset)
    rows = ((unit.row(unit.indicators[one.path]), one) for one in wanted)
    return any(row_differs(row, one) != "" or _beyond(row) for row, one in rows)


def _beyond(row: Row) -> bool:
    """E455: less or more than the item may have."""
    indicator: Indicator = row.indicator
    if row.score is None or indicator.outside is not None:
        return False
    return (row.score < 0 and not indicator.negative) or (row.score > indicator.weight and not indicator.uncapped)


def _notices_whole(mutant: Mutant, tried: _Tried) -> bool:
    """Whether the total, the grade, a result or an alert comes out otherwise than the test expects."""
    if not tried.of_whole:
        return False
    card = scorecard(mutant.ruleset, tried.facts)
    return any(whole_differs(card, one) != "" for one in tried.of_whole)
