"""Each indicator to a row: its score, what is still open, and what its data lack."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.data.facts import Absent, Fact
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.completion import by_completion, by_target
from perfdsl.model.effects import Alert
from perfdsl.model.ruleset import Combiner, Indicator, NotApplicable, Part, ReasonDue, Ruleset
from perfdsl.quantity import Quantity, Rounding, score
from perfdsl.record import changed
from perfdsl.score.composite import combined
from perfdsl.score.groups import OPEN
from perfdsl.score.interpret import Interpreter
from perfdsl.score.item import Item
from perfdsl.score.members import averaged
from perfdsl.score.remarks import remarks
from perfdsl.score.scorecard import JudgementStep, Outcome, PartOutcome, Row, Status
from perfdsl.score.unit import Unit
from perfdsl.score.vetoes import vetoed, waiting_for

EXACT = Rounding(None)
_ZERO = Fraction(0)
_BEYOND = Fraction(10**9)


def row(unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> Row:
    """The row of one indicator; what its data lack, and what is odd about them, goes to *found*."""
    made = bare_row(unit, indicator, found)
    found += remarks(made, unit.facts, unit.ruleset)
    return made


def bare_row(unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> Row:
    """The row of one indicator; only what its rule stumbles over goes to *found*."""
    fact = unit.facts.of(indicator.path)
    outcome, parts, reasons = unrounded(unit, indicator, fact, found)
    fact = changed(fact, reason=fact.reason or "；".join(r for r in reasons if r))
    return _row(unit.ruleset, indicator, fact, outcome, tuple(parts), policy_of(unit.ruleset, indicator))


def policy_of(ruleset: Ruleset, indicator: Indicator) -> NotApplicable | None:
    """What becomes of the indicator where it does not apply."""
    return indicator.not_applicable or ruleset.not_applicable


def unrounded(unit: Unit, indicator: Indicator, fact: Fact, found: list[Diagnostic]) -> tuple[Outcome, list[PartOutcome], list[str]]:
    """What the rule of an indicator gives after its vetoes, its parts, and the reasons that stand beside the data it reads."""
    parts, outcome, reasons, to = _scored(unit, indicator, fact, policy_of(unit.ruleset, indicator), found)
    if not is_averaged(unit, indicator):  # its members have had their vetoes
        outcome = vetoed(outcome, indicator, to, found)
    if indicator.path in unit.waiting:
        outcome = waiting_for(outcome, unit.waiting[indicator.path])
    if indicator.weight == 0 and indicator.outside is None and outcome.status in OPEN and indicator.path not in unit.waiting:
        outcome = changed(outcome, status=Status.SCORED, score=_ZERO, low=_ZERO, high=_ZERO, waiting_for=(), unread=())  # not asked of this unit
    unit.beside[indicator.path] = to
    return outcome, parts, reasons


def alerts(unit: Unit, indicator: Indicator) -> tuple[Alert, ...]:
    """The 预警 under an indicator that hold; they look at what is scored, so they are asked when every row is."""
    return tuple(a for a in indicator.alerts if unit.beside[indicator.path].condition(a.condition, []) is True)


def beside(unit: Unit, indicator: Indicator) -> Interpreter:
    """What knows the names of an indicator, which is not scored for it."""
    fact = unit.facts.of(indicator.path)
    if is_averaged(unit, indicator) or _is_combined(indicator, fact):
        return _around(unit, indicator, fact)
    return _item(unit, indicator, indicator.weight, fact, []).to


def _scored(unit: Unit, indicator: Indicator, fact: Fact, policy: NotApplicable | None,
            found: list[Diagnostic]) -> tuple[list[PartOutcome], Outcome, list[str], Interpreter]:
    """Parts, outcome and reasons of a row before any veto, and the interpreter for the conditions beside its rule."""
    if is_averaged(unit, indicator):
        return [], averaged(unit, indicator), [], _around(unit, indicator, fact)
    parts = _parts(unit, indicator, found)
    if indicator.combiner and _is_combined(indicator, fact):
        reasons = [f"{part.part.name}：{part.fact.reason}" for part in parts if part.fact.reason]
        return parts, combined(parts, indicator.combiner, indicator.weight, policy), reasons, _around(unit, indicator, fact)
    item = _item(unit, indicator, indicator.weight, fact, found)
    outcome = item.outcome()
    return parts, outcome, [unit.facts.of(name).reason for name in sorted(item.data_read)], item.to


def _is_combined(indicator: Indicator, fact: Fact) -> bool:
    """Whether the indicator comes to what its parts do."""
    return bool(indicator.parts and indicator.combiner) and fact.value is not Absent.NOT_APPLICABLE


def _around(unit: Unit, indicator: Indicator, fact: Fact) -> Interpreter:
    """What knows the names of an item without a value of its own: the unit's, and 分值."""
    return unit.interpreter(fact, set(), {"分值": lambda: score(indicator.weight)})


