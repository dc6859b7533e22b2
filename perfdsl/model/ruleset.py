"""What was meant: a ruleset with every name found and every policy stated."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction

from perfdsl.model.effects import Aggregation, Alert, Application, Effect, Veto, WeightCase
from perfdsl.model.kernel import Comparator, Condition, Expr, Let, Rule
from perfdsl.model.testcase import Test
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
    aggregation: Aggregation | None = None


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
    POINTS = "得规定的分"


class Outside(StrEnum):
    """An item beside the declared total: its points are added to what the indicators reach, or taken off."""

    BONUS = "加分项"
    PENALTY = "减分项"


@record
class Part:
    """One of several targets in one indicator (分项); scored on the indicator's weight, or on its own where 加权."""

    name: str
    path: str
    weight: Fraction | None
    targets: tuple[TargetCase, ...]
    expected: Expected
    span: Span
    aggregation: Aggregation | None = None


@record
class MethodUse:
    """The rule that scores an indicator and what its parameters are given."""

    rule: Rule
    arguments: tuple[tuple[str, Expr], ...]
    span: Span


@record
class Indicator:
    """A row of the form.  `path` is its levels joined by `/`; `actual` derives 实际值 from data where it is not a cell.

    `default` are the points of 不适用 得 …; `uncapped` and `negative` allow more than `weight` and less than 0;
    an item `outside` the declared total has a weight of 0.
    """

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
    default: Fraction | None = None
    vetoes: tuple[Veto, ...] = ()
    alerts: tuple[Alert, ...] = ()
    weights: tuple[WeightCase, ...] = ()
    outside: Outside | None = None
    uncapped: bool = False
    negative: bool = False
    aggregation: Aggregation | None = None

    @property
    def is_derived(self) -> bool:
        """Whether 实际值 comes from other data, by the indicator itself or by its method."""
        return self.actual is not None or (self.method is not None and self.method.rule.actual is not None)


@record
class Group:
    """一级 or 二级指标: its declared weight (None: not declared) and what stands under it.

    Where there is a `scale` (满分), what is under the group adds up to that; the group still counts its weight.
    With a `combiner` (取高, 取低) one child counts, and each is worth the whole group.
    """

    level: int
    name: str
    path: str
    weight: Fraction | None
    children: tuple[Group | Indicator, ...]
    span: Span
    scale: Fraction | None = None
    combiner: Combiner | None = None


@record
class Grade:
    """A grade holds where the total compares with `bound` by `op`; the first that holds counts.

    `joined` is 且 or 或 before a further `condition`; empty where there is none.
    """

    name: str
    op: Comparator
    bound: Fraction
    span: Span
    joined: str = ""
    condition: Condition | None = None


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
class Ruleset:
    """A whole ruleset.  Optional policies are None only where `check` has reported them.

    `refers`: some rule reads the score or the value of another item.
    """

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
    outside: tuple[Indicator, ...] = ()
    bonus_limit: Fraction | None = None
    penalty_limit: Fraction | None = None
    effects: tuple[Effect, ...] = ()
    uncapped: bool = False
    alerts: tuple[Alert, ...] = ()
    applications: tuple[Application, ...] = ()
    refers: bool = False

    def indicators(self) -> Iterator[Indicator]:
        """Every indicator in the order of the form; the items outside the total come last."""
        yield from _leaves(self.groups)
        yield from self.outside

    def nodes(self) -> Iterator[Group | Indicator]:
        """Every group and indicator of the form."""
        waiting = list(reversed(self.groups))
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Group):
                waiting += reversed(node.children)

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
        """What all of the form adds up to."""
        return sum((weight_of(node) for node in self.groups), Fraction(0))


def weight_of(node: Group | Indicator) -> Fraction:
    """What a node counts: its weight, or what stands under it where a group declares none."""
    if isinstance(node, Indicator):
        return node.weight
    return weight_of_children(node) if node.weight is None else node.weight


def weight_of_children(group: Group) -> Fraction:
    """What stands directly under the group: added up, or the weight of one child where one counts."""
    weights = [weight_of(child) for child in group.children]
    return max(weights, default=Fraction(0)) if group.combiner else sum(weights, Fraction(0))


def _leaves(nodes: tuple[Group | Indicator, ...]) -> Iterator[Indicator]:
    for node in nodes:
        if isinstance(node, Indicator):
            yield node
        else:
            yield from _leaves(node.children)
