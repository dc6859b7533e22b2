"""What is declared and never used."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.ruleset import PRIOR, Bound, Datum, Indicator, Kind, Ruleset
from perfdsl.model.walk import names, of_indicator, of_whole, rule_parts

_PRINTED = ("预期目标", "实际完成情况")
"""Texts that the printed form has a place for; no rule need read them."""


def unused(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """W301: a datum or a 令 that no rule reads; not a text of 年度总体目标."""
    used = _used(ruleset)
    for datum in ruleset.data:
        if datum.name not in used and not _is_printed(datum):
            yield Diagnostic("W301", f"数据「{datum.name}」没有一条规则用到", datum.span, "删去这一行，或在规则里用上它",
                             severity=Severity.WARNING)
    for let in ruleset.lets:
        if let.name not in used:
            yield Diagnostic("W301", f"「令 {let.name}」没有一条规则用到", let.span, "删去这一行，或在规则里用上它",
                             severity=Severity.WARNING)


def _is_printed(datum: Datum) -> bool:
    return datum.name in _PRINTED and datum.expected.kind is Kind.TEXT


def _used(ruleset: Ruleset) -> set[str]:
    found = {name for let in ruleset.lets for name in names(let.value)}
    used = [use.rule for i in ruleset.indicators() if (use := i.method)] + [one.rule for one in ruleset.applications]
    for rule in {id(rule): rule for rule in used}.values():
        found |= {name for part in rule_parts(rule) for name in names(part)}
    for indicator in ruleset.indicators():
        found |= _of_indicator(indicator)
    found |= {name for part in of_whole(ruleset) for name in names(part)} | _weighing(ruleset)
    return found | {name.removesuffix(PRIOR) for name in found}


def _of_indicator(indicator: Indicator) -> set[str]:
    found = {name for part in of_indicator(indicator) for name in names(part)}
    if indicator.method:
        given = dict(indicator.method.arguments)
        values = [given.get(p.name, p.default) for p in indicator.method.rule.parameters]
        found |= {name for value in values if value is not None for name in names(value)}
    for case in (*indicator.targets, *(c for part in indicator.parts for c in part.targets)):
        found |= names(case.target.value) if isinstance(case.target, Bound) else set()
    return found


def _weighing(ruleset: Ruleset) -> set[str]:
    """The data by which a 汇总 weighs."""
    said = [d.aggregation for d in ruleset.data]
    for indicator in ruleset.indicators():
        said += [indicator.aggregation, *(part.aggregation for part in indicator.parts)]
    return {use.by for use in said if use is not None and use.by is not None}
