"""What the score of an indicator rests on, whatever it is called and however it is written."""

from __future__ import annotations

from typing import Any

from perfdsl.model.needs import mentions, needs
from perfdsl.model.ruleset import Bound, Deadline, Indicator, Outcome, Ruleset, TargetCase
from perfdsl.record import changed

_WEIGHT = ("weight", "weights")
_METHOD = ("method", "actual", "combiner", "aggregation", "expected")
ASPECTS: dict[str, tuple[str, ...]] = {
    "分值": _WEIGHT, "目标": ("targets",), "计分": _METHOD, "分项": ("parts",), "不适用": ("not_applicable", "default"), "否决": ("vetoes",),
    "上下限": ("uncapped", "negative"), "预警": ("alerts",), "依据和说明": ("basis", "notes"),
}
"""What can change of an indicator, and the fields that hold it."""

SILENT = ("预警", "依据和说明")
"""Aspects that no score hangs on."""

LET = "令 "
"""Before the name of a 令 among what a score rests on."""


def bare(value: Any) -> Any:
    """Targets, parts, or any other value without the way a target is written."""
    if isinstance(value, tuple):
        return tuple(map(bare, value))
    if isinstance(value, TargetCase):
        return changed(value, target=bare(value.target))
    if isinstance(value, Bound | Deadline | Outcome):
        return changed(value, text="")
    return changed(value, targets=bare(value.targets), path="") if hasattr(value, "targets") else value


def aspect(indicator: Indicator, name: str) -> tuple[Any, ...]:
    """What an aspect holds, to be compared."""
    return tuple(bare(getattr(indicator, field)) for field in ASPECTS[name])


def differing(old: Indicator, new: Indicator) -> list[str]:
    """The aspects in which two indicators do not mean the same."""
    return [name for name in ASPECTS if aspect(old, name) != aspect(new, name)]


def scoring(indicator: Indicator) -> tuple[Any, ...]:
    """All that makes the score of an indicator from its data."""
    return tuple(aspect(indicator, name) for name in ASPECTS if name not in SILENT)


class Resting:
    """What the scores of a ruleset's indicators rest on beside their own clauses."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.mentioned, self.asked = mentions(ruleset), needs(ruleset)
        self.indicators = {i.path: i for i in ruleset.indicators()}
        self.lets = {let.name: let.value for let in ruleset.lets}

    def of(self, path: str) -> dict[str, Any]:
        """The indicator, those that it reads, and the 令 that these mention, by name."""
        behind = self.behind(path)
        found: dict[str, Any] = {one: scoring(self.indicators[one]) for one in behind if one in self.indicators}
        lets = {name for one in behind if one in self.indicators for name in self.mentioned[one]} & self.lets.keys()
        policies = (self.ruleset.not_applicable, [one for one in behind if one not in self.indicators])
        return {**found, **{f"{LET}{name}": self.lets[name] for name in sorted(lets)}, "": policies}

    def behind(self, path: str) -> list[str]:
        """The item and all that it asks for, through others too."""
        seen, waiting = {path: None}, [path]
        while waiting:
            new = [one for one in self.asked.get(waiting.pop(), ()) if one not in seen]
            seen.update(dict.fromkeys(new))
            waiting += new
        return sorted(seen)


def rests_alike(old: Resting, new: Resting, path: str) -> bool:
    """Whether an indicator of both surely scores alike before rounding, whatever the data."""
    return old.of(path) == new.of(path)
