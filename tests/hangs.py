"""What must end at all: what goes on far too long is stopped."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 60
"""Far more than any of these needs, for a busy machine: what hangs does so for ever."""


class StillRunning(BaseException):
    """Nothing that handles errors takes this for one of its own."""


@contextmanager
def ends() -> Iterator[None]:
    """Stops what goes on for ever by the system's alarm clock, where there is one."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _stop(*_: object) -> None:
    raise StillRunning(f"more than {SECONDS} s")
