"""What one unit must do: every unknown by itself, what is missing, and where one is not enough, several together."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.data.facts import Facts
from perfdsl.goal.aim import Aim
from perfdsl.goal.cells import Asked, asked_of
from perfdsl.goal.hold import Hold, hold
from perfdsl.goal.need import Need, need
from perfdsl.goal.spread import Spread, spread
from perfdsl.goal.together import Together, together
from perfdsl.goal.whole import Standing, Whole
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.record import record
from perfdsl.score.groups import OPEN


@record
class Line:
    """One unknown: what it must be; where that is nothing, why."""

    need: Need
    hold: Hold | None


@record
class Missing:
    """An unknown without a value: what it can still change, and what it must be; `swing` is how far it moves the total.

    Where it moves nothing by itself, `swing` is what the points of its row can still be, and `jointly` is true.
    """

    need: Need
    spread: Spread
    swing: Fraction
    jointly: bool


@record
class Goals:
    """The answer for one unit.  `lines` leave out what no unit can choose (`Asked.is_set`); `missing`, with it, has the one on which most hangs
    first; `together` is None where it is not needed."""

    ruleset: Ruleset
    unit: str
    aim: Aim
    now: Standing
    reached: bool
    lines: tuple[Line, ...]
    missing: tuple[Missing, ...]
    together: Together | None
    code: str = ""


def goals(ruleset: Ruleset, facts: Facts, aim: Aim, chosen: Sequence[Indicator] = ()) -> Goals:
    """What the unit with these facts must do to reach *aim*; by the *chosen* indicators only where there are some."""
    whole = Whole(ruleset, facts)
    asked = [(i, one) for i in chosen or ruleset.indicators() for one in asked_of(whole, i)]
    every = [_line(whole, aim, one, indicators) for one, indicators in _once(asked)]
    lines = tuple(line for line in every if not line.need.asked.is_set)
    reached = aim.surely(whole.now)
    alone = reached or any(line.need.possible for line in lines)
    several = None if alone else together(whole, aim, [(i, one) for i, one in asked if not one.is_set])
    missing = sorted((_missing(whole, line.need) for line in every if _is_missing(whole, line.need)), key=lambda m: (m.jointly, -m.swing))
    return Goals(ruleset, facts.unit, aim, whole.now, reached, lines, tuple(missing), several, facts.code)


def _once(asked: Sequence[tuple[Indicator, Asked]]) -> list[tuple[Asked, tuple[Indicator, ...]]]:
    """Every unknown once, with all indicators that it is an unknown of."""
    found: dict[tuple[str, bool, str | None], tuple[Asked, list[Indicator]]] = {}
    for indicator, one in asked:
        found.setdefault((one.path, one.chosen, one.word), (one, []))[1].append(indicator)
    return [(one, tuple(indicators)) for one, indicators in found.values()]


def _line(whole: Whole, aim: Aim, one: Asked, indicators: tuple[Indicator, ...]) -> Line:
    made = need(whole, aim, one, indicators)
    return Line(made, None if made.possible or made.maybe else hold(whole, one, indicators))


def _is_missing(whole: Whole, one: Need) -> bool:
    return one.asked.now is None and any(whole.now.rows[i.path].status in OPEN for i in one.indicators)


def _missing(whole: Whole, one: Need) -> Missing:
    found = spread(whole, one.asked, one.indicators[0])
    swing = max(found.sure_high - found.low, found.high - found.high_low)
    rows = [whole.now.rows[i.path] for i in one.indicators]
    return Missing(one, found, swing or sum((r.high - r.low for r in rows), Fraction(0)), not swing)
