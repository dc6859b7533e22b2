"""A run that was killed goes on where it stopped: nothing is lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from perfdsl.batch.run import Step, _after
from perfdsl.batch.stopped import Refused
from tests.batch.conftest import HEADINGS, UNITS, rows_of

_RUN = """
import sys
import perfdsl.batch.run as run
from perfdsl.batch.sinks.csv_text import CsvSink
from perfdsl.batch.sinks.sink import Sink
Sink.rows = CsvSink.rows = 5
import perfdsl.batch.sources.parquet as parquet
parquet.ROWS = 5
sys.argv = ["perfdsl", "batch", *sys.argv[1:]]
from perfdsl.cli import main
main()
"""
MANY = 300


def _data(path: Path, bad: int = 7) -> Path:
    """Some hundred units, every seventh with a fault."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = [[f"单位{at}", f"{at:05d}", "2024", *UNITS[at % 4][3:]] for at in range(MANY)]
    for row in rows[::bad]:
        row[HEADINGS.index("税收")] = "≥3亿元"
    parquet.write_table(pa.table({name: [row[at] or None for row in rows] for at, name in enumerate(HEADINGS)}), path)
    return path


def _killed(ruleset: Path, data: Path, out: Path, parts: int) -> None:
    """Starts a run and kills it when so many parts are there."""
    process = subprocess.Popen([sys.executable, "-c", _RUN, str(ruleset), str(data), "-o", str(out)], stderr=subprocess.PIPE)
    journal = out.with_name(f".{out.name}.parts") / "parts"
    while process.poll() is None:
        if journal.exists() and journal.read_bytes().count(b"\n") > parts:
            os.kill(process.pid, signal.SIGKILL)
            break
        time.sleep(0.002)
    process.wait()
    assert process.stderr
    process.stderr.close()
    assert process.returncode == -signal.SIGKILL
    assert not out.exists()


def _whole(ruleset: Path, data: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _RUN, str(ruleset), str(data), "-o", str(out), *options], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".arrow", ".jsonl"])
def test_killed_and_taken_up_again(ruleset: Path, tmp_path: Path, suffix: str) -> None:
    data = _data(tmp_path / "数据.parquet")
    once = _whole(ruleset, data, tmp_path / f"一次{suffix}")
    out = tmp_path / f"得分{suffix}"
    _killed(ruleset, data, out, 3)
    _spoil_the_last(out.with_name(f".{out.name}.parts"))
    again = _whole(ruleset, data, out, "--resume")

    assert once.returncode == again.returncode == 1
    assert again.stderr.replace("得分", "") == once.stderr.replace("得分", "").replace("一次", "")
    assert out.read_bytes() == (tmp_path / f"一次{suffix}").read_bytes()
    assert (tmp_path / "得分.退回.csv").read_bytes() == (tmp_path / "一次.退回.csv").read_bytes()
    assert not list(tmp_path.glob(".*"))


def _spoil_the_last(folder: Path) -> None:
    """As if the power had failed: what was written last is there in part only."""
    with open(folder / "output", "r+b") as stream:
        stream.truncate(stream.seek(0, os.SEEK_END) - 3)
    with open(folder / "parts", "a", encoding="utf-8") as lines:
        lines.write('{"rows": 5, "off')


@pytest.fixture
def stopped(ruleset: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A run that was killed: its data and its output."""
    data, out = _data(tmp_path / "数据.parquet"), tmp_path / "得分.parquet"
    _killed(ruleset, data, out, 2)
    return data, out


def test_without_the_option_nothing_is_taken_up(run: Any, ruleset: Path, stopped: tuple[Path, Path]) -> None:
    left = run("batch", ruleset, stopped[0], "-o", stopped[1])

    assert left.code == 1
    assert "--resume" in left.err
    assert "删掉" in left.err
    assert (stopped[1].with_name(".得分.parquet.parts") / "parts").exists()


def test_another_ruleset_is_refused(run: Any, ruleset: Path, stopped: tuple[Path, Path]) -> None:
    ruleset.write_text(ruleset.read_text(encoding="utf-8").replace("等级 优 ≥ 90分", "等级 优 ≥ 91分"), encoding="utf-8")
    left = run("batch", ruleset, stopped[0], "-o", stopped[1], "--resume")

    assert left.code == 1
    assert "规则集变了" in left.err


@pytest.mark.parametrize(("options", "said"), [(["--brief"], "--brief"), (["--format", "csv"], "输出格式变了")])
def test_other_options_are_refused(run: Any, ruleset: Path, stopped: tuple[Path, Path], options: list[str], said: str) -> None:
    left = run("batch", ruleset, stopped[0], "-o", stopped[1], "--resume", *options)

    assert left.code == 1
    assert said in left.err


def test_other_data_are_refused(run: Any, ruleset: Path, stopped: tuple[Path, Path]) -> None:
    _data(stopped[0], bad=9)
    left = run("batch", ruleset, stopped[0], "-o", stopped[1], "--resume")

    assert left.code == 1
    assert "数据变了" in left.err


def test_resume_without_anything_begins(run: Any, ruleset: Path, tmp_path: Path) -> None:
    left = run("batch", ruleset, _data(tmp_path / "数据.parquet"), "-o", tmp_path / "得分.parquet", "--resume")

    assert left.code == 1
    assert len(rows_of(tmp_path / "得分.parquet")) == MANY - len(range(0, MANY, 7))


def test_two_runs_do_not_write_the_same_output(run: Any, ruleset: Path, stopped: tuple[Path, Path]) -> None:
    fcntl = pytest.importorskip("fcntl")
    with open(stopped[1].with_name(".得分.parquet.parts") / "parts", "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        left = run("batch", ruleset, stopped[0], "-o", stopped[1], "--resume")

    assert left.code == 1
    assert "另一个" in left.err


def test_a_step_across_the_end_of_what_was_finished_is_refused() -> None:
    """Its rows would be lost, or scored twice."""
    finished = SimpleNamespace(done=[SimpleNamespace(rows=4, mark=7)])
    with pytest.raises(Refused, match="不能接着做"):
        list(_after([Step(None, 3, 5), Step(None, 3, 7)], finished))  # type: ignore[arg-type]  # all that is asked of a journal
    assert list(_after([Step(None, 2, 5), Step(None, 2, 7), step := Step(None, 3, 9)], finished)) == [step]  # type: ignore[arg-type]
