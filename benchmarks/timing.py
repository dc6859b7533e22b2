"""Jobs timed in turn: what disturbs the machine for a while disturbs all of them alike."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import NamedTuple

JUDGED_FROM = 1000
"""Below so many indicators what is fixed outweighs what grows, and no target is set."""

MOST_EXPONENT = 1.1
"""Up to this power, growth between two sizes passes as linear."""

_LARGE = 10_000


def _nothing() -> None:
    return None


class Job(NamedTuple):
    """What is timed, and what is made ready before each run without being timed."""

    name: str
    run: Callable[[], object]
    ready: Callable[[], object] = _nothing


class Times(NamedTuple):
    """The seconds that one job took, run by run."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        return min(self.seconds)


def alternating(jobs: Sequence[Job], rounds: int) -> dict[str, Times]:
    """Every job *rounds* times, each round beginning with another one; an unmeasured round goes ahead."""
    taken: dict[str, list[float]] = {job.name: [] for job in jobs}
    for at in range(-1, rounds):
        turn = at % len(jobs)
        for job in (*jobs[turn:], *jobs[:turn]):
            seconds = _once(job)
            if at >= 0:
                taken[job.name].append(seconds)
    return {name: Times(name, tuple(seconds)) for name, seconds in taken.items()}


def _once(job: Job) -> float:
    job.ready()
    gc.collect()
    start = time.perf_counter()
    job.run()
    return time.perf_counter() - start


def rounds_at(size: int, rounds: int) -> int:
    """From 10,000 indicators on a third of the rounds is enough: a run is long, so disturbances even out within it."""
    return rounds if size < _LARGE else max(1, rounds // 3)


def growth(smaller: tuple[int, float] | None, larger: tuple[int, float]) -> dict[str, float | bool | None]:
    """The cells that tell by which power the time grows between two (size, seconds), and whether that is linear.

    Both are empty where there is no smaller size.
    """
    if smaller is None:
        return {"growth": None, "linear": None}
    power = math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])
    return {"growth": power, "linear": power <= MOST_EXPONENT if larger[0] >= JUDGED_FROM else None}
