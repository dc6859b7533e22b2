"""One contestant in a process of its own: `python -m benchmarks.rivals.worker MODULE THREADS FOLDER COUNT RUNS CHECKED`.

The process is pinned to as many cores as it has threads before anything is imported.  It prints one line of JSON: the
seconds of each run (at most RUNS), the peak memory above inputs and outputs, how many units have a wrong cell.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.workload.check import Digits, wrong_units
from benchmarks.workload.units import Columns

_FEW = 1000
_LONG = 5.0
_PER_UNIT = 14 * 8 + 1


def main(module: str, threads: str, units: str, count: str, runs: str, checked: str) -> None:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:int(threads)])
    rival, folder = import_module(f"benchmarks.rivals.{module}"), Path(units)
    _warm(rival, folder, int(threads))
    state = rival.prepare(loaded(folder, int(count)), int(threads))
    peak, result = _measured(rival, state, int(count))
    print(json.dumps({"wrong": _wrong(rival, result, folder) if checked == "checked" else None, "working_mb": peak,
                      "seconds": list(_runs(rival, state, int(runs)))}))


def _runs(rival: ModuleType, state: Any, most: int) -> Iterator[float]:
    """At least one unless *most* is 0; fewer than that where one takes long, for what disturbs evens out within it."""
    spent = 0.0
    for _ in range(most):
        if spent > _LONG:
            return
        seconds = _once(rival, state)
        spent += seconds
        yield seconds


def loaded(folder: Path, count: int) -> Columns:
    return {file.stem: np.load(file, mmap_mode="r")[:count].copy() for file in map(Path, _files(folder))}


def _files(folder: Path) -> list[str]:
    """In the order in which the columns were made."""
    return [str(folder / f"{name}.npy") for name in (folder / "columns.txt").read_text("utf-8").split()]


def save(folder: Path, columns: Columns, right: Digits) -> None:
    """*columns* and what they must score, which may be that of the first units only."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, column in columns.items():
        np.save(folder / f"{name}.npy", column)
    (folder / "columns.txt").write_text("\n".join(columns), "utf-8")
    np.savez(folder / "right.npz", **right._asdict())


def _warm(rival: ModuleType, folder: Path, threads: int) -> None:
    """Whatever is loaded or compiled at the first call."""
    rival.score(rival.prepare(loaded(folder, _FEW), threads))


def _once(rival: ModuleType, state: Any) -> float:
    gc.collect()
    start = time.perf_counter()
    rival.score(state)
    return time.perf_counter() - start


def _measured(rival: ModuleType, state: Any, count: int) -> tuple[float | None, Any]:
    """Peak memory of one run in megabytes, above what was there before and the results; None where that says nothing."""
    before, known = _memory("VmRSS"), _reset_peak()
    result = rival.score(state)
    peak = _memory("VmHWM") - before - _size(result, state, count)
    told = known and not isinstance(result, list) and not hasattr(rival, "OTHER_PROCESS")
    return (peak / 1e6 if told else None), result


def _size(result: Any, state: Any, count: int) -> int:
    """Results that were there before the run count nothing."""
    if hasattr(state, "outputs"):
        return 0
    if isinstance(result, dict):
        return sum(column.nbytes for column in result.values())
    return result.estimated_size() if hasattr(result, "estimated_size") else _PER_UNIT * count


def _memory(key: str) -> int:
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(key))
    return int(line.split()[1]) * 1024


def _reset_peak() -> bool:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return False
    return True


def _wrong(rival: ModuleType, result: Any, folder: Path) -> int:
    """Among the units whose digits are known."""
    saved = np.load(folder / "right.npz")
    found = rival.digits(result)
    known = min(len(saved["total"]), len(found.total))
    return wrong_units(*(Digits(*(column[:known] for column in one)) for one in (found, (saved[name] for name in Digits._fields))))


if __name__ == "__main__":
    main(*sys.argv[1:])
