"""What all rivals share: short names for the columns, and the way back to `Digits`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from benchmarks.workload.check import Digits
from benchmarks.workload.names import IDS, RESULTS, SHORT
from benchmarks.workload.shape import SCALE, WORD
from benchmarks.workload.units import Columns

CHECKED = 10**6
"""Of more units than this the first are checked."""


def short(columns: Columns) -> Columns:
    """The columns by short names, the word of q9 as q9."""
    return {SHORT[name]: column for name, column in columns.items() if name != WORD} | {"q9": columns[WORD]}


def values(columns: Columns) -> Columns:
    """The same as floats of the values themselves, as who computes in floats would read them."""
    return {name: column if name == "q9" else column / SCALE for name, column in short(columns).items()}


def rows(columns: Columns) -> Iterator[tuple[int, ...]]:
    """One tuple a unit in the order of the short names."""
    return zip(*(column.tolist() for column in columns.values()), strict=True)


def outputs(count: int) -> dict[str, NDArray]:
    """Room for the results, already in memory: 13 scores and the total as int64, the grade as int8."""
    return {name: np.ones(count, np.int8 if name == "grade" else np.int64) for name in RESULTS}


def digits(results: Mapping[str, NDArray]) -> Digits:
    """From columns of cents."""
    cents = np.stack([np.asarray(results[name]).astype(np.int64) for name in IDS], axis=1)
    return Digits(cents, np.asarray(results["total"]).astype(np.int64), np.asarray(results["grade"]).astype(np.int8))


def from_points(results: Mapping[str, NDArray]) -> Digits:
    """From columns of points with two decimals, as floats or decimals."""
    scaled = {name: np.rint(np.asarray(results[name], float) * 100) for name in RESULTS[:-1]}
    return digits(scaled | {"grade": results["grade"]})


def from_rows(scored: Sequence[tuple]) -> Digits:
    """From one tuple a unit: 13 cents, total, grade."""
    table = np.array([[int(cell) for cell in unit] for unit in scored], np.int64)
    return Digits(table[:, :-2], table[:, -2], table[:, -1].astype(np.int8))


def in_threads(work, pieces: Sequence, threads: int) -> None:
    """*work* on every piece, in turn or in threads."""
    if threads == 1:
        for piece in pieces:
            work(piece)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, pieces))
