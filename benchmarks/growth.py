"""Rulesets of growing size: parsed, resolved and checked, beside what Lark alone needs for the same clauses."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.generate import ruleset
from benchmarks.tables import Cell, Table, goal
from benchmarks.timing import JUDGED_FROM, MOST_EXPONENT, Job, Times, alternating, growth, rounds_at
from perfdsl.pipeline import load_source
from perfdsl.source import Source
from perfdsl.syntax import parse
from perfdsl.syntax.clauses import grammar

LARK, PARSE, LOAD = "Lark alone", "parse", "parse, resolve, check"
_MOST_TIMES_LARK = 3.0

_MEANING = f"""Nothing is taken from a cache.  "{LARK}" is Lark.parse of one clause after another, with the same
tables and the same lexer, down to Lark's own tree; the text was cut into clauses before.  "{PARSE}" is
perfdsl.syntax.parse: the whole text to blocks with places.  "{LOAD}" is
perfdsl.pipeline.load_source: the quoted methods are parsed as well, every check runs, the digest is
made.  growth is the exponent of the least time between this size and the one above: 1 is linear, up to
{MOST_EXPONENT} passes; it and the ratio (of medians) are judged from {JUDGED_FROM:,} indicators on."""


def table(sizes: Sequence[int], rounds: int) -> Table:
    """*rounds* is for the smaller sizes, see `rounds_at`.  What the cache folder is, the caller has settled."""
    measured = [(size, _measured(size, rounds_at(size, rounds))) for size in sizes]
    return Table("Rulesets by size", _MEANING, tuple(_rows(measured)))


def _measured(size: int, rounds: int) -> dict[str, Times]:
    source = Source(f"{size}.perf", ruleset(size))
    clauses = [line for line in source.text.splitlines() if line]
    jobs = [
        Job(LARK, lambda: _lark_alone(clauses)),
        Job(PARSE, lambda: parse(source)),
        Job(LOAD, lambda: load_source(source)),
    ]
    return alternating(jobs, rounds)


def _lark_alone(clauses: Sequence[str]) -> None:
    lark = grammar()
    for clause in clauses:
        lark.parse(clause)


def _rows(measured: Sequence[tuple[int, dict[str, Times]]]) -> list[dict[str, Cell]]:
    rows = []
    for at, (size, times) in enumerate(measured):
        before = measured[at - 1] if at else None
        rows += [_row(size, one, times[LARK], before) for one in times.values()]
    return rows


def _row(size: int, one: Times, lark: Times, before: tuple[int, dict[str, Times]] | None) -> dict[str, Cell]:
    ratio = one.median / lark.median
    judged = one.name == LOAD and size >= JUDGED_FROM
    return {
        "indicators": size, "stage": one.name, "runs": len(one.seconds), "least_ms": one.least * 1e3,
        "median_ms": one.median * 1e3, "us_per_indicator": one.median / size * 1e6,
        **growth((before[0], before[1][one.name].least) if before else None, (size, one.least)),
        "times_Lark": ratio, **goal(ratio, _MOST_TIMES_LARK if judged else None),
    }
