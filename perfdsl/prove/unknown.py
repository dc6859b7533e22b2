"""What the score of an indicator hangs on, and which values each of these can have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import count, islice

from perfdsl.data.facts import Value
from perfdsl.model import kernel as k
from perfdsl.model.changes import is_change
from perfdsl.model.needs import inputs_of
from perfdsl.model.ruleset import Bound, Expected, Indicator, Kind, Outcome, Ruleset
from perfdsl.model.walk import every, expressions, of_indicator, rule_parts
from perfdsl.prove.line import Domain
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import EVERYWHERE, ZERO_AND_ABOVE
from perfdsl.quantity import Quantity
from perfdsl.record import record
from perfdsl.regions import Region
from perfdsl.units import PURE, is_indivisible

_DAYS = Region(Fraction(date(1990, 1, 1).toordinal()), Fraction(date(2100, 12, 31).toordinal()), True, True)


class UnknownDay(date):
    """A day that stands for a whole region of days."""

    number: Number

    @classmethod
    def of(cls, number: Number) -> UnknownDay:
        made = cls(1, 1, 1)
        made.number = number
        return made

    def toordinal(self) -> int:
        return self.number  # type: ignore[no-any-return]  # calculates as a whole number does


@record
class Unknown:
    """A cell by its full name and what it must hold.  As a number it is counted in the unit that its cell is read in, a day by its ordinal."""

    path: str
    expected: Expected

    @property
    def name(self) -> str:
        """What people call it."""
        return self.path.rpartition("/")[2]

    @property
    def is_chosen(self) -> bool:
        """Whether it is one of a few words."""
        return self.expected.kind in (Kind.TEXT, Kind.CHOICE)

    def value(self, number: Number) -> Value:
        """The cell's value where it is *number*."""
        if self.expected.kind is Kind.DATE:
            return date.fromordinal(int(number)) if isinstance(number, Fraction) else UnknownDay.of(number)
        unit = self.expected.unit or PURE
        return Quantity(number * unit.factor, unit)

    def text(self, number: Fraction) -> str:
        """*number* as people write it in the cell."""
        return str(self.value(number))


class Unknowns:
    """The unknowns of every indicator of a ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset

    @cached_property
    def _inputs(self) -> dict[str, list[str]]:
        return inputs_of(self.ruleset)

    @cached_property
    def _below_zero(self) -> frozenset[str]:
        """The indicators, by full name, that speak of numbers below 0."""
        return frozenset(i.path for i in self.ruleset.indicators() if any(map(_is_below_zero, _written(i))))

    @cached_property
    def _cells(self) -> dict[str, Expected]:
        return self.ruleset.inputs()

    def of(self, indicator: Indicator) -> list[Unknown]:
        """The cells that the score of *indicator* hangs on, its own first."""
        return [Unknown(path, self._cells[path]) for path in self._inputs[indicator.path]]

    def domain(self, unknown: Unknown, indicator: Indicator | None = None) -> Domain:
        """The values that a number or a day can have: none below 0 where neither its name nor *indicator* (None: any) speaks of such."""
        expected = unknown.expected
        if expected.kind is Kind.DATE:
            return Domain(_DAYS, True)
        unit = expected.unit or PURE
        spoken = bool(self._below_zero) if indicator is None else indicator.path in self._below_zero
        return Domain(EVERYWHERE if is_change(unknown.name) or spoken else ZERO_AND_ABOVE, is_indivisible(unit) and unit.factor == 1)

    def words(self, unknown: Unknown, fresh: int = 1) -> tuple[str, ...]:
        """The words that a cell can hold: its options; or those that the ruleset knows, and *fresh* ones that it does not."""
        if unknown.expected.options:
            return unknown.expected.options
        others = (f"其他{'甲乙丙丁戊己庚辛'[at % 8]}{at // 8 or ''}" if at else "其他" for at in count())
        return (*self._words, *islice((word for word in others if word not in self._words), fresh))

    @cached_property
    def _words(self) -> tuple[str, ...]:
        said = {n.text for one in expressions(self.ruleset) for n in every(one) if isinstance(n, k.Word)}
        targets = [case.target for i in self.ruleset.indicators() for cases in (i.targets, *(part.targets for part in i.parts)) for case in cases]
        wanted = {target.words for target in targets if isinstance(target, Outcome)}
        return tuple(sorted(said | wanted))


def _written(indicator: Indicator) -> Iterator[k.Expr | k.Condition]:
    """Every expression that an indicator is scored by."""
    use = indicator.method
    roots: list[k.Expr | k.Condition] = [*of_indicator(indicator)]
    if use is not None:
        defaults = (p.default for p in use.rule.parameters if p.default is not None)
        roots += [*rule_parts(use.rule), *defaults, *(value for _, value in use.arguments)]
    for cases in (indicator.targets, *(part.targets for part in indicator.parts)):
        roots += [case.target.value for case in cases if isinstance(case.target, Bound)]
    for root in roots:
        yield from every(root)


def _is_below_zero(node: k.Expr | k.Condition) -> bool:
    """Whether a number below 0 is written, or something is asked whether it lies below 0."""
    if isinstance(node, k.Comparison):
        sides = ((node.op, node.right), (node.op.flipped, node.left))
        return any(op in (k.Comparator.LT, k.Comparator.LE) and isinstance(side, k.Number) and side.value.amount == 0 for op, side in sides)
    return isinstance(node, k.Number) and node.value.amount < 0
