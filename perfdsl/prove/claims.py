"""What is claimed of a ruleset, and how it stands."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from perfdsl.record import record
from perfdsl.source import Span


class Kind(StrEnum):
    """What is claimed of an indicator, a method or the whole."""

    RANGE = "得分范围"
    SCORED = "没有漏洞"
    APART = "没有重叠"
    REACHED = "条款都用得上"
    RISING = "越好不少得"
    TOTAL = "总分范围"
    GRADED = "等级覆盖"


class Verdict(StrEnum):
    """How a claim stands.  Nothing is passed in silence: what is not proved says so."""

    PROVED = "已证明"
    REFUTED = "有反例"
    UNDECIDED = "未能判定"


@record
class Claim:
    """A claim and its verdict.

    `text` says what holds, what breaks it, or how far it was looked for; `test` is a counterexample as a 测试 that can be pasted.
    """

    kind: Kind
    subject: str
    verdict: Verdict
    text: str
    span: Span
    test: str = ""


@record
class Jump:
    """Where the score leaps: the value of `unknown` from which the points are `after`, and those `before` it."""

    subject: str
    unknown: str
    at: str
    before: Fraction
    after: Fraction
    span: Span

    @property
    def cost(self) -> Fraction:
        return abs(self.after - self.before)


@record
class Proof:
    """All claims of a ruleset in the order of the form, the whole last; where the scores leap; and what was not looked at."""

    claims: tuple[Claim, ...]
    jumps: tuple[Jump, ...]
    left_out: tuple[str, ...]

    def refuted(self) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.verdict is Verdict.REFUTED)
