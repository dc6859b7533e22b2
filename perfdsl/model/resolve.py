"""From written blocks to a ruleset: policies, data, methods, indicators, tests."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, TypeVar

from perfdsl.diagnostics import Diagnostic
from perfdsl.model import kernel as k
from perfdsl.model.blocks import all_of, basis, headed, notes, only, said_twice
from perfdsl.model.conditions import aggregation, alerts, applications, total_effects
from perfdsl.model.desugar import declared_once, desugar
from perfdsl.model.expressions import FIXED, Expressions, Scope, twice
from perfdsl.model.indicators import Indicators, points_of, policy_of
from perfdsl.model.items import Items
from perfdsl.model.kernel import ITEM_NAMES
from perfdsl.model.periods import dated, declarations, values
from perfdsl.model.ruleset import (
    Accepted,
    Datum,
    Expected,
    Grade,
    Group,
    Indicator,
    Kind,
    ReasonDue,
    Ruleset,
)
from perfdsl.model.targets import Context
from perfdsl.model.testblocks import resolve_tests
from perfdsl.model.undated import undated
from perfdsl.model.walk import names
from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.record import changed
from perfdsl.source import Span
from perfdsl.syntax import tree as t
from perfdsl.units import unit_of

C = TypeVar("C")
_TYPES = {"DATE_TYPE": Kind.DATE, "TEXT_TYPE": Kind.TEXT}


def resolve(block: t.Block, quoted: Sequence[k.Rule], found: list[Diagnostic]) -> Ruleset:
    """The ruleset that *block* writes; *quoted* are the methods of the rulesets it 引用s."""
    year = only(block, t.Year, found)
    data = resolve_data(block, found)
    scope = scope_of(block, data, year.year if year else None)
    methods = {m.name: m for m in quoted}
    for own in resolve_methods(block, scope, found):
        if own.name in methods:
            found.append(twice("计分方法", own.name, methods[own.name].span, own.span))
        methods[own.name] = own
    lets = _lets(block, scope, found)
    units = {let.name: let.value for let in lets if not names(let.value) & {x.name for x in lets}}
    context = Context(scope, methods, data, units, any(d.code in ("E106", "E107") for d in found))
    indicators = Indicators(context, found)
    made = _assembled(block, year, found, data, lets, indicators.children(block.blocks), tuple(methods.values()), scope)
    made = changed(made, outside=indicators.outside(block.blocks), **_whole(block, scope, made.grades, found))
    found += undated(block, made.year)
    return resolve_tests(block, dated(made, data, found), scope, found)


def _assembled(block: t.Block, year: t.Year | None, found: list[Diagnostic], data: dict[str, Datum],
               lets: tuple[k.Let, ...], groups: tuple[Group | Indicator, ...], methods: tuple[k.Rule, ...], scope: Scope) -> Ruleset:
    total = only(block, t.DeclaredTotal, found)
    version = only(block, t.Version, found)
    grade_basis = only(block, t.GradeBasis, found)
    policy = only(block, t.NotApplicablePolicy, found)
    accepted = only(block, t.Accept, found)
    if policy and policy.points:
        found.append(Diagnostic("E105", "规则集的「不适用」不能写一个固定的分：各指标分值不同", policy.span, "写在各指标下：不适用 得 8分"))
    return Ruleset(
        block.head.name.text, year.year if year else None, version.text if version else "", basis(block), notes(block),
        points_of(total.value, found) if total else None,
        _rounding(block, True, found), _rounding(block, False, found),
        grade_basis.unrounded if grade_basis else None, _grades(block, scope, found),
        policy_of(policy), _reasons_due(block),
        Accepted(points_of(accepted.value, found), accepted.span) if accepted else None,
        tuple(data.values()), lets, groups, methods, (), block.head.span,
        total.span if total else None,
    )


def _whole(block: t.Block, scope: Scope, grades: Sequence[Grade], found: list[Diagnostic]) -> dict[str, Any]:
    """What the ruleset says of its total and its results, by the fields of `Ruleset`."""
    limits = {c.adds: c for c in all_of(block, t.OutsideLimit)}
    for extra in all_of(block, t.OutsideLimit):
        if limits[extra.adds] is not extra:
            found.append(said_twice(extra, limits[extra.adds]))
    ends = [c for c in block.clauses if isinstance(c, t.TotalUncapped) or (isinstance(c, t.TotalLimit) and not c.lowest)]
    found += [said_twice(ends[0], extra) for extra in ends[1:]]
    bonus, penalty = (limits.get(adds) for adds in (True, False))
    of_total = Expressions(scope.of_total(), found)
    return {
        "bonus_limit": _plain_points(bonus.points, found) if bonus else None,
        "penalty_limit": _plain_points(penalty.points, found) if penalty else None,
        "effects": total_effects(block, scope, grades, found),
        "uncapped": bool(all_of(block, t.TotalUncapped)),
        "alerts": alerts(block, of_total),
        "applications": applications(block.blocks, scope, found),
        "refers": scope.items is not None and scope.items.asked,
    }


def _plain_points(written: t.Expr, found: list[Diagnostic]) -> Fraction:
    if isinstance(written, t.Literal):
        return points_of(written, found)
    found.append(Diagnostic("E105", f"「{written.span.text}」不是一个分数", written.span, "写成一个数，如 10分"))
    return Fraction(0)


# ---- policies


def _rounding(block: t.Block, items: bool, found: list[Diagnostic]) -> Rounding | None:
    said = [c for c in all_of(block, t.RoundingOf) if c.items == items]
    for extra in said[1:]:
        found.append(said_twice(said[0], extra))
    return Rounding(said[0].places, RoundingMode[said[0].mode]) if said else None


def _grades(block: t.Block, scope: Scope, found: list[Diagnostic]) -> tuple[Grade, ...]:
    to = Expressions(scope.of_total(), found)
    seen: dict[str, Span] = {}
    made = []
    for line in all_of(block, t.GradeLine):
        if line.name.text in seen:
            found.append(twice("等级", line.name.text, seen[line.name.text], line.span))
        seen[line.name.text] = line.span
        further = to.condition(line.condition) if line.condition else None
        made.append(Grade(line.name.text, k.Comparator(line.op), points_of(line.bound, found), line.span, line.joined, further))
    return tuple(made)


def _reasons_due(block: t.Block) -> tuple[ReasonDue, ...]:
    return tuple(
        ReasonDue(c.threshold.value.amount if c.threshold else None, c.inclusive, c.span)
        for c in all_of(block, t.ReasonDueWhen)
    )


# ---- names


def resolve_data(block: t.Block, found: list[Diagnostic]) -> dict[str, Datum]:
    data: dict[str, Datum] = {}
    for child in headed(block.blocks, t.DataHead):
        head = child.head
        assert isinstance(head, t.DataHead)
        name = head.name.text
        if name in data:
            found.append(twice("数据", name, data[name].span, head.span))
        if name in FIXED:
            found.append(Diagnostic("E103", f"「{name}」是计分规则里的固定用词，不能作数据的名称", head.span, "换一个名称"))
        for at, option in enumerate(head.options):
            if first := next((o for o in head.options[:at] if o.text == option.text), None):
                found.append(twice("选项", option.text, first.span, option.span))
        data[name] = Datum(name, _expected(head), basis(child), head.span, aggregation(child, found))
    return data


def _expected(head: t.DataHead) -> Expected:
    if head.options:
        return Expected(Kind.CHOICE, None, tuple(o.text for o in head.options))
    if head.kind in _TYPES:
        return Expected(_TYPES[head.kind])
    return Expected(Kind.QUANTITY, unit_of(head.kind) if head.kind else None)


def scope_of(block: t.Block, data: dict[str, Datum], year: int | None) -> Scope:
    names: dict[str, Span | None] = dict.fromkeys(ITEM_NAMES)
    names.update({d.name: d.span for d in data.values()})
    names.setdefault(t.EVALUATION_DAY, None)
    names.update({c.name.text: c.span for c in all_of(block, t.LetIs) if c.name.text not in names})
    options = {d.name: d.expected.options for d in data.values() if d.expected.options}
    return Scope(names, year, frozenset(data), options, Items(block))


def _lets(block: t.Block, scope: Scope, found: list[Diagnostic]) -> tuple[k.Let, ...]:
    to = Expressions(scope.without_item(), found)
    written = all_of(block, t.LetIs)
    own = {c.span for c in written}
    declared_once(declarations(written), {name: span for name, span in scope.names.items() if span not in own}, found)
    return values(written, to)


# ---- methods


def resolve_methods(block: t.Block, scope: Scope, found: list[Diagnostic]) -> list[k.Rule]:
    """The methods a ruleset declares itself."""
    made: dict[str, k.Rule] = {}
    for child in headed(block.blocks, t.MethodHead):
        head = child.head
        assert isinstance(head, t.MethodHead)
        if head.name.text in made:
            found.append(twice("计分方法", head.name.text, made[head.name.text].span, head.span))
        made[head.name.text] = _method(child, head, scope, found)
    return list(made.values())


def _method(block: t.Block, head: t.MethodHead, scope: Scope, found: list[Diagnostic]) -> k.Rule:
    """Names in a parameter's default are those of the ruleset that uses the method; `late` finds them there."""
    late = Expressions(scope.plus(_mentioned(head)), found)
    parameters = [k.Parameter(p.name.text, late.expr(p.default) if p.default else None, p.span) for p in head.parameters]
    inner = scope.plus((p.name.text, p.span) for p in head.parameters)
    clauses = [c for c in block.clauses if not isinstance(c, t.Basis | t.Note)]
    if not clauses:
        found.append(Diagnostic("E209", f"计分方法「{head.name.text}」没有规则", head.span, "在下面写：当 … 得 …，否则 得 …"))
    return desugar(head.name.text, parameters, clauses, inner, head.span, basis(block), found)


def _mentioned(head: t.MethodHead) -> list[tuple[str, Span | None]]:
    return [(p.default.text, None) for p in head.parameters if isinstance(p.default, t.Word)]


