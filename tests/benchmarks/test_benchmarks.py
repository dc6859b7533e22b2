"""The benchmarks run, and what they measure is sound; how fast it is, no test says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from fractions import Fraction
from functools import partial

import pytest

from benchmarks import generate, tables
from benchmarks.__main__ import FIGURES, FILES, OWN, Extent, about, recorded, run
from benchmarks.growth import LARK, LOAD
from benchmarks.timing import Job, alternating, growth
from perfdsl.checks import check
from perfdsl.data import read
from perfdsl.diagnostics import errors
from perfdsl.model.digest import digest
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.report import FORMATS, render
from perfdsl.score import scorecard
from perfdsl.score.overview import explanation
from perfdsl.score.scorecard import Status
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.testing import run_tests
from tests.calls import calls

SIZES = (1, 3, 7, 20, 61, 300)
TINY = Extent((10, 20), (10, 20), 1, 1, 1, (10, 20), 1, (1000,), 1, (("csv", 300),), 1)


def _loaded(size: int) -> Ruleset:
    loaded = load_source(Source(f"{size}.perf", generate.ruleset(size)))

    assert loaded.diagnostics == ()
    assert loaded.ruleset is not None
    return loaded.ruleset


@pytest.mark.parametrize("size", SIZES)
def test_a_generated_ruleset_has_its_size_and_adds_up(size: int) -> None:
    ruleset = _loaded(size)

    assert size == len(list(ruleset.indicators()))
    assert Fraction(100) == ruleset.weight


@pytest.mark.parametrize("size", SIZES)
def test_generated_data_fit_the_ruleset(size: int) -> None:
    ruleset = _loaded(size)

    facts, found = read("-", ruleset, io.StringIO(generate.data(size)))

    assert found == []
    rows = scorecard(ruleset, facts[0]).rows
    assert (size + 12) // 20 == sum(row.status is Status.MISSING for row in rows)
    assert {Status.SCORED, Status.MISSING} >= {row.status for row in rows}


@pytest.mark.parametrize("size", SIZES)
def test_generated_tests_pass(size: int) -> None:
    results = run_tests(_loaded(size))

    assert len(results) == (size + 99) // 100
    assert not any(result.failures for result in results)


def test_every_shape_is_scored_without_an_error() -> None:
    ruleset = _loaded(len(generate.SHAPES))
    facts, _ = read("-", ruleset, io.StringIO(generate.data(len(generate.SHAPES))))

    card = scorecard(ruleset, facts[0])

    assert errors(card.diagnostics) == []
    assert any(row.lost for row in card.rows)
    assert any(row.lost == 0 for row in card.rows)


def _calls(work: Callable[[], object]) -> int:
    """How many functions run, those of C among them."""
    return calls(work, lambda _, event: event in ("call", "c_call"))


def _works(size: int) -> dict[str, Callable[[], object]]:
    source = Source(f"{size}.perf", generate.ruleset(size))
    ruleset = _loaded(size)
    facts, _ = read("-", ruleset, io.StringIO(generate.data(size)))
    card = scorecard(ruleset, facts[0])
    return {
        "parse": lambda: parse(source),
        "check": lambda: check(ruleset),
        "digest": lambda: digest(ruleset),
        "data": lambda: read("-", ruleset, io.StringIO(generate.data(size))),
        "score": lambda: scorecard(ruleset, facts[0]),
        "explain": lambda: explanation(card),
        **{form: partial(render, [card], form) for form in FORMATS},
    }


@pytest.mark.parametrize("stage", ["parse", "check", "digest", "data", "score", "explain", *FORMATS])
def test_four_times_the_indicators_are_four_times_the_work(stage: str) -> None:
    """Or a little more, for their weights have more places; by the square it would be sixteen times."""
    small, large = _works(100)[stage], _works(400)[stage]
    small()  # what is made once and kept does not count

    assert _calls(large) < 5 * _calls(small)


def test_all_is_measured_and_written() -> None:
    shown: list[tables.Table] = []
    measured = run(TINY, shown.append)

    assert list(measured) == shown
    assert {10, 20} == {row["indicators"] for row in measured[1].rows}
    assert "perfdsl eval, cache kept" in tables.text(measured)
    again = json.loads(tables.as_json(measured, about()))
    assert {table.title for table in measured} == again["tables"].keys()
    stages = [row for row in again["tables"]["Rulesets by size"] if row["indicators"] == 20]
    assert stages[0]["stage"] == LARK
    assert stages[0]["times_Lark"] == 1
    assert stages[-1]["stage"] == LOAD


def changed_title(table: tables.Table, title: str) -> tables.Table:
    return table._replace(title=title)


def test_recording_replaces_the_figures_and_nothing_else() -> None:
    table = tables.Table("Title", "Meaning.", ({"what": "one", "median_ms": 1234.5, "reached": True},))

    first = recorded(f"# Page\n\nProse.\n\n{FIGURES}\nold", FILES, [changed_title(table, "Files")])
    once = recorded(first, OWN, [table])

    assert once.startswith(f"# Page\n\nProse.\n\n{FIGURES}")
    assert "old" not in once
    assert "one           1,234        yes" in once
    assert recorded(once, OWN, [table]) == once
    assert once.index("Title") < once.index("Files")
    again = recorded(once, FILES, [table])
    assert (again.count("Title"), "Files" in again) == (2, False)


def test_jobs_take_turns_after_one_round_that_does_not_count() -> None:
    done: list[str] = []
    jobs = [Job(name, partial(done.append, name), partial(done.append, "-")) for name in "abc"]

    times = alternating(jobs, 2)

    assert {name: len(one.seconds) for name, one in times.items()} == {"a": 2, "b": 2, "c": 2}
    assert "".join(done) == "-c-a-b-a-b-c-b-c-a"


def test_growth_is_the_power_of_the_size() -> None:
    assert growth(None, (1000, 1.0)) == {"growth": None, "linear": None}
    assert {"growth": pytest.approx(1), "linear": True} == growth((100, 1.0), (1000, 10.0))
    assert {"growth": pytest.approx(2), "linear": False} == growth((1000, 1.0), (10_000, 100.0))


def test_a_target_is_reached_at_its_limit_and_missed_above() -> None:
    assert tables.goal(1.4, 1.4) == {"at_most": 1.4, "reached": True}
    assert tables.goal(1.41, 1.4) == {"at_most": 1.4, "reached": False}
    assert tables.goal(9.0, None) == {"at_most": None, "reached": None}
