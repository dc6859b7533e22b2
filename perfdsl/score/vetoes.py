"""What overrules the rule of an item: a veto that holds, a weight that is not known yet."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Indicator
from perfdsl.model.walk import every, names
from perfdsl.record import changed
from perfdsl.score.interpret import Gap, Interpreter
from perfdsl.score.scorecard import Outcome, Status, VetoStep

_ZERO = Fraction(0)


def vetoed(outcome: Outcome, indicator: Indicator, to: Interpreter, found: list[Diagnostic]) -> Outcome:
    """*outcome*, or 0 points where a veto holds; waiting where it cannot be told whether one does.

    An open item whose rule may still say 不适用 stays open: what does not apply is not vetoed.
    """
    if outcome.status is Status.NOT_APPLICABLE:
        return outcome
    open_names: tuple[str, ...] = ()
    for veto in indicator.vetoes:
        seen: list[tuple[Value, Value]] = []
        held = to.condition(veto.condition, seen)
        if isinstance(held, Gap) and held.status is not Status.NOT_APPLICABLE:
            if held.fault is not None:
                found.append(held.fault)
                return changed(outcome, status=Status.MANUAL, score=None, low=min(outcome.low, _ZERO), waiting_for=())
            open_names += held.waiting_for or tuple(sorted(names(veto.condition)))
        elif held is True:
            if outcome.status is Status.MISSING and _may_lapse(indicator):
                return changed(outcome, low=_ZERO)
            return changed(outcome, status=Status.SCORED, score=_ZERO, low=_ZERO, high=_ZERO, steps=(VetoStep(veto, tuple(seen)),),
                           waiting_for=(), unread=(), known=_known(to))
    return waiting_for(outcome, open_names) if open_names else outcome


def _may_lapse(indicator: Indicator) -> bool:
    """Whether the rule has a case that says 不适用."""
    use = indicator.method
    return use is not None and any(isinstance(node, k.NotCounted) for node in every(use.rule.score))


def _known(to: Interpreter) -> tuple[tuple[str, Value], ...]:
    return tuple((name, value) for name, value in to.known.items() if not isinstance(value, Gap))


def waiting_for(outcome: Outcome, names: tuple[str, ...]) -> Outcome:
    """*outcome* without its score until *names* are there: anything from 0 to what it would be."""
    low, high = min(outcome.low, _ZERO), max(outcome.high, _ZERO)
    every = tuple(dict.fromkeys((*outcome.waiting_for, *names)))
    return changed(outcome, status=Status.MISSING, score=None, low=low, high=high, waiting_for=every)
