"""The limit: every input is read once and every output written once, nothing is computed."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from benchmarks.rivals import common
from benchmarks.workload.units import Columns

_BLOCK = 16_384


class State(NamedTuple):
    inputs: list[np.ndarray]
    outputs: dict[str, np.ndarray]
    threads: int


def prepare(columns: Columns, threads: int) -> State:
    inputs = list(common.short(columns).values())
    return State(inputs, common.outputs(len(inputs[0])), threads)


def score(state: State) -> dict[str, np.ndarray]:
    written, starts = list(state.outputs.values()), range(0, len(state.inputs[0]), _BLOCK)
    common.in_threads(lambda start: _block(state.inputs, written, start), starts, state.threads)
    return state.outputs


def _block(inputs: list[np.ndarray], written: list[np.ndarray], start: int) -> None:
    """As many inputs are copied as there are outputs, the grade from the word; the others are only read."""
    part = slice(start, start + _BLOCK)
    for source, to in zip(reversed(inputs), reversed(written), strict=False):
        to[part] = source[part]
    for source in inputs[:len(inputs) - len(written)]:
        np.bitwise_or.reduce(source[part])
