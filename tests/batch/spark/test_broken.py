"""Processes that are killed in the middle of a job: nothing is lost, nothing comes twice, the digits are the same."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.batch.spark.conftest import by_unit
from tests.batch.spark.units import table


def _killing(done: Path, victim: str, after: int, batches: Iterator[Any]) -> Iterator[Any]:
    """Hands batches on; once in all, at batch *after*, kills what *victim* says.  Stands between the data and the scoring, in a worker."""
    for at, batch in enumerate(batches):
        if at == after and _first(done):
            os.kill(os.getpid() if victim == "worker" else _java(os.getppid()), signal.SIGKILL)
        yield batch


def _first(done: Path) -> bool:
    try:
        os.close(os.open(done, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def _java(process: int) -> int:
    """The Java above a Python worker: its daemon stands between."""
    while True:
        if "java" in os.readlink(f"/proc/{process}/exe"):
            return process
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


Killed = Callable[[Any, str], list[dict[str, Any]]]


@pytest.fixture
def killed(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> Killed:
    """The scores that a session gives although a process of the job was killed."""
    from pyarrow import parquet

    from perfdsl.batch.spark import frame

    def scores(session: Any, victim: str) -> list[dict[str, Any]]:
        data, done, out = tmp_path / "units.parquet", tmp_path / "done", tmp_path / "out"
        parquet.write_table(table(), data, row_group_size=500)
        df = session.read.parquet(str(data)).repartition(4)
        monkeypatch.setattr(frame, "scores", partial(_and_then, frame.scores, partial(_killing, done, victim, 7)))
        frame.score(df, rules, unique=True).write.parquet(str(out))
        assert done.exists()
        return by_unit(parquet.read_table(out))

    return scores


def _and_then(scores: Any, killing: Any, asked: str, batches: Iterator[Any]) -> Iterator[Any]:
    return scores(asked, killing(batches))


def test_a_python_worker(spark: Any, killed: Killed, rules: Path) -> None:
    """On one machine a task is tried once: there Spark is told to try again, as a cluster does by itself."""
    from perfdsl.batch import score_table

    assert killed(spark, "worker") == by_unit(score_table(rules, table()))


def test_a_python_worker_of_a_cluster(cluster: Any, killed: Killed, rules: Path) -> None:
    from perfdsl.batch import score_table

    assert killed(cluster, "worker") == by_unit(score_table(rules, table()))


def test_an_executor(cluster: Any, killed: Killed, rules: Path) -> None:
    from perfdsl.batch import score_table

    assert killed(cluster, "executor") == by_unit(score_table(rules, table()))


def test_no_process_is_left(cluster: Any) -> None:
    running = subprocess.run(["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True).stdout
    assert cluster.range(10).count() == 10, running
