"""A function between the data and the scoring that kills a process once, from inside a worker."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.batch.spark.conftest import by_unit
from tests.batch.spark.units import table

AT = 2
"""The batch at which it happens."""


def scores_in_spite(session: Any, victim: str, rules: Path, folder: Path, patch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What a session writes although the *victim* of a job, `worker` or `executor`, was killed in the middle of it."""
    from pyarrow import parquet
    from pyspark import cloudpickle

    from perfdsl.batch.spark import frame

    data, done, out = folder / "units.parquet", folder / "done", folder / "out"
    parquet.write_table(table(), data)
    patch.setattr(frame, "scores", partial(_scores, frame.scores, done, victim))
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # the workers do not have this module
    try:
        frame.score(session.read.parquet(str(data)).repartition(3), rules, unique=True).write.parquet(str(out))
    finally:
        cloudpickle.unregister_pickle_by_value(sys.modules[__name__])
    assert done.exists()
    return by_unit(parquet.read_table(out))


def _scores(scores: Any, done: Path, victim: str, asked: str, batches: Iterator[Any]) -> Iterator[Any]:
    return scores(asked, _killing(done, victim, batches))


def _killing(done: Path, victim: str, batches: Iterator[Any]) -> Iterator[Any]:
    for at, batch in enumerate(batches):
        if at == AT and _first(done):
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
    while "java" not in os.readlink(f"/proc/{process}/exe"):
        process = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    return process
