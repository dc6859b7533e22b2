"""perfdsl as it is where llvmlite is not installed: numpy alone."""

from __future__ import annotations

from unittest.mock import patch

from benchmarks.rivals import ours
from benchmarks.rivals.ours import State, digits, score
from benchmarks.workload.units import Columns
from perfdsl.batch import machine

__all__ = ["State", "digits", "prepare", "score"]


def prepare(columns: Columns, threads: int) -> State:
    with patch.object(machine, "is_there", lambda: False):
        state = ours.state_of(columns, threads)
        ours.warm(state)
    return state
