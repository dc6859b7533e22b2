"""汇总: the facts of several units put together into those of one."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfdsl.data.facts import Absent, Fact, Facts, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.effects import Aggregation
from perfdsl.model.readings import AGGREGATIONS, Reading, unsaid
from perfdsl.model.ruleset import PRIOR, Group, Indicator, Ruleset
from perfdsl.model.walk import expressions, names
from perfdsl.quantity import Quantity
from perfdsl.record import changed
from perfdsl.source import Span


def put_together(ruleset: Ruleset, members: Sequence[Facts], name: str) -> tuple[Facts, list[Diagnostic]]:
    """The facts of the unit *name* that *members* make; E460 for what does not say how, E461 for what cannot be."""
    rules = _rules(ruleset)
    found: list[Diagnostic] = []
    items: dict[str, Fact] = {}
    for path in ruleset.inputs():
        facts = [member.of(path) for member in members]
        if any(fact.value is not Absent.MISSING for fact in facts):
            items[path] = _one(path, facts, members, rules[path], found, ruleset)
    for indicator in ruleset.indicators():
        if indicator.parts and all(member.of(indicator.path).value is Absent.NOT_APPLICABLE for member in members):
            items[indicator.path] = Fact(Absent.NOT_APPLICABLE)
    for path in {path for member in members for path in member.items}:
        reasons = "；".join(f"{m.unit}：{m.of(path).reason}" for m in members if m.of(path).reason)
        if reasons:
            items[path] = changed(items.get(path, Fact(Absent.EMPTY)), reason=reasons)
    years = {member.year for member in members}
    return Facts(name, years.pop() if len(years) == 1 else None, items, None, tuple(members)), found


def _rules(ruleset: Ruleset) -> dict[str, tuple[Aggregation | None, Span]]:
    """Full name → its 汇总, and where it is declared."""
    rules: dict[str, tuple[Aggregation | None, Span]] = {}
    for datum in ruleset.data:
        rules[datum.name] = rules[datum.name + PRIOR] = datum.aggregation, datum.span
    for indicator in ruleset.indicators():
        rules[indicator.path] = indicator.aggregation, indicator.span
        rules.update({part.path: (part.aggregation, part.span) for part in indicator.parts})
    return rules


def _one(path: str, facts: Sequence[Fact], members: Sequence[Facts], rule: tuple[Aggregation | None, Span],
         found: list[Diagnostic], ruleset: Ruleset) -> Fact:
    use, span = rule
    values = [fact.value for fact in facts]
    if use is not None and use.scores:
        return Fact(Absent.EMPTY)
    if all(value == values[0] for value in values) and (use is None or not isinstance(values[0], Quantity)):
        return Fact(values[0], facts[0].text)
    counted = [(m, v) for m, v in zip(members, values, strict=True) if v is not Absent.NOT_APPLICABLE]
    missing = [m.unit for m, v in counted if isinstance(v, Absent)]
    if missing:
        return Fact(Absent.EMPTY, f"{'、'.join(missing)}未填")
    if use is None and not _is_asked(path, ruleset):
        return Fact(Absent.EMPTY)
    if use is None or not all(isinstance(v, Quantity) for _, v in counted):
        what = f"「{path}」没有说明怎样汇总，各单位的值又不相同"
        found.append(unsaid("E460", what, span, _readings(counted), "在它下面加一行：") if use is None else _no_number(path, use))
        return Fact(Absent.UNREADABLE)
    return _put(path, counted, use, found)


def _is_asked(path: str, ruleset: Ruleset) -> bool:
    """Whether the value of the whole is read by anything; what only scores the members is theirs alone."""
    averaged = [i for i in ruleset.indicators() if i.aggregation is not None and i.aggregation.scores]
    if not averaged:
        return True
    kept = changed(ruleset, groups=_without(ruleset.groups, averaged), methods=())
    return path in {name for part in expressions(kept) for name in names(part)} or path in {i.path for i in kept.indicators()}


def _without(nodes: tuple[Group | Indicator, ...], left_out: Sequence[Indicator]) -> tuple[Group | Indicator, ...]:
    return tuple(changed(node, children=_without(node.children, left_out)) if isinstance(node, Group) else node
                 for node in nodes if node not in left_out)


def _put(path: str, counted: Sequence[tuple[Facts, Value | Absent]], use: Aggregation, found: list[Diagnostic]) -> Fact:
    """The sum, the plain mean, or the mean weighted by another datum."""
    quantities = [(member, value) for member, value in counted if isinstance(value, Quantity)]
    unit = quantities[0][1].unit
    if use.by is None:
        whole = sum((v.amount for _, v in quantities), Fraction(0))
        return Fact(Quantity(whole / len(quantities) if use.mean else whole, unit))
    by = use.by + PRIOR if path.endswith(PRIOR) else use.by
    weights = [member.of(by).value for member, _ in quantities]
    amounts = [w.amount for w in weights if isinstance(w, Quantity)]
    if len(amounts) < len(weights) or (wrong := weights_off(path, use, amounts)) is not None:
        found.append(wrong if len(amounts) == len(weights) and wrong is not None else _weights_missing(path, use))
        return Fact(Absent.UNREADABLE)
    summed = sum((v.amount * a for (_, v), a in zip(quantities, amounts, strict=True)), Fraction(0))
    return Fact(Quantity(summed / sum(amounts), unit))


def weights_off(path: str, use: Aggregation, amounts: Sequence[Fraction]) -> Diagnostic | None:
    """E461 where weights make no mean: one is negative, or all are 0."""
    if sum(amounts) > 0 and min(amounts) >= 0:
        return None
    return Diagnostic("E461", f"「{path}」要按「{use.by}」加权，而各单位的「{use.by}」有负数，或合计不大于 0", use.span, f"核对各单位的「{use.by}」")


def _weights_missing(path: str, use: Aggregation) -> Diagnostic:
    return Diagnostic("E461", f"「{path}」要按「{use.by}」加权，而各单位的「{use.by}」没有填全", use.span, f"补上各单位的「{use.by}」")


def _readings(counted: Sequence[tuple[Facts, Value | Absent]]) -> tuple[Reading, ...]:
    """The ways to put values together; of rates a mean first."""
    rates = any(isinstance(v, Quantity) and v.unit.kind == "ratio" for _, v in counted)
    return (*AGGREGATIONS[1:], AGGREGATIONS[0]) if rates else AGGREGATIONS


def _no_number(path: str, use: Aggregation) -> Diagnostic:
    return Diagnostic("E461", f"「{path}」各单位填的不都是数，不能{'累加' if use.by is None else '加权平均'}", use.span,
                      "文字各单位写得一样时照用；不一样的，先由各单位计分：汇总 得分 按 … 加权")
