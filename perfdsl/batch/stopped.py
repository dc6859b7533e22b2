"""What ends a run: the user's doing, never ours."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record


@record
class Refused(Exception):  # noqa: N818  # said to the user
    """Why a run cannot begin, or cannot go on."""

    why: str

    def __str__(self) -> str:
        return self.why


@record
class Unreadable(Exception):  # noqa: N818  # carries the user's mistake out of a stream
    """What is wrong with a source, found while it is read."""

    diagnostic: Diagnostic
    more: tuple[Diagnostic, ...] = ()

    def __str__(self) -> str:
        return self.diagnostic.message
