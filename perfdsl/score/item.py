"""One rule applied to one indicator or part: its target, its actual value, its points."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Absent, Fact, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.ranges import span_of
from perfdsl.model.ruleset import Bound, Deadline, Indicator, Kind, Outside, Part, Target, TargetCase
from perfdsl.model.ruleset import Outcome as OutcomeTarget
from perfdsl.quantity import Quantity, score
from perfdsl.record import changed
from perfdsl.score.interpret import Gap, Interpreter, Lookup, Result, of_fact
from perfdsl.score.scorecard import BOUNDLESS, Outcome, Status
from perfdsl.score.unit import Unit


class Item:
    """An indicator, or a part of one, that is to be scored on *weight* by *rule*.

    Targets, arguments and the ruleset's 令 are evaluated outside the rule; only its body sees its parameters.
    """

    def __init__(self, unit: Unit, item: Indicator | Part, rule: k.Rule, arguments: dict[str, k.Expr],
                 weight: Fraction, fact: Fact, found: list[Diagnostic], *, trial: bool = False) -> None:
        self.unit, self.item, self.rule, self.arguments = unit, item, rule, arguments
        self.weight, self.fact, self.found = weight, fact, found
        self.data_read: set[str] = set()
        self.outer = unit.interpreter(fact, self.data_read)
        self.to = Interpreter({}, self.outer.name, fact, trial=trial)
        self.to.names = self._names()
        self.target = self._applicable(item.targets)

    def _names(self) -> dict[str, Lookup]:
        """Parameters, what a rule may use of its item, and its 令."""
        return {
            **{p.name: self._argument(p) for p in self.rule.parameters},
            "分值": lambda: score(self.weight), "目标值": self.target_value, "实际值": self._actual, "完成率": self._rate,
            **{let.name: self.to.let(let) for let in self.rule.lets},
        }

    def _argument(self, parameter: k.Parameter) -> Lookup:
        value = self.arguments.get(parameter.name, parameter.default)
        assert value is not None  # the resolver reports a parameter that is not given
        return lambda: self.outer.expr(value)

    def _applicable(self, cases: tuple[TargetCase, ...]) -> Target | Gap | None:
        """The first target whose condition holds for this unit."""
        for case in cases:
            held = True if case.condition is None else self.outer.condition(case.condition, [])
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
                return self.outer.expr(value)
            case Deadline(day=day):
                return day
            case None:
                return Gap(Status.MANUAL, (), Diagnostic("E454", f"「{self.item.name}」没有一个目标适用于这个单位", self.item.span,
                                                         "补一行不带条件的目标"))
        return self.target.words

    def _actual(self) -> Result:
        if isinstance(self.item, Indicator) and self.item.actual is not None:
            return self.outer.expr(self.item.actual)
        if self.rule.actual is not None:
            return self.to.expr(self.rule.actual)
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
        low, high = self._range(gap)
        made = self._outcome(gap.status, None, low, high, gap.waiting_for)
        return changed(made, unread=gap.waiting_for if gap.unread else ())

    def _range(self, gap: Gap) -> tuple[Fraction, Fraction]:
        """What the rule can still give: with the ends of the officer's interval, or within its own outer bounds."""
        if gap.status is Status.MANUAL and self.to.bounds is not None and gap.fault is None:
            ends = [found for end in self.to.bounds if (found := self._with_chosen(end)) is not None]
            if len(ends) == len(self.to.bounds):
                return min(ends), max(ends)
        (low, high), node = self._ends(), self.rule.score
        while isinstance(node, k.Extreme) and len(node.operands) == 2:
            bound = self.to.expr(node.operands[1])
            if isinstance(bound, Quantity):
                low, high = (max(low, bound.amount), high) if node.op == "max" else (low, min(high, bound.amount))
            node = node.operands[0]
        return (low, high) if low <= high else (high, low)  # a bound from the data may lie beyond the weight

    def _ends(self) -> tuple[Fraction, Fraction]:
        """What an item of this kind may have, cut to what the form of its rule can give."""
        low, high = ends_of(self.item, self.weight)
        least, most = span_of(self.rule.score, {"分值": (self.weight, self.weight)})
        low, high = low if least is None else max(low, least), high if most is None else min(high, most)
        return (low, high) if low <= high else ends_of(self.item, self.weight)

    def _with_chosen(self, points: Fraction) -> Fraction | None:
        """The item's score if the officer gave *points*."""
        fact = Fact(self.fact.value, self.fact.text, self.fact.cell, chosen=points)
        found = Item(self.unit, self.item, self.rule, self.arguments, self.weight, fact, [], trial=True)
        result = found.to.expr(self.rule.score)
        return result.amount if isinstance(result, Quantity) else None

    def _outcome(self, status: Status, points: Fraction | None, low: Fraction, high: Fraction,
                 waiting_for: tuple[str, ...]) -> Outcome:
        steps = (*self.outer.steps, *self.to.steps)
        target = None if isinstance(self.target, Gap) else self.target
        wanted = _seen(self.target_value()) if target else None
        actual = _seen(self._actual())
        judged = isinstance(target, OutcomeTarget) and self.item.expected.kind is Kind.CHOICE
        seen = {**self.outer.known, **self.to.known}
        known = tuple((name, value) for name, value in seen.items() if not isinstance(value, Gap))
        return Outcome(status, points, low, high, target, wanted, actual, steps, waiting_for, known, judged=judged)


def ends_of(item: Indicator | Part, weight: Fraction) -> tuple[Fraction, Fraction]:
    """Between what points an item of this kind may lie, whatever its rule."""
    zero = Fraction(0)
    if not isinstance(item, Indicator):
        return zero, weight
    if item.outside is not None:
        return (zero, BOUNDLESS) if item.outside is Outside.BONUS else (-BOUNDLESS, zero)
    return -BOUNDLESS if item.negative else zero, BOUNDLESS if item.uncapped else weight


def _seen(result: Result) -> Value | None:
    return None if isinstance(result, Gap) else result
