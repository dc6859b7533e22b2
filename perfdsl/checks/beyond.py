"""W305: a rule can give more than 分值 or less than 0, and a value shows it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from fractions import Fraction

from perfdsl.checks.bounds import beyond, limits, weights, written
from perfdsl.checks.search import Item, Trial, trials
from perfdsl.data.facts import Value
from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.model import kernel as k
from perfdsl.model.changes import is_change
from perfdsl.model.ranges import Range, span_of
from perfdsl.model.ruleset import Bound, Combiner, Indicator, MethodUse, Part, Ruleset, Target
from perfdsl.model.walk import every, rule_parts
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.units import PURE, SCORE, is_counted


def beyond_weight(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """W305 of every rule as its indicators use it; told once a rule and side, and not of what E224 tells already.

    Most rules are proved sound by their form; the others are worked out where they could turn.
    """
    search = _Search(ruleset)
    for indicator in ruleset.indicators():
        if indicator.method is not None:
            yield from search.indicator(indicator, indicator.method)


@record
class _Form:
    """What a method's results depend on: points that it writes down, and sizes that are no share of the target."""

    writes_points: bool
    writes_sizes: bool


def _form(rule: k.Rule) -> _Form:
    nodes = [n for part in rule_parts(rule) for n in every(part)]
    points = any(isinstance(n, k.Number) and n.value.unit == SCORE and n.value.amount for n in nodes)
    compared = (n.right for n in nodes if isinstance(n, k.Comparison) and not (isinstance(n.left, k.Name) and n.left.name == "完成率"))
    sizes = any(isinstance(n, k.Number) and n.value.amount for n in compared)
    return _Form(points, sizes or any(isinstance(n, k.Stepped | k.Interpolation | k.Day) for n in nodes))


class _Search:
    """Looks at each rule once: of the indicators that use a method alike, only the first is tried."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self.forms: dict[int, _Form] = {}
        self.proved: dict[Hashable, bool] = {}
        self.tried: set[Hashable] = set()
        self.told: set[tuple[int, bool]] = set()

    def indicator(self, indicator: Indicator, use: MethodUse) -> Iterator[Diagnostic]:
        for part in indicator.parts or (indicator,):
            own = isinstance(part, Part) and indicator.combiner is Combiner.WEIGHTED
            for weight in [part.weight or Fraction(0)] if own else weights(indicator):
                if weight and not self._is_proved(use.rule, weight, limits(indicator, weight)):
                    yield from self._part(indicator, part, use, weight)

    def _is_proved(self, rule: k.Rule, weight: Fraction, allowed: Range) -> bool:
        """Whether the form of the rule says all; asked once for a method that gives shares of 分值."""
        if not rule.name:
            return _lies_within(rule, weight, allowed)
        if id(rule) not in self.forms:
            self.forms[id(rule)] = _form(rule)
        key = id(rule), allowed if self.forms[id(rule)].writes_points else None
        if key not in self.proved:
            self.proved[key] = _lies_within(rule, weight, allowed)
        return self.proved[key]

    def _part(self, indicator: Indicator, part: Indicator | Part, use: MethodUse, weight: Fraction) -> Iterator[Diagnostic]:
        targets: list[Target | None] = [case.target for case in part.targets]
        for target in targets or [None]:
            key = self._key(indicator, part, use, target, weight)
            if key not in self.tried:
                self.tried.add(key)
                item = Item(self.ruleset, part, indicator.actual, use.rule, use.arguments, weight, target)
                yield from self._tried(item, indicator, use)

    def _key(self, indicator: Indicator, part: Indicator | Part, use: MethodUse, target: Target | None, weight: Fraction) -> Hashable:
        """Uses of a method with one key give the same share of the weight at the same share of the target."""
        form = self.forms.get(id(use.rule))
        if form is None or indicator.actual is not None or use.arguments:
            return id(part), id(target), weight
        wanted: Hashable = type(target).__name__
        if isinstance(target, Bound):
            plain = target.value.value.amount if isinstance(target.value, k.Number) else None
            wanted = id(target) if plain is None else plain if form.writes_sizes else (plain > 0) - (plain < 0)
        sort = part.expected.kind, is_counted(part.expected.unit or PURE), is_change(part.name)
        return id(use.rule), wanted, weight if form.writes_points else None, sort

    def _tried(self, item: Item, indicator: Indicator, use: MethodUse) -> Iterator[Diagnostic]:
        """The first value that lifts the score above the weight, and the first that sinks it below 0."""
        allowed, left = limits(indicator, item.weight), {True, False} - {over for rule, over in self.told if rule == id(item.rule)}
        for trial in trials(item):
            over = trial.points > 0
            if over in left and beyond(trial.points, allowed):
                left.remove(over)
                self.told.add((id(item.rule), over))
                if item.rule.name or next(written(indicator, item.rule), None) is None:
                    yield _finding(item, trial, use)
            if not left:
                return


def _lies_within(rule: k.Rule, weight: Fraction, allowed: Range) -> bool:
    if allowed == (None, None):
        return True
    low, high = span_of(rule.score, {"分值": (weight, weight)})
    return low is not None and high is not None and not beyond(low, allowed) and not beyond(high, allowed)


def _finding(item: Item, trial: Trial, use: MethodUse) -> Diagnostic:
    over, rule = trial.points > 0, item.rule
    beyond_what = f"超过分值 {decimal_text(item.weight)}分" if over else "低于 0分"
    message = f"「{item.item.name}」{_shown(trial)}得 {decimal_text(trial.points)}分，{beyond_what}"
    line, free = ("最高得 分值", "不封顶") if over else ("最低得 0", "可得负分")
    hint = f"{f'在计分方法「{rule.name}」里' if rule.name else ''}加一行：{line}；办法允许的，在指标下写明「{free}」"
    deciding = _deciding(rule.score, trial)
    if rule.name:
        return Diagnostic("W305", message, use.span, hint, (Note("规则在这里", deciding),), Severity.WARNING)
    return Diagnostic("W305", message, deciding, hint, severity=Severity.WARNING)


def _shown(trial: Trial) -> str:
    values = "、".join(f"{name} {_text(value)}" for name, value in trial.values)
    return f"{values} 时" if values else "总是"


def _text(value: Value) -> str:
    if isinstance(value, str):
        return f"= {value}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _deciding(node: k.Expr, trial: Trial) -> Span:
    """The place of the line, or of the step, that made the points."""
    match node:
        case k.Choice() if (line := trial.supposing.taken(node)) is not None:
            return _deciding(line, trial)
        case k.Extreme():
            return _deciding(node.operands[0], trial)
        case k.Stepped():
            start = trial.supposing.amount(node.start)
            sign = 1 if trial.points > 0 else -1
            clause = next((total for total in node.totals if total.sign == sign), None)
            return clause.span if clause and (start is None or start * sign < trial.points * sign) else _deciding(node.start, trial)
    return node.span
