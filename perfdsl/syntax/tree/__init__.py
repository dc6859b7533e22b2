"""What was written: one class a clause, in the order of the file; headings hold what stands under them."""

from __future__ import annotations

from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.syntax.tree.effects import (
    Alert,
    Barred,
    Effect,
    GradeLimit,
    GradeLowered,
    GradeSettled,
    TotalEffect,
    TotalGives,
    TotalLimit,
    Veto,
)
from perfdsl.syntax.tree.expressions import (
    Argument,
    Binary,
    Call,
    Compare,
    Condition,
    DateLiteral,
    Expr,
    Junction,
    Literal,
    Word,
)
from perfdsl.syntax.tree.facts import (
    ActualIs,
    AddUp,
    AverageBy,
    Combine,
    Scale,
    ScoredBy,
    Share,
    Target,
    TargetBound,
    TargetDate,
    TargetWords,
    Unbounded,
    Weight,
)
from perfdsl.syntax.tree.headings import (
    ApplicationHead,
    DataHead,
    Edit,
    GroupHead,
    Head,
    MethodHead,
    OutsideHead,
    ParameterWritten,
    PartHead,
    RulesetHead,
    TestHead,
)
from perfdsl.syntax.tree.policies import (
    Accept,
    Basis,
    DeclaredTotal,
    Extends,
    GradeBasis,
    GradeLine,
    NotApplicablePolicy,
    Note,
    OutsideLimit,
    Quote,
    ReasonDueWhen,
    RoundingOf,
    TotalUncapped,
    Version,
    Year,
)
from perfdsl.syntax.tree.rules import (
    Adjustment,
    Along,
    Directly,
    Exhaust,
    Gives,
    GivesNothing,
    Judge,
    LetIs,
    Limit,
    Listed,
    Otherwise,
    PartStep,
    RangeBound,
    Reason,
    Result,
    RowBetween,
    RowCompared,
    RowExact,
    Step,
    StepLimit,
    Tier,
    When,
)
from perfdsl.syntax.tree.tests import (
    ExpectAlert,
    ExpectBarred,
    ExpectGrade,
    ExpectNothing,
    ExpectScore,
    ExpectTotal,
    ExpectValue,
    GivenValue,
)

__all__ = [
    "Accept",
    "ActualIs",
    "AddUp",
    "Adjustment",
    "Alert",
    "Along",
    "ApplicationHead",
    "Argument",
    "AverageBy",
    "Barred",
    "Basis",
    "Binary",
    "Block",
    "Call",
    "Clause",
    "Combine",
    "Compare",
    "Condition",
    "DataHead",
    "DateLiteral",
    "DeclaredTotal",
    "Directly",
    "Edit",
    "Effect",
    "Exhaust",
    "ExpectAlert",
    "ExpectBarred",
    "ExpectGrade",
    "ExpectNothing",
    "ExpectScore",
    "ExpectTotal",
    "ExpectValue",
    "Expr",
    "Extends",
    "GivenValue",
    "Gives",
    "GivesNothing",
    "GradeBasis",
    "GradeLimit",
    "GradeLine",
    "GradeLowered",
    "GradeSettled",
    "GroupHead",
    "Head",
    "Judge",
    "Junction",
    "LetIs",
    "Limit",
    "Listed",
    "Literal",
    "MethodHead",
    "NotApplicablePolicy",
    "Note",
    "Otherwise",
    "OutsideHead",
    "OutsideLimit",
    "ParameterWritten",
    "PartHead",
    "PartStep",
    "Quote",
    "RangeBound",
    "Reason",
    "ReasonDueWhen",
    "Result",
    "RoundingOf",
    "RowBetween",
    "RowCompared",
    "RowExact",
    "RulesetHead",
    "Scale",
    "ScoredBy",
    "Share",
    "Step",
    "StepLimit",
    "Target",
    "TargetBound",
    "TargetDate",
    "TargetWords",
    "TestHead",
    "Tier",
    "TotalEffect",
    "TotalGives",
    "TotalLimit",
    "TotalUncapped",
    "Unbounded",
    "Version",
    "Veto",
    "Weight",
    "When",
    "Word",
    "Year",
]

Clause = (
    Head | Year | Version | Basis | Note | Quote | Extends | DeclaredTotal | Accept | GradeBasis | GradeLine | RoundingOf
    | NotApplicablePolicy | ReasonDueWhen | TotalLimit | TotalUncapped | OutsideLimit | Weight | TargetBound | TargetDate
    | TargetWords | ScoredBy | Combine | ActualIs | Scale | Share | AddUp | AverageBy | Unbounded | LetIs | When | Otherwise
    | RowCompared | RowBetween | RowExact | Along | Tier | Judge | Step | Exhaust | PartStep | StepLimit | Limit | Reason
    | Listed | Adjustment | GivenValue | ExpectScore | ExpectTotal | ExpectGrade | ExpectValue | ExpectNothing
    | ExpectAlert | ExpectBarred
)


@record
class Block:
    """A heading, the clauses that belong to it, and the blocks under it."""

    head: Head
    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]

    @property
    def span(self) -> Span:
        return self.head.span
