"""Work that goes on in another thread while its results are used."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import TypeVar

T = TypeVar("T")

_WAIT = 0.2
"""Seconds between two looks at whether anybody still wants the results."""


class _End:
    """The last thing in a queue, with the exception that ended the work, if one did."""

    def __init__(self, fault: BaseException | None = None) -> None:
        self.fault = fault


def ahead(work: Iterator[T], depth: int = 2) -> Generator[T, None, None]:
    """The items of *work*, at most *depth* of them made before they are asked for; what it raises is raised here."""
    waiting: Queue[T | _End] = Queue(depth)
    stopped = Event()
    thread = Thread(target=_fill, args=(work, waiting, stopped), daemon=True)
    thread.start()
    try:
        while not isinstance(item := waiting.get(), _End):
            yield item
        if item.fault is not None:
            raise item.fault
    finally:
        stopped.set()
        thread.join()


def _fill(work: Iterator[T], waiting: Queue[T | _End], stopped: Event) -> None:
    try:
        for item in work:
            if not _put(waiting, item, stopped):
                return
        _put(waiting, _End(), stopped)
    except BaseException as fault:  # noqa: BLE001  # it is raised where the items are used
        _put(waiting, _End(fault), stopped)


def _put(waiting: Queue[T | _End], item: T | _End, stopped: Event) -> bool:
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=_WAIT)
        except Full:
            continue
        return True
    return False
