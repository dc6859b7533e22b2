"""What was meant: a ruleset with every name found and every policy stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

from perfdsl.model.kernel import Comparator, Condition, Expr, Let, Rule
from perfdsl.quantity import Rounding
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.units import Unit

PRIOR = ".上年"
"""Behind the name of a datum: its value of the year before."""


class Kind(StrEnum):
    """What a cell of data can hold."""

    QUANTITY = "quantity"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"


@record
class Expected:
    """What the cell of an indicator, a part or a datum must hold: `unit` for quantities, `options` for choices."""

    kind: Kind
    unit: Unit | None = None
    options: tuple[str, ...] = ()


@record
class Datum:
    """A value the officer gives beside the indicators (数据 全年执行数 万元)."""

    name: str
    expected: Expected
    basis: tuple[str, ...]
    span: Span


@record
class Bound:
    """A target that is reached on one side of a value: ≥ 3亿元."""

    op: Comparator
    value: Expr
    unit: Unit | None
    text: str
    span: Span


@record
class Deadline:
    """A target that is a date: done on that day or before."""

    day: date
    text: str
    span: Span


@record
class Outcome:
    """A target in words: 「持续正常运转」."""

    words: str
    text: str
    span: Span


Target = Bound | Deadline | Outcome


@record
class TargetCase:
    """A target and the condition on the unit under which it holds (None: always)."""

    condition: Condition | None
    target: Target


class Combiner(StrEnum):
    """How the parts of a composite indicator make one score."""

    MEAN = "平均"
    ALL_MET = "全部达标"
    BEST = "取高"
    WORST = "取低"
    WEIGHTED = "加权"


class NotApplicable(StrEnum):
    """What becomes of the weight of an indicator that does not apply."""

    SCALE_ALL = "其余按比例折算"
    SCALE_GROUP = "同一级指标内折算"
    FULL_SCORE = "得满分"
    ZERO_SCORE = "得零分"


@record
class Part:
    """One of several targets in one indicator (分项); scored on the indicator's weight, or on its own where 加权."""

    name: str
    path: str
    weight: Fraction | None
    targets: tuple[TargetCase, ...]
    expected: Expected
    span: Span


@record
class MethodUse:
    """The rule that scores an indicator and what its parameters are given."""

    rule: Rule
    arguments: tuple[tuple[str, Expr], ...]
    span: Span


@record
class Indicator:
    """A row of the form.  `path` is its levels joined by `/`; `actual` derives 实际值 from data where it is not a cell."""

    name: str
    path: str
    levels: tuple[str, ...]
    weight: Fraction
    targets: tuple[TargetCase, ...]
    expected: Expected
    actual: Expr | None
    method: MethodUse | None
    parts: tuple[Part, ...]
    combiner: Combiner | None
    not_applicable: NotApplicable | None
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    span: Span

    @property
    def is_derived(self) -> bool:
        """Whether 实际值 comes from other data, by the indicator itself or by its method."""
        return self.actual is not None or (self.method is not None and self.method.rule.actual is not None)


@record
class Group:
    """一级 or 二级指标: its declared weight (None: not declared) and what stands under it."""

    level: int
    name: str
    path: str
    weight: Fraction | None
    children: tuple[Group | Indicator, ...]
    span: Span


@record
class Grade:
    """A grade holds where the total compares with `bound` by `op`; the first that holds counts."""

    name: str
    op: Comparator
    bound: Fraction
    span: Span


@record
class ReasonDue:
    """When a reason is demanded: `threshold` None for any lost point, else the relative deviation from the target."""

    threshold: Fraction | None
    inclusive: bool
    span: Span


@record
class Accepted:
    """A sum of weights that the ruleset accepts although it is not the declared total."""

    weight: Fraction
    span: Span


@record
class Given:
    """A value that a test supposes; `path` is the full name of an indicator, part or datum.

    `chosen`: it is the officer's score of the indicator, not its actual value.
    """

    path: str
    value: Expr
    chosen: bool
    span: Span


@record
class Expectation:
    """What a test expects: the score of `path`, or the total, or (by `grade`) the grade."""

    path: str | None
    score: Fraction | None
    grade: str | None
    span: Span


@record
class Test:
    """A test block."""

    __test__ = False
    name: str
    given: tuple[Given, ...]
    expectations: tuple[Expectation, ...]
    span: Span


@record
class Ruleset:
    """A whole ruleset.  Optional policies are None only where `check` has reported them."""

    name: str
    year: int | None
    version: str
    basis: tuple[str, ...]
    notes: tuple[str, ...]
    declared_total: Fraction | None
    item_rounding: Rounding | None
    total_rounding: Rounding | None
    grade_on_unrounded: bool | None
    grades: tuple[Grade, ...]
    not_applicable: NotApplicable | None
    reasons_due: tuple[ReasonDue, ...]
    accepted: Accepted | None
    data: tuple[Datum, ...]
    lets: tuple[Let, ...]
    groups: tuple[Group | Indicator, ...]
    methods: tuple[Rule, ...]
    tests: tuple[Test, ...]
    span: Span
    total_span: Span | None = None

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator in the order of the form."""
        yield from _leaves(self.groups)

    def inputs(self) -> dict[str, Expected]:
        """Full name → what its cell must hold, for every indicator, part and datum that takes a cell."""
        wanted = {name: datum.expected for datum in self.data for name in (datum.name, datum.name + PRIOR)}
        for indicator in self.indicators():
            if indicator.parts:
                wanted.update({part.path: part.expected for part in indicator.parts})
            else:
                wanted[indicator.path] = indicator.expected
        return wanted

    @property
    def weight(self) -> Fraction:
        """The sum of all indicators' weights."""
        return sum((i.weight for i in self.indicators()), Fraction(0))


def _leaves(nodes: tuple[Group | Indicator, ...]) -> Iterator[Indicator]:
    for node in nodes:
        if isinstance(node, Indicator):
            yield node
        else:
            yield from _leaves(node.children)
