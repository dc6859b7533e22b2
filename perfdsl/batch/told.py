"""What a ruleset says of a unit beside its scores: 预警 and 结果应用."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from perfdsl.batch.words import BETWEEN
from perfdsl.model.ruleset import Ruleset
from perfdsl.score.scorecard import Scorecard

T = TypeVar("T")
ALERTS, APPLICATION = "预警", "结果应用."


def headings(ruleset: Ruleset) -> tuple[str, ...]:
    """A column for all alerts, where there can be any, and one for each 结果应用."""
    can_alert = bool(ruleset.alerts) or any(one.alerts for one in ruleset.indicators())
    return (*((ALERTS,) if can_alert else ()), *(f"{APPLICATION}{one.name}" for one in ruleset.applications))


def told_of(card: Scorecard) -> tuple[str, ...]:
    """The cells under these headings; empty where there is nothing to say."""
    alerts = (BETWEEN.join(alert.text for alert in card.alerts),) if ALERTS in headings(card.ruleset) else ()
    return (*alerts, *("" if one.value is None else str(one.value) for one in card.results))


def grouped(ruleset: Ruleset, told: Sequence[T]) -> tuple[tuple[T, ...], ...]:
    """All that a plan of the ruleset tells, by the headings under which it stands."""
    alerts = len(told) - len(ruleset.applications)
    return (*((tuple(told[:alerts]),) if alerts else ()), *((one,) for one in told[alerts:]))


def gathered(ruleset: Ruleset, texts: Sequence[str]) -> tuple[str, ...]:
    """The cells under these headings, of the texts that a plan tells."""
    return tuple(BETWEEN.join(filter(None, group)) for group in grouped(ruleset, texts))
