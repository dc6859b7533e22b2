"""What is declared and never used."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.ruleset import PRIOR, Bound, Indicator, Ruleset
from perfdsl.model.walk import names, rule_parts


def unused(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """W301: a datum or a 令 that no rule reads."""
    used = _used(ruleset)
    for datum in ruleset.data:
        if datum.name not in used:
            yield Diagnostic("W301", f"数据「{datum.name}」没有一条规则用到", datum.span, "删去这一行，或在规则里用上它",
                             severity=Severity.WARNING)
    for let in ruleset.lets:
        if let.name not in used:
            yield Diagnostic("W301", f"「令 {let.name}」没有一条规则用到", let.span, "删去这一行，或在规则里用上它",
                             severity=Severity.WARNING)


def _used(ruleset: Ruleset) -> set[str]:
    found = {name for let in ruleset.lets for name in names(let.value)}
    for rule in {id(use.rule): use.rule for i in ruleset.indicators() if (use := i.method)}.values():
        parts = [*rule_parts(rule), *(p.default for p in rule.parameters if p.default)]
        found |= {name for part in parts for name in names(part)}
    for indicator in ruleset.indicators():
        found |= _of_indicator(indicator)
    return found | {name.removesuffix(PRIOR) for name in found}


def _of_indicator(indicator: Indicator) -> set[str]:
    found = names(indicator.actual) if indicator.actual else set()
    if indicator.method:
        found |= {name for _, value in indicator.method.arguments for name in names(value)}
    for case in (*indicator.targets, *(c for part in indicator.parts for c in part.targets)):
        found |= names(case.condition) if case.condition else set()
        found |= names(case.target.value) if isinstance(case.target, Bound) else set()
    return found
