"""Targets of indicators and parts, and what their cells must hold."""

from __future__ import annotations

from datetime import date

from perfdsl.dates import chinese_date
from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.blocks import all_of
from perfdsl.model.expressions import ACTUAL_NAMES, Expressions, Scope
from perfdsl.model.periods import settled
from perfdsl.model.readings import directions, unsaid
from perfdsl.model.references import split
from perfdsl.model.ruleset import (
    PRIOR,
    Bound,
    Datum,
    Deadline,
    Expected,
    Kind,
    Outcome,
    Target,
    TargetCase,
)
from perfdsl.record import changed, record
from perfdsl.syntax import tree as t
from perfdsl.units import PURE, SCORE, unit_of_result


@record
class Context:
    """What indicators are resolved against."""

    scope: Scope
    methods: dict[str, k.Rule]
    data: dict[str, Datum]
    lets: dict[str, k.Expr]
    library_missing: bool


TARGET_CLAUSES = (t.TargetBound, t.TargetDate, t.TargetWords)


class Targets:
    """Reads targets.  These, derived actual values and arguments rest on data alone: `data_only`."""

    def __init__(self, context: Context, found: list[Diagnostic]) -> None:
        self.context = context
        self.found = found
        self.data_only = Expressions(context.scope.without_item(), found)

    def read(self, block: t.Block) -> tuple[TargetCase, ...]:
        said = [c for c in all_of(block, t.When) if isinstance(c.result, TARGET_CLAUSES)]
        plain = [c for c in block.clauses if isinstance(c, TARGET_CLAUSES)]
        last = self._last_period(block, said, bool(plain))
        cases = [TargetCase(None if c is last else self.data_only.condition(c.condition), self._target(c.result))
                 for c in sorted(said, key=lambda c: c is last) if isinstance(c.result, TARGET_CLAUSES)]
        for extra in plain[1:]:
            self.found.append(Diagnostic("E108", "写了两个目标", extra.span, "一个指标有几个目标时，用「分项」分开写"))
        return (*cases, *(TargetCase(None, self._target(c)) for c in plain[:1]))

    def _last_period(self, block: t.Block, said: list[t.When], plain: bool) -> t.When | None:
        """The target that needs no condition, because the periods of the others leave it all the days that are its own."""
        timed = [c for c in said if c.alone]
        mixed = plain or len(timed) < len(said)
        return settled(f"「{block.head.name.text}」的目标", timed, mixed, self.context.scope.year, self.found)

    def _target(self, target: t.Target) -> Target:
        match target:
            case t.TargetBound():
                return self._bound(target)
            case t.TargetDate():
                made = self.data_only.expr(target.day)
                day = made.value if isinstance(made, k.Day) else date.max
                return Deadline(day, f"{chinese_date(day)}前", target.span)
            case t.TargetWords():
                return Outcome(target.words.text, target.words.text, target.span)

    def _bound(self, target: t.TargetBound) -> Target:
        value = self.data_only.expr(target.value)
        if not target.op:
            self.found.append(_no_direction(target))
        unit = self._expected_of(value).unit
        shown = f"{target.op or '≥'} {target.value.span.text}"
        return Bound(k.Comparator(target.op or "≥"), value, unit, shown, target.span)

    def _expected_of(self, value: k.Expr) -> Expected:
        """What a cell must hold that is compared with *value*."""
        match value:
            case k.Number():
                return Expected(Kind.QUANTITY, value.value.unit)
            case k.Day():
                return Expected(Kind.DATE)
            case k.Name():
                return self._expected_name(value.name)
            case k.Arithmetic():
                return Expected(Kind.QUANTITY, unit_of_result(value.op, *(self._expected_of(x).unit for x in (value.left, value.right))))
            case k.Choice(cases=(first, *_)):
                return self._expected_of(first.value)
            case k.Extreme():
                units = [self._expected_of(x).unit for x in value.operands]
                return Expected(Kind.QUANTITY, next((u for u in units if u and u.symbol), PURE))
            case k.Rounded():
                return self._expected_of(value.value)
        return Expected(Kind.QUANTITY, PURE)

    def _expected_name(self, name: str) -> Expected:
        path, field = split(name)
        if field:
            return self._expected_item(path, field)
        datum = self.context.data.get(name.removesuffix(PRIOR))
        if datum is not None:
            return datum.expected
        return self._expected_of(self.context.lets[name]) if name in self.context.lets else Expected(Kind.QUANTITY, PURE)

    def _expected_item(self, path: str, field: str) -> Expected:
        """What another item's value is; its target tells, as far as it rests on no third item."""
        if field in ("得分", "分值"):
            return Expected(Kind.QUANTITY, SCORE)
        block = self.context.scope.items.block_of(path) if self.context.scope.items else None
        if field not in ("实际值", "目标值") or block is None:
            return Expected(Kind.QUANTITY, PURE)
        plain = changed(self.context, scope=changed(self.context.scope, items=None))
        alone = Targets(plain, [])
        return alone.expected(alone.read(block), block)

    def expected(self, targets: tuple[TargetCase, ...], block: t.Block) -> Expected:
        match targets[0].target if targets else None:
            case Bound(value=value):
                return self._expected_of(value)
            case Deadline():
                return Expected(Kind.DATE)
            case Outcome():
                return Expected(Kind.TEXT)
        return self._expected_by_rows(block)

    def _expected_by_rows(self, block: t.Block) -> Expected:
        """Without a target, the rows or the steps tell what is written as actual value."""
        tiers = tuple(c.verdict.text for c in all_of(block, t.Tier))
        if tiers:
            return Expected(Kind.CHOICE, None, tiers)
        literals = [c.value for c in all_of(block, t.RowCompared)] + [c.low.value for c in all_of(block, t.RowBetween)]
        literals += [c.value for c in all_of(block, t.RowExact)]
        literals += [side for c in all_of(block, t.When) for side in _beside_actual(c.condition)]
        literals += [c.size for c in all_of(block, t.Step) if c.kind == "STEP_CASE"]
        units = [x.value.unit for x in literals if isinstance(x, t.Literal)]
        if units:
            return Expected(Kind.QUANTITY, next((u for u in units if u.symbol), units[0]))
        return Expected(Kind.TEXT) if all_of(block, t.Judge) else Expected(Kind.QUANTITY, None)


def _beside_actual(condition: t.Condition) -> list[t.Expr]:
    """What a condition compares 实际值 with."""
    if isinstance(condition, t.Junction):
        return [side for part in condition.parts for side in _beside_actual(part)]
    actual = any(isinstance(side, t.Word) and side.text in ACTUAL_NAMES for side in condition.sides)
    return list(condition.sides) if actual else []


def _no_direction(target: t.TargetBound) -> Diagnostic:
    text = target.value.span.text
    return unsaid("E207", f"目标「{text}」没有写方向：是不低于、不高于，还是等于？", target.span, directions(text), "写成：")
