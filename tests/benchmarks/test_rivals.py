"""Every rival that means to be exact is, on the mixture and beside half cents; the race says who could not run."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks import tables
from benchmarks.cold import ROOT
from benchmarks.rivals import processes, race
from benchmarks.rivals.contestants import CONTESTANTS, OURS, Contestant
from benchmarks.workload import check, files, hard, units

HERE = ("numpy", "polars", "duckdb", "benchmarks")
"""What the tests can count on; the others are installed by the extra `bench`."""
EXACT = sorted({one.module: one for one in CONTESTANTS if one.exact and one.needs in HERE and one.module != "polars_exact"}.values())
FLOATS = [one for one in CONTESTANTS if one.module in ("numpy_float", "duckdb_float") and one.threads == 1]
ABSENT = Contestant("nobody", "nobody", "no_such_package", 1, 10, True)


def _wrong(one: Contestant, columns: units.Columns) -> int:
    rival = import_module(f"benchmarks.rivals.{one.module}")
    found = rival.digits(rival.score(rival.prepare(columns, one.threads)))
    return check.wrong_units(found, check.digits(columns))


@pytest.mark.parametrize("one", EXACT, ids=lambda one: one.name)
@pytest.mark.parametrize("made", [units.units, hard.units])
def test_who_means_to_be_exact_gives_every_digit(one: Contestant, made) -> None:
    assert _wrong(one, made(1500)) == 0


@pytest.mark.parametrize("one", FLOATS, ids=lambda one: one.name)
def test_floats_are_wrong_in_about_a_third_of_the_units(one: Contestant) -> None:
    assert 0.25 < _wrong(one, units.units(1500)) / 1500 < 0.45


def test_the_race_checks_who_ran_and_names_who_did_not() -> None:
    running = [one for one in CONTESTANTS if one.module in ("bandwidth", "polars_exact", "polars_float") and one.threads == 1]

    table = race.table(1000, 1, [*running, ABSENT])

    limit, exact, floats, absent = table.rows
    assert (limit["of_limit"], limit["wrong_units"]) == (1, None)
    assert (exact["wrong_units"], exact["wrong_hard_%"]) == (0, 0)
    assert floats["wrong_units"]
    assert absent["note"] == "NOT RUN: no_such_package is not installed"
    assert absent["units_per_second"] is None
    assert "polars" in tables.text([table]).lower()


def test_a_contestant_that_breaks_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="No module named"):
        race.table(1000, 1, [ABSENT._replace(needs="numpy")])


def test_whole_processes_are_checked_and_take_turns() -> None:
    (table,) = processes.tables([("csv", 300), ("parquet", 300)], 1)

    ran = [row for row in table.rows if row["seconds"]]
    assert [row["who"] for row in ran if row["files"] == "csv"] == [
        OURS, f"{OURS}, with reasons", "Python integers", "DuckDB HUGEINT", "Polars Int128"]
    assert [row["who"] for row in ran if row["files"] == "parquet"] == [OURS, f"{OURS}, with reasons", "DuckDB HUGEINT", "Polars Int128"]
    assert {row["wrong_units"] for row in ran} == {0}
    assert all(10 < row["peak_MB"] < 1000 for row in ran)
    assert all(row["note"] for row in table.rows if not row["seconds"])


def test_lost_rows_are_wrong_rows(tmp_path: Path) -> None:
    one = next(one for one in processes.ENTRANTS if one.name == "Python integers")
    source, out = files.write_units(tmp_path / "units.csv", 20), tmp_path / "out.csv"
    subprocess.run([sys.executable, *(part.format(source=source, out=out) for part in one.command)], cwd=ROOT, check=True)
    lines = out.read_text("utf-8").splitlines()

    assert processes.wrong(one, out, 20) == 0
    out.write_text("\n".join(lines[:-1]), "utf-8")
    assert processes.wrong(one, out, 20) == 20
    out.write_text("\n".join([*lines[:-1], lines[-1].replace(lines[-1][-1], "优" if lines[-1][-1] != "优" else "差")]), "utf-8")
    assert processes.wrong(one, out, 20) == 1
