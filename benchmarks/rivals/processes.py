"""Whole processes from a file to a file, as a user would start them: what reading and writing leave of the speed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from benchmarks.cold import ROOT
from benchmarks.rivals.contestants import OUR_POINTS, OURS
from benchmarks.tables import Cell, Table
from benchmarks.workload import check, files, units
from benchmarks.workload.shape import GRADES, ITEMS, RULESET

_MEANING = """From the start of a process to its exit, both cores; all take turns, {rounds} rounds after one that does not
count.  The output is read again: wrong units have a score, a total or a grade that differs from the
exact one, among the first {checked:,}.  peak MB is the largest resident memory, inputs and outputs included.
to best is the median beside the least median of the others that are exact on the same units and write
the same; with reasons, each item's loss, status, deviation and deciding clause are written too."""
_CHECKED = 10**5
_WATCH = Path(__file__).with_name("watch.py")


class Entrant(NamedTuple):
    """A command that reads a file and writes one; *columns* are its scores, total and grade in the output.

    *alike*: it writes the scores, the total and the grade, as the others do.
    """

    name: str
    command: tuple[str, ...]
    needs: str
    forms: tuple[str, ...]
    most: int
    columns: tuple[str, ...] = (*(item.name for item in ITEMS), "总分", "等级")
    alike: bool = True

    @property
    def missing(self) -> str:
        from importlib.util import find_spec
        return "" if find_spec(self.needs) else self.needs


def _module(name: str) -> tuple[str, ...]:
    return "-m", f"benchmarks.rivals.{name}", "{source}", "{out}"


_BATCH = "-m", "perfdsl", "batch", str(RULESET), "{source}", "-o", "{out}"
_HEADINGS = *(OUR_POINTS.format(item.name) for item in ITEMS), "总分", "等级"
ENTRANTS = (
    Entrant(OURS, (*_BATCH, "--brief"), "perfdsl.batch", ("csv", "parquet"), 10**8, _HEADINGS),
    Entrant(f"{OURS}, with reasons", _BATCH, "perfdsl.batch", ("csv", "parquet"), 10**8, _HEADINGS, alike=False),
    Entrant("Python integers", _module("whole_python"), "benchmarks", ("csv",), 10**5),
    Entrant("DuckDB HUGEINT", _module("whole_duckdb"), "duckdb", ("csv", "parquet"), 10**8),
    Entrant("Polars Int128", _module("whole_polars"), "polars", ("csv", "parquet"), 10**8),
)
"""To enter another, add a line.  Where its output has other headings, say which stand for the scores."""


class Took(NamedTuple):
    seconds: float
    peak_mb: float


def tables(sizes: Sequence[tuple[str, int]], rounds: int) -> Iterator[Table]:
    """One table of whole processes: each of *sizes* is a form, csv or parquet, and a number of units."""
    rows = [row for form, size in sizes for row in _rows(form, size, rounds)]
    yield Table("Whole processes", _MEANING.format(rounds=rounds, checked=_CHECKED), tuple(rows))


def _rows(form: str, size: int, rounds: int) -> Iterator[dict[str, Cell]]:
    running = [one for one in ENTRANTS if form in one.forms and size <= one.most and not one.missing]
    with TemporaryDirectory() as folder:
        source = files.write_units(Path(folder) / f"units.{form}", size)
        outs = {one: Path(folder) / f"{at}.{form}" for at, one in enumerate(running)}
        took = _in_turn([(one, source, outs[one]) for one in running], rounds, Path(folder) / "kept")
        wrongs = {one: wrong(one, out, size) for one, out in outs.items()}
    yield from (_row(one, form, size, took, wrongs) for one in ENTRANTS if form in one.forms)


def _row(one: Entrant, form: str, size: int, took: dict[Entrant, list[Took]], wrong: dict[Entrant, int]) -> dict[str, Cell]:
    start: dict[str, Cell] = {"files": form, "units": size, "who": one.name}
    if one not in took:
        note = f"NOT RUN: {one.missing} is not installed" if one.missing else f"not run: at most {one.most:,} units"
        return start | dict.fromkeys(("seconds", "units_per_second", "to_best", "peak_MB", "wrong_units")) | {"note": note}
    medians = {each: median(run.seconds for run in runs) for each, runs in took.items()}
    others = [seconds for each, seconds in medians.items() if each.alike and each.columns != one.columns and not wrong[each]]
    return start | {"seconds": medians[one], "units_per_second": size / medians[one], "to_best": medians[one] / min(others) if others else None,
                    "peak_MB": max(run.peak_mb for run in took[one]), "wrong_units": wrong[one], "note": ""}


def _in_turn(jobs: Sequence[tuple[Entrant, Path, Path]], rounds: int, kept: Path) -> dict[Entrant, list[Took]]:
    """As `timing.alternating` does, with the memory of each process; in *kept* stands what a program keeps between runs."""
    found: dict[Entrant, list[Took]] = {one: [] for one, _, _ in jobs}
    for at in range(-1, rounds):
        turn = at % len(jobs)
        for one, source, out in (*jobs[turn:], *jobs[:turn]):
            took = _once([part.format(source=source, out=out) for part in one.command], kept)
            if at >= 0:
                found[one].append(took)
    return found


def _once(arguments: Sequence[str], kept: Path) -> Took:
    """Raises where the process fails: a fast failure is no result."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PERFDSL_CACHE": str(kept)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    watched = [sys.executable, "-S", str(_WATCH), sys.executable, *arguments]
    done = subprocess.run(watched, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    seconds, peak, code = done.stdout.split()
    if code != "0":
        raise RuntimeError(f"{arguments} ended with {code}: {done.stderr}")
    return Took(float(seconds), float(peak))


def wrong(one: Entrant, out: Path, size: int) -> int:
    """Rows that are not there are wrong too."""
    found = _read(out).select(one.columns)
    if len(found) != size:
        return size
    known = min(size, _CHECKED)
    found = found.slice(0, known)
    right = check.digits({name: column[:known] for name, column in units.units(known).items()})
    *scores, total = (_cents(found[name]) for name in one.columns[:-1])
    grade = pc.index_in(found[one.columns[-1]].cast(pa.string()), pa.array(GRADES)).to_numpy()
    return check.wrong_units(check.stacked(scores, total, grade), right)


def _read(out: Path) -> pa.Table:
    return pq.read_table(out) if out.suffix == ".parquet" else csv.read_csv(out)


def _cents(column: pa.ChunkedArray):
    return pc.round(pc.multiply(column.cast(pa.float64()), 100.0)).cast(pa.int64()).to_numpy()
