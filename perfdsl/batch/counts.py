"""How many units were read, and what became of them."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple


class Counts(NamedTuple):
    """`read` = `scored` + `rejected`; `apart` of the scored ones were worked out unit by unit.

    `passed_over` are rows that name no unit (合计, blank ones) and are none of `read`.
    """

    read: int = 0
    scored: int = 0
    rejected: int = 0
    apart: int = 0
    passed_over: int = 0
    warned: tuple[tuple[str, int], ...] = ()

    def plus(self, other: Counts) -> Counts:
        warned = Counter(dict(self.warned)) + Counter(dict(other.warned))
        return Counts(self.read + other.read, self.scored + other.scored, self.rejected + other.rejected, self.apart + other.apart,
                      self.passed_over + other.passed_over, tuple(sorted(warned.items())))

    def as_json(self) -> dict[str, Any]:
        return {"read": self.read, "scored": self.scored, "rejected": self.rejected, "apart": self.apart,
                "passed_over": self.passed_over, "warned": dict(self.warned)}


def from_json(kept: dict[str, Any]) -> Counts:
    return Counts(kept["read"], kept["scored"], kept["rejected"], kept["apart"], kept["passed_over"], tuple(sorted(kept["warned"].items())))
