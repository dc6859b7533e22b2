"""The race in memory: every contestant in turn, each in processes of its own, the same units for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.cold import ROOT
from benchmarks.rivals import worker
from benchmarks.rivals.common import CHECKED
from benchmarks.rivals.contestants import CONTESTANTS, LIMIT, Contestant
from benchmarks.tables import Cell, Table
from benchmarks.workload import check, hard, units

_RUNS = 3
_SLOW = 10**5
_LEAST_HARD, _MOST_HARD = 2000, 10**5

_MEANING = """Workload W (benchmarks/workload): 13 indicators, half of the actual values on their target, on a
threshold or on a half cent.  Seconds are of scoring alone, in memory, inputs in the rival's own form:
the median over {rounds} rounds of the least of {runs} runs, fewer where they take over 5 s.  All take turns,
each in a new process pinned to as many cores as it has threads.  units run is less than asked where more
would take minutes.  of limit is how many times as long a unit takes as reading the inputs and writing
the outputs on as many threads.  wrong units have a cell, a total or a grade that differs from the exact
one; wrong hard is the share among {hard:,} units made to lie as near a half cent as values to 10⁸ allow
(or of as many as units run).
working MB is the peak of memory above inputs and outputs, empty where objects or a JVM hold them."""


class Run(NamedTuple):
    """What one contestant did on one number of units."""

    contestant: Contestant
    count: int
    seconds: float
    wrong: int | None
    working_mb: float | None
    wrong_hard: float | None


def table(size: int, rounds: int, contestants: Sequence[Contestant] = CONTESTANTS) -> Table:
    with TemporaryDirectory() as folder:
        runs = _raced(Path(folder), size, rounds, [one for one in contestants if not one.missing])
    limits = {run.contestant.threads: run.seconds / run.count for run in runs if run.contestant.name == LIMIT}
    rows = {run.contestant: _row(run, limits) for run in runs}
    meaning = _MEANING.format(runs=_RUNS, rounds=rounds, hard=_hard(size))
    return Table(f"In memory, {size:,} units", meaning, tuple(rows.get(one) or _absent(one) for one in contestants))


def _row(run: Run, limits: dict[int, float]) -> dict[str, Cell]:
    one, each = run.contestant, run.seconds / run.count
    limit = limits.get(one.threads)
    wrong = None if run.wrong is None else run.wrong / min(run.count, CHECKED) * 100
    return {"who": one.name, "threads": one.threads, "units_run": run.count, "units_per_second": 1 / each, "ns_per_unit": each * 1e9,
            "of_limit": each / limit if limit else None, "wrong_units": run.wrong, "wrong_%": wrong,
            "wrong_hard_%": None if run.wrong_hard is None else run.wrong_hard * 100, "working_MB": run.working_mb, "note": ""}


def _hard(size: int) -> int:
    """How many adversarial units there are beside so many of the mixture."""
    return min(max(size // 10, _LEAST_HARD), _MOST_HARD)


def _absent(one: Contestant) -> dict[str, Cell]:
    empty: dict[str, Cell] = dict.fromkeys(
        ("units_run", "units_per_second", "ns_per_unit", "of_limit", "wrong_units", "wrong_%", "wrong_hard_%", "working_MB"))
    return {"who": one.name, "threads": one.threads, **empty, "note": f"NOT RUN: {one.missing} is not installed"}


def _raced(folder: Path, size: int, rounds: int, contestants: Sequence[Contestant]) -> list[Run]:
    _prepare(folder, size)
    found: dict[Contestant, list[dict]] = {one: [] for one in contestants}
    for at in range(rounds):
        turn = at % len(contestants)
        for one in (*contestants[turn:], *contestants[:turn]):
            found[one].append(_asked(folder / "units", one, min(size, one.most), _RUNS, at == 0))
    return [_run(folder, one, size, made) for one, made in found.items()]


def _prepare(folder: Path, size: int) -> None:
    """The units, and their digits, by whole numbers in two processes."""
    columns = units.units(size)
    known = {name: column[:CHECKED] for name, column in columns.items()}
    worker.save(folder / "units", columns, check.digits(known, 1 if size < _SLOW else 2))
    adversarial = hard.units(_hard(size))
    worker.save(folder / "hard", adversarial, check.digits(adversarial))


def _run(folder: Path, one: Contestant, size: int, made: Sequence[dict]) -> Run:
    least = median(min(each["seconds"]) for each in made)
    count, hard_count = min(size, one.most), min(_hard(size), one.most)
    wrong_hard = _asked(folder / "hard", one, hard_count, 0, True)["wrong"] / hard_count if one.name != LIMIT else None
    return Run(one, count, least, made[0]["wrong"], made[0]["working_mb"], wrong_hard)


def _asked(folder: Path, one: Contestant, count: int, runs: int, checked: bool) -> dict:
    """Raises with what the process said where it fails: a contestant that breaks is no result."""
    what = "checked" if checked and one.name != LIMIT else "unchecked"
    command = [sys.executable, "-m", "benchmarks.rivals.worker", one.module, str(one.threads), str(folder), str(count), str(runs), what]
    done = subprocess.run(command, cwd=ROOT, env=_environment(one.threads), capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(f"{one.key}: {done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def _environment(threads: int) -> dict[str, str]:
    """Libraries read these when they are imported."""
    pinned = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), str(threads))
    return {**os.environ, **pinned, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def tables(sizes: Sequence[int], rounds: int) -> Iterator[Table]:
    for size in sizes:
        yield table(size, rounds)
