"""What is asked of a ruleset for every value: proofs, and the difference to another year."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import generate
from benchmarks.cold import ROOT
from benchmarks.tables import Cell, Table
from benchmarks.timing import JUDGED_FROM, MOST_EXPONENT, Job, Times, alternating, growth, rounds_at
from perfdsl.compare.diff import diff
from perfdsl.model.ruleset import Ruleset
from perfdsl.pipeline import load_source
from perfdsl.prove.proofs import prove
from perfdsl.source import Source

LOAD, PROVE, DIFF = "parse, resolve, check", "check --prove", "diff, edited"
_LARGEST = Path("rulesets") / "common" / "共性指标.perf"

_MEANING = f""""{LOAD}" is perfdsl.pipeline.load_source, nothing taken from a cache, and what the
others are compared to.  "{PROVE}" is all claims on every value, of a ruleset that is loaded;
"{DIFF}" compares two loaded rulesets by meaning, of which one has ten targets changed (90% to
91% in the shipped one).  The largest ruleset that ships is {_LARGEST.stem}.  growth is the exponent of the
least time between this generated size and the one above; up to {MOST_EXPONENT} passes, judged from {JUDGED_FROM:,}
indicators on."""


class _Pair(NamedTuple):
    """A ruleset, and the same with some numbers changed: 90% to 91%, or ten targets."""

    name: str
    size: int
    text: str
    folder: Path | None
    old: Ruleset
    new: Ruleset


def table(sizes: Sequence[int], rounds: int) -> Table:
    """*rounds* is for the smaller rulesets, see `rounds_at`."""
    pairs = [_shipped(), *(_generated(size) for size in sizes)]
    measured = [(pair, _measured(pair, rounds_at(pair.size, rounds))) for pair in pairs]
    return Table("Claims on every value", _MEANING, tuple(_rows(measured)))


def _measured(pair: _Pair, rounds: int) -> dict[str, Times]:
    jobs = [Job(LOAD, lambda: load_source(Source(f"{pair.name}.perf", pair.text), pair.folder)), Job(PROVE, lambda: prove(pair.old)),
            Job(DIFF, lambda: diff(pair.old, pair.new))]
    return alternating(jobs, rounds)


def _shipped() -> _Pair:
    path = ROOT / _LARGEST
    text = path.read_text("utf-8")
    return _pair(f"shipped: {_LARGEST.stem}", text, text.replace("90%", "91%"), path.parent)


def _generated(size: int) -> _Pair:
    text = generate.ruleset(size)
    return _pair("generated", text, text.replace("目标 ≥ 3亿元", "目标 ≥ 3.3亿元", 10), None)


def _pair(name: str, text: str, edited: str, folder: Path | None) -> _Pair:
    old, new = (load_source(Source(f"{name}.perf", one), folder).ruleset for one in (text, edited))
    assert old is not None
    assert new is not None
    return _Pair(name, len(list(old.indicators())), text, folder, old, new)


def _rows(measured: Sequence[tuple[_Pair, dict[str, Times]]]) -> list[dict[str, Cell]]:
    rows = []
    for at, (pair, times) in enumerate(measured):
        before = measured[at - 1] if at > 1 else None  # the first generated size has none
        rows += [_row(pair, one, times[LOAD], before) for one in times.values()]
    return rows


def _row(pair: _Pair, one: Times, base: Times, before: tuple[_Pair, dict[str, Times]] | None) -> dict[str, Cell]:
    smaller = None if before is None else (before[0].size, before[1][one.name].least)
    return {"ruleset": pair.name, "indicators": pair.size, "job": one.name, "runs": len(one.seconds), "least_ms": one.least * 1e3,
            "median_ms": one.median * 1e3, "times_load": one.median / base.median, **growth(smaller, (pair.size, one.least))}
