"""Whether two rulesets give the same: the answer and its reason."""

from __future__ import annotations

from enum import StrEnum

from perfdsl.record import record


class Kind(StrEnum):
    """Whether two rulesets give the same."""

    SAME = "same"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@record
class Found:
    """The answer; `why` is a value at which they differ, or what could not be told."""

    kind: Kind
    why: str = ""


SAME = Found(Kind.SAME)
