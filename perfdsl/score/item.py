"""One rule applied to one indicator or part: its target, its actual value, its points."""

from __future__ import annotations

from fractions import Fraction

import attrs

from perfdsl.data.facts import Absent, Fact, Facts, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import PRIOR, Bound, Deadline, Indicator, Part, Ruleset, Target, TargetCase
from perfdsl.quantity import Quantity, score
from perfdsl.regions import holds
from perfdsl.score.interpret import Gap, Interpreter, Lookup, Result, of_fact
from perfdsl.score.scorecard import Outcome, Status


class Unit:
    """The names that all rules of one unit share: data, and the ruleset's 令."""

    def __init__(self, ruleset: Ruleset, facts: Facts) -> None:
        self.ruleset = ruleset
        self.facts = facts
        names = [name for datum in ruleset.data for name in (datum.name, datum.name + PRIOR)]
        self._data: dict[str, Lookup] = {name: self._datum(name) for name in names}

    def interpreter(self, fact: Fact) -> Interpreter:
        """An interpreter that knows the unit's data, for an item with the given fact."""
        made = Interpreter({}, self._data, fact.chosen, fact.cell)
        made.names.update({let.name: made.let(let) for let in self.ruleset.lets})
        return made

    def _datum(self, name: str) -> Lookup:
        return lambda: of_fact(name, self.facts.of(name))


class Item:
    """An indicator, or a part of one, that is to be scored on *weight* by *rule*."""

    def __init__(self, unit: Unit, item: Indicator | Part, rule: k.Rule, arguments: dict[str, k.Expr],
                 weight: Fraction, fact: Fact, found: list[Diagnostic]) -> None:
        self.item = item
        self.rule = rule
        self.weight = weight
        self.fact = fact
        self.found = found
        self.to = unit.interpreter(fact)
        self.target = self._applicable(item.targets)
        self._name_arguments(arguments)
        self._name_item()

    def _name_arguments(self, arguments: dict[str, k.Expr]) -> None:
        """Arguments are evaluated by the names outside the method, so before its own are added."""
        outside = self.outside = Interpreter(dict(self.to.names), self.to.shared, self.to.chosen, self.to.cell)
        for parameter in self.rule.parameters:
            value = arguments.get(parameter.name, parameter.default)
            assert value is not None  # the resolver reports a parameter that is not given
            self.to.names[parameter.name] = lambda value=value: outside.expr(value)  # type: ignore[misc]

    @property
    def data_read(self) -> list[str]:
        """The data that the rule read, in no order that matters but always the same."""
        return sorted(self.to.read | self.outside.read)

    def _name_item(self) -> None:
        names = self.to.names
        names["分值"] = lambda: score(self.weight)
        names["目标值"] = self.target_value
        names["实际值"] = self._actual
        names["完成率"] = self._rate
        names.update({let.name: self.to.let(let) for let in self.rule.lets})

    def _applicable(self, cases: tuple[TargetCase, ...]) -> Target | Gap | None:
        """The first target whose condition holds for this unit."""
        for case in cases:
            held = True if case.condition is None else self.to.condition(case.condition, [])
            if isinstance(held, Gap):
                return held
            if held:
                return case.target
        return None

    def target_value(self) -> Result:
        match self.target:
            case Gap() as gap:
                return gap
            case Bound(value=value):
                return self.to.expr(value)
            case Deadline(day=day):
                return day
            case None:
                return Gap(Status.MANUAL, (), Diagnostic("E454", f"「{self.item.name}」没有一个目标适用于这个单位", self.item.span,
                                                         "补一行不带条件的目标"))
        return self.target.words

    def _actual(self) -> Result:
        derived = self.item.actual if isinstance(self.item, Indicator) and self.item.actual else self.rule.actual
        if derived is not None:
            return self.to.expr(derived)
        return of_fact(self.item.name, self.fact)

    def _rate(self) -> Result:
        actual, target = self.to.expr(k.Name("实际值", self.rule.span)), self.to.expr(k.Name("目标值", self.rule.span))
        if isinstance(actual, Gap) or isinstance(target, Gap):
            return actual if isinstance(actual, Gap) else target
        if isinstance(actual, Quantity) and isinstance(target, Quantity) and target.amount != 0:
            return actual / target
        return Gap(Status.MANUAL, (), Diagnostic("E452", f"「{self.item.name}」算不出完成率：目标为 0 或不是数", self.fact.cell or self.item.span))

    def outcome(self) -> Outcome:
        """What the rule gives; a fault is reported and leaves the item to the officer."""
        result: Result = Gap(Status.NOT_APPLICABLE) if self.fact.value is Absent.NOT_APPLICABLE else self.to.expr(self.rule.score)
        if isinstance(result, Gap):
            return self._open(result)
        assert isinstance(result, Quantity)  # the unit check has promised points
        return self._outcome(Status.SCORED, result.amount, result.amount, result.amount, ())

    def _open(self, gap: Gap) -> Outcome:
        if gap.fault is not None:
            self.found.append(gap.fault)
        low, high = self.to.bounds if gap.status is Status.MANUAL and self.to.bounds else (Fraction(0), self.weight)
        made = self._outcome(gap.status, None, low, high, gap.waiting_for)
        return attrs.evolve(made, unread=gap.waiting_for if gap.unread else ())  # type: ignore[misc]  # a record

    def _outcome(self, status: Status, points: Fraction | None, low: Fraction, high: Fraction,
                 waiting_for: tuple[str, ...]) -> Outcome:
        steps = tuple(self.to.steps)
        target = None if isinstance(self.target, Gap) else self.target
        wanted = _seen(self.target_value()) if target else None
        actual = _seen(self._actual())
        rate, gap = _compared(actual, wanted)
        met = _met(target, actual, wanted)
        known = tuple((name, value) for name, value in self.to.known.items() if not isinstance(value, Gap))
        return Outcome(status, points, low, high, target, wanted, actual, rate, gap, met, steps, waiting_for, known)


def _seen(result: Result) -> Value | None:
    return None if isinstance(result, Gap) else result


def _compared(actual: Value | None, wanted: Value | None) -> tuple[Fraction | None, Quantity | None]:
    """Rate and difference, where both are quantities of one kind."""
    if not (isinstance(actual, Quantity) and isinstance(wanted, Quantity)):
        return None, None
    gap = Quantity(actual.amount - wanted.amount, wanted.unit)
    return (actual.amount / wanted.amount if wanted.amount else None), gap


def _met(target: Target | None, actual: Value | None, wanted: Value | None) -> bool | None:
    if target is None or actual is None or wanted is None:
        return None
    if isinstance(target, Bound) and isinstance(actual, Quantity) and isinstance(wanted, Quantity):
        return holds(target.op, actual.amount, wanted.amount)
    if isinstance(target, Deadline):
        return not isinstance(actual, str | Quantity) and actual <= target.day
    return actual == wanted
