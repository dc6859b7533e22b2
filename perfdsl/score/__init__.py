"""What a ruleset gives for the facts of one unit, and why."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.data.facts import Facts
from perfdsl.diagnostics import Diagnostic, Severity, errors, in_order
from perfdsl.model.effects import Alert
from perfdsl.model.references import TOTAL_NAMES
from perfdsl.model.ruleset import Ruleset, weight_of, weight_of_children
from perfdsl.model.walk import names
from perfdsl.quantity import decimal_text
from perfdsl.score.effects import Conditions
from perfdsl.score.results import results
from perfdsl.score.rows import alerts, row
from perfdsl.score.scorecard import Scorecard, Total
from perfdsl.score.total import total
from perfdsl.score.unit import Unit
from perfdsl.score.weights import for_unit, group_off


def scorecard(ruleset: Ruleset, facts: Facts, found: Sequence[Diagnostic] = (), digest: str = "") -> Scorecard:
    """The scores of one unit.

    *found* is what check and data reading have to say; an error in it leaves every row its score but the
    total no grade.  *digest* is the ruleset's, to stand on the output.
    """
    own, waiting = for_unit(ruleset, facts)
    unit = Unit(own, waiting, facts, row, ruleset)
    rows = unit.rows()
    unit.found += weights_off(ruleset, own, bool(waiting))
    made = total(unit, rows, not errors([*found, *unit.found]))
    if rows and made.score is None and not made.deciders and not made.waiting:
        unit.found.append(_nothing_applies(ruleset))
    missing = {name for one in rows for name in one.outcome.waiting_for}
    unit.found += _undecided(facts, tuple(n for n in made.waiting if n not in missing), ruleset)
    told, after = of_whole(unit, made, ruleset.alerts), results(unit, made, ruleset.applications)
    said = (*told, *(alert for one in rows for alert in alerts(unit, one.indicator)))
    return Scorecard(own, digest, facts.unit, rows, made, tuple(in_order([*found, *unit.found])), said, after, facts)


def of_whole(unit: Unit, made: Total, several: Sequence[Alert]) -> tuple[Alert, ...]:
    """Of these 预警 of the whole those that hold; one that asks for the total waits for it.  What they stumble over goes to `unit.found`."""
    conditions = Conditions(unit, made.low if made.unrounded is None else made.unrounded)
    asked = [a for a in several if made.score is not None or not names(a.condition) & set(TOTAL_NAMES)]
    return tuple(a for a in asked if conditions.held(a.condition))


def _undecided(facts: Facts, waiting: tuple[str, ...], ruleset: Ruleset) -> list[Diagnostic]:
    """W456: what is said of the total or the grade hangs on data that are not there."""
    if not waiting:
        return []
    names_shown = "、".join(f"「{name}」" for name in waiting)
    return [Diagnostic("W456", f"{names_shown}未填，看不出总分或等级的规定是否适用", facts.cell or ruleset.span,
                       "填上；没有发生的填「否」或 0", severity=Severity.WARNING)]


def weights_off(ruleset: Ruleset, own: Ruleset, undecided: bool) -> list[Diagnostic]:
    """E457: weights that depend on the unit do not add up for this one."""
    declared = own.declared_total
    if own is ruleset or undecided:
        return []
    if (group := group_off(own)) is not None:
        said, below = (decimal_text(v) for v in (group.scale or weight_of(group), weight_of_children(group)))
        return [Diagnostic("E457", f"按这个单位的情况，「{group.name}」写的是 {said}分，下面各项加起来是 {below}分", group.span,
                           "核对下面各指标「当 …，分值 …」的条件和分值")]
    if declared is None or declared == own.weight:
        return []
    return [Diagnostic("E457", f"按这个单位的情况，分值合计 {decimal_text(own.weight)}分，总分声明为 {decimal_text(declared)}分",
                       ruleset.total_span, "核对各指标「当 …，分值 …」的条件和分值")]


def _nothing_applies(ruleset: Ruleset) -> Diagnostic:
    return Diagnostic("E456", "没有总分：适用的指标承担不了「不适用」的分值", ruleset.span,
                      "核对数据里的「不适用」；整个一级指标都不适用的，不能在同一级指标内折算，改用「不适用 其余按比例折算」")
