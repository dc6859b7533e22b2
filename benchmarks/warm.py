"""Scoring unit after unit by a ruleset that is loaded: what a batch of units costs each."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import NamedTuple

from benchmarks import generate
from benchmarks.cold import SEED
from benchmarks.tables import Cell, Table
from benchmarks.timing import Job, Times, alternating, growth, rounds_at
from perfdsl.data import read
from perfdsl.data.facts import Facts
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load, load_source
from perfdsl.report import render
from perfdsl.score import scorecard
from perfdsl.score.overview import explanation
from perfdsl.source import Source

_MEANING = """Ruleset and data are read before.  "scorecard" is every row, the total and the grade; "explained" is
that and the paragraphs of the deviations; "printed" is the scorecard as the table of perfdsl eval,
paragraphs included.  growth is the exponent of the least time between this generated size and the one
above."""


class _Loaded(NamedTuple):
    """A ruleset and the facts of one unit."""

    name: str
    size: int
    ruleset: Ruleset
    facts: Facts


def table(sizes: Sequence[int], rounds: int) -> Table:
    """*rounds* is for the smaller rulesets, see `rounds_at`."""
    subjects = [_seed(), *(_generated(size) for size in sizes)]
    measured = [(one, _measured(one, rounds_at(one.size, rounds))) for one in subjects]
    return Table("Warm evaluation", _MEANING, tuple(_rows(measured)))


def _seed() -> _Loaded:
    made = load(SEED / "corrected.perf").ruleset
    assert made is not None
    return _Loaded("seed", len(list(made.indicators())), made, read(SEED / "shortfall.csv", made)[0][0])


def _generated(size: int) -> _Loaded:
    made = load_source(Source(f"{size}.perf", generate.ruleset(size))).ruleset
    assert made is not None
    facts, _ = read("-", made, io.StringIO(generate.data(size)))
    return _Loaded("generated", size, made, facts[0])


def _measured(one: _Loaded, rounds: int) -> dict[str, Times]:
    jobs = [
        Job("scorecard", lambda: scorecard(one.ruleset, one.facts)),
        Job("explained", lambda: explanation(scorecard(one.ruleset, one.facts))),
        Job("printed", lambda: render([scorecard(one.ruleset, one.facts)], "table")),
    ]
    return alternating(jobs, rounds)


def _rows(measured: Sequence[tuple[_Loaded, dict[str, Times]]]) -> list[dict[str, Cell]]:
    rows = []
    for at, (one, times) in enumerate(measured):
        before = measured[at - 1] if at > 1 else None
        rows += [_row(one, each, before) for each in times.values()]
    return rows


def _row(one: _Loaded, times: Times, before: tuple[_Loaded, dict[str, Times]] | None) -> dict[str, Cell]:
    smaller = (before[0].size, before[1][times.name].least) if before else None
    return {
        "ruleset": one.name, "indicators": one.size, "what": times.name, "runs": len(times.seconds),
        "median_ms": times.median * 1e3, "per_second": 1 / times.median,
        "us_per_indicator": times.median / one.size * 1e6, **growth(smaller, (one.size, times.least)),
    }
