"""How much work is done, counted in calls: no busy machine disturbs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object], counts: Callable[[FrameType, str], bool]) -> int:
    """How many functions *work* calls of which *counts*, asked with the frame and the kind of call, says yes."""
    found = 0

    def called(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal found
        found += counts(frame, event)

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found
