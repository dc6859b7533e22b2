"""What a ruleset gives for one unit: rows, total, grade, and the reason of each score."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from perfdsl.data.facts import Fact, Facts, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.effects import Alert, Application, Effect, Veto
from perfdsl.model.kernel import Adjustment, Case, Choice, Extreme, Judgement, Let, StepTotal
from perfdsl.model.ruleset import Indicator, Part, ReasonDue, Ruleset, Target
from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.score.compared import gap, is_met, rate

BOUNDLESS = Fraction(10**15)
"""Stands for the end of a range that has none: far more than any form gives, also as a small share of it."""


def is_boundless(points: Fraction) -> bool:
    """Whether a number of points stands for an end that there is not."""
    return abs(points) >= BOUNDLESS / 10**6


class Status(StrEnum):
    """Whether a row has a score, and if not, why."""

    SCORED = "scored"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    MANUAL = "manual"


@record
class CaseStep:
    """A clause of a case list that was tried: the two sides that were compared and whether it held."""

    case: Case
    seen: tuple[tuple[Value, Value], ...]
    held: bool


@record
class OtherwiseStep:
    """No clause of the list held and its 否则 decided."""

    choice: Choice


@record
class LetStep:
    """An intermediate value."""

    let: Let
    value: Value


@record
class DeductionStep:
    """Steps counted: what they were counted in, how many, the points of each, and those given or taken (signed)."""

    total: StepTotal
    amount: Quantity
    steps: Fraction
    each: Fraction
    points: Fraction


@record
class AdjustmentStep:
    """An adjustment: the sides that its condition compared, whether it held, the points given or taken (signed)."""

    adjustment: Adjustment
    seen: tuple[tuple[Value, Value], ...]
    held: bool
    points: Fraction


@record
class VetoStep:
    """A veto that held."""

    veto: Veto
    seen: tuple[tuple[Value, Value], ...]


@record
class AverageStep:
    """得分按 … 加权: the members, each with its score and what it weighs."""

    by: str
    members: tuple[tuple[str, Fraction, Quantity], ...]


@record
class InterpolationStep:
    """The value lay between two anchors: where, and what they give."""

    at: Quantity
    low: tuple[Quantity, Quantity]
    high: tuple[Quantity, Quantity]


@record
class BoundStep:
    """最低得, 最高得 or 扣完为止 took the place of what the rule gave."""

    bound: Extreme
    was: Quantity


@record
class JudgementStep:
    """An officer's score was asked for: the interval, and what was chosen."""

    judgement: Judgement
    low: Fraction
    high: Fraction
    chosen: Fraction | None


Step = (CaseStep | OtherwiseStep | LetStep | DeductionStep | AdjustmentStep | InterpolationStep | BoundStep | JudgementStep
        | VetoStep | AverageStep)


@record
class Outcome:
    """One rule applied to one actual value.

    `score` is exact and None unless `status` is SCORED; `low` and `high` bound it in any case.
    `known` are the names that the rule read, with their values; `unread` those it waits for
    because their cells cannot be read.  `judged`: words that an officer picks, so that they are no more or less than the target;
    `settled`: whether the target counts as reached where nothing is compared.
    """

    status: Status
    score: Fraction | None
    low: Fraction
    high: Fraction
    target: Target | None
    target_value: Value | None
    actual: Value | None
    steps: tuple[Step, ...]
    waiting_for: tuple[str, ...]
    known: tuple[tuple[str, Value], ...] = ()
    unread: tuple[str, ...] = ()
    judged: bool = False
    settled: bool | None = None

    @property
    def rate(self) -> Fraction | None:
        """实际值 ÷ 目标值; None where it has no meaning."""
        return rate(self.actual, self.target_value)

    @property
    def gap(self) -> Quantity | None:
        """实际值 − 目标值; None where it has no meaning."""
        return gap(self.actual, self.target_value)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where that cannot be told."""
        if self.settled is not None or self.judged:
            return self.settled
        return is_met(self.target, self.actual, self.target_value)


@record
class PartOutcome:
    """A part of a composite indicator and what its rule gave."""

    part: Part
    fact: Fact
    outcome: Outcome


@record
class Row:
    """One line of the score table.

    `score` is rounded by the ruleset and None unless scored; `outcome` is how it came about; for a
    composite the parts' outcomes stand in `parts`.  `reason_due` names the clause that demands a
    reason for the deviation, None where none does.
    """

    indicator: Indicator
    fact: Fact
    status: Status
    score: Fraction | None
    unrounded: Fraction | None
    low: Fraction
    high: Fraction
    outcome: Outcome
    parts: tuple[PartOutcome, ...]
    reason_due: ReasonDue | None

    @property
    def lost(self) -> Fraction | None:
        """Points short of the weight."""
        return None if self.score is None else self.indicator.weight - self.score


@record
class Decider:
    """An open row: how much of the total hangs on it, and the score from which the next grade is reached, if that is it."""

    row: Row
    spread: Fraction
    needed: Fraction | None
    grade: str | None


@record
class Total:
    """The sum of the rows, and what the ruleset makes of it.

    `score` is None while anything is missing; `low` … `high` is then what it can still be, and `grades`
    the grades that lie in that range, worst first.  `grade` is None also where the weights do not add up
    and where the unit is `barred`.  `base` is what the form adds up to and `bonus`, `penalty` what the items outside it do,
    before the `effects` that hold; `waiting` are the data without which an effect is undecided.
    """

    weight: Fraction
    declared: Fraction | None
    score: Fraction | None
    unrounded: Fraction | None
    grade: str | None
    low: Fraction
    high: Fraction
    grades: tuple[str, ...]
    deciders: tuple[Decider, ...]
    base: Fraction | None = None
    bonus: Fraction = Fraction(0)
    penalty: Fraction = Fraction(0)
    effects: tuple[Effect, ...] = ()
    barred: bool = False
    waiting: tuple[str, ...] = ()


@record
class Result:
    """A 结果应用: its value, None where it cannot be computed yet, and how it came about."""

    application: Application
    value: Value | None
    steps: tuple[Step, ...]
    known: tuple[tuple[str, Value], ...]
    waiting: tuple[str, ...]


@record
class Scorecard:
    """The scores of one unit under one ruleset, with everything that was found wrong on the way."""

    ruleset: Ruleset
    digest: str
    unit: str
    rows: tuple[Row, ...]
    total: Total
    diagnostics: tuple[Diagnostic, ...]
    alerts: tuple[Alert, ...] = ()
    results: tuple[Result, ...] = ()
    facts: Facts | None = None

    @property
    def code(self) -> str:
        """The unit's code; empty where the data give none."""
        return self.facts.code if self.facts else ""
