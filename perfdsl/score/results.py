"""结果应用: values that follow from the total and the scores."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.model.effects import Application
from perfdsl.model.references import GRADE, LOWEST_RATE, TOTAL, UNROUNDED_TOTAL
from perfdsl.quantity import Quantity, score
from perfdsl.score import interpret as i
from perfdsl.score.groups import lowest_rate
from perfdsl.score.scorecard import Result, Status, Total
from perfdsl.score.unit import Unit
from perfdsl.score.values import quantity


def results(unit: Unit, total: Total, several: Sequence[Application]) -> tuple[Result, ...]:
    """These 结果应用 of the ruleset, in their order; what they stumble over goes to `unit.found`."""
    return tuple(_result(unit, one, total) for one in several)


def _result(unit: Unit, one: Application, total: Total) -> Result:
    outer = unit.interpreter(unit.facts.of(""), set(), {
        TOTAL: lambda: _whole(total.score), UNROUNDED_TOTAL: lambda: _whole(total.unrounded),
        LOWEST_RATE: lambda: lowest_rate(unit.ruleset, unit.row),
        GRADE: lambda: i.Gap(Status.MISSING, (GRADE,)) if total.grade is None else total.grade,
    })
    to = i.Interpreter({}, outer.name)
    to.names = {let.name: to.let(let) for let in one.rule.lets}
    found = to.expr(one.rule.score)
    if isinstance(found, i.Gap) and found.fault is not None:
        unit.found.append(found.fault)
    known = {name: value for name, value in {**outer.known, **to.known}.items() if not isinstance(value, i.Gap)}
    steps = (*outer.steps, *to.steps)
    if isinstance(found, i.Gap):
        return Result(one, None, steps, tuple(known.items()), found.waiting_for)
    value = quantity(found)
    return Result(one, value if one.unit is None else Quantity(value.amount, one.unit), steps, tuple(known.items()), ())


def _whole(points: Fraction | None) -> i.Result:
    return i.Gap(Status.MISSING, ("总分",)) if points is None else score(points)
