"""Bytes of a text counted by arrays, a piece at a time, so that what is worked on stays in the cache."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from perfdsl.batch.block import Flags

Bytes = npt.NDArray[np.uint8]

_STRIPE = 1 << 20


def count(text: Bytes, holds: Callable[[Bytes], Flags], around: int = 0) -> int:
    """At how many places it holds; *around*: how many bytes behind the last place it looks at."""
    return sum(int(np.count_nonzero(holds(text[at : at + _STRIPE + around]))) for at in range(0, len(text), _STRIPE))


def as_bytes(text: bytes) -> Bytes:
    return np.frombuffer(text, np.uint8)