def is_averaged(unit: Unit, indicator: Indicator) -> bool:
    """Whether the members' scores make this one's."""
    return indicator.aggregation is not None and indicator.aggregation.scores and bool(unit.facts.members)


def _item(unit: Unit, indicator: Indicator, weight: Fraction, fact: Fact, found: list[Diagnostic],
          part: Part | None = None) -> Item:
    """The indicator, or one part of it, with the rule that scores it."""
    use = indicator.method
    met_only = indicator.combiner is Combiner.ALL_MET
    rule = use.rule if use else by_target(indicator.span) if met_only else by_completion(indicator.span)
    return Item(unit, part or indicator, rule, dict(use.arguments) if use else {}, weight, fact, found)


def _parts(unit: Unit, indicator: Indicator, found: list[Diagnostic]) -> list[PartOutcome]:
    made = []
    for part in indicator.parts:
        weight = indicator.weight if part.weight is None else part.weight
        fact = unit.facts.of(part.path)
        item = _item(unit, indicator, weight, fact, found, part)
        made.append(PartOutcome(part, fact, unit.part(item)))
    return made


def _row(ruleset: Ruleset, indicator: Indicator, fact: Fact, outcome: Outcome, parts: tuple[PartOutcome, ...],
         policy: NotApplicable | None) -> Row:
    rounding = ruleset.item_rounding or EXACT
    points = outcome.score
    if outcome.status is Status.NOT_APPLICABLE:
        points = points_of_nothing(indicator, policy)
    rounded = None if points is None else rounding.apply(points)
    low, high = (rounding.apply(outcome.low), rounding.apply(outcome.high)) if rounded is None else (rounded, rounded)
    due = reason_due(ruleset, indicator, outcome, parts, rounded)
    return Row(indicator, fact, outcome.status, rounded, points, low, high, outcome, parts, due)


def points_of_nothing(indicator: Indicator, policy: NotApplicable | None) -> Fraction | None:
    """The points of an indicator that does not apply; None where others carry its weight."""
    if indicator.outside is not None:
        return Fraction(0)
    match policy:
        case NotApplicable.FULL_SCORE:
            return indicator.weight
        case NotApplicable.ZERO_SCORE:
            return Fraction(0)
        case NotApplicable.POINTS:
            return indicator.default
    return None


def reason_due(ruleset: Ruleset, indicator: Indicator, outcome: Outcome, parts: tuple[PartOutcome, ...],
                points: Fraction | None) -> ReasonDue | None:
    """The first clause that demands a reason of this row."""
    if outcome.status is not Status.SCORED or points is None:
        return None
    judged = next((step.judgement for step in outcome.steps if isinstance(step, JudgementStep)), None)
    if judged is not None and judged.reason_due:
        return ReasonDue(None, True, judged.span)
    lost = indicator.outside is None and points < indicator.weight
    outcomes = (outcome, *(p.outcome for p in parts))
    return next((due for due in ruleset.reasons_due if _demanded(due, lost, outcomes)), None)


def is_away(ruleset: Ruleset, outcome: Outcome) -> bool:
    """Whether what an item or a part came to is as far from its target as some clause demands a reason for."""
    return any(_demanded(due, False, (outcome,)) for due in ruleset.reasons_due)


def _away(outcome: Outcome) -> Fraction:
    """The deviation as a share of the target; any deviation from a target of 0 is as far as can be."""
    wanted, gap = outcome.target_value, outcome.gap
    if gap is None or gap.amount == 0 or not isinstance(wanted, Quantity):
        return Fraction(0)
    return abs(gap.amount / wanted.amount) if wanted.amount else _BEYOND


def _demanded(due: ReasonDue, lost: bool, outcomes: Sequence[Outcome]) -> bool:
    if due.threshold is None:
        return lost
    away = max(map(_away, outcomes))
    return away >= due.threshold if due.inclusive else away > due.threshold
