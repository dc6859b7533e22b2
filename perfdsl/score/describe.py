"""How an indicator is scored, before there is any data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdsl.model.kernel import Choice, Expr, Rule
from perfdsl.model.needs import mentions
from perfdsl.model.references import EVALUATION_DAY
from perfdsl.model.ruleset import Indicator, Kind, Part, Ruleset
from perfdsl.model.timed import by_period, targets_text
from perfdsl.model.walk import every, rule_parts
from perfdsl.quantity import decimal_text

_BESIDE = re.compile(r"依据|说明|basis|note|(?:(?:自|至)[^，,]*[，,]\s*)?(?:目标|target)[^，,]*$")
"""Lines that say something else than how the score comes about."""


def describe(ruleset: Ruleset, indicator: Indicator) -> list[str]:
    """Lines: place in the form, weight, target, what to fill in, the rule as written, its basis."""
    return [line for line in _lines(ruleset, indicator) if line]


def _lines(ruleset: Ruleset, indicator: Indicator) -> Iterator[str]:
    weight = "" if indicator.outside else f"（{decimal_text(indicator.weight)}分）"
    yield f"{' / '.join(indicator.levels)}{weight}　{indicator.span}"
    yield from (f"分值：{case.span.text}" for case in indicator.weights)
    yield f"目标：{targets_text(indicator.targets)}" if indicator.targets else ""
    for part in indicator.parts:
        yield f"分项 {part.name}：目标：{targets_text(part.targets)}　{_filled_in(part)}"
    if indicator.combiner:
        yield f"合成：{indicator.combiner.value}"
    if not indicator.parts:
        yield _filled_in(indicator)
    yield from _rule(indicator)
    yield from _lets(ruleset, indicator)
    yield from (f"否决：{veto.span.text}" for veto in indicator.vetoes)
    yield from (f"预警：{alert.span.text}" for alert in indicator.alerts)
    yield indicator.aggregation.span.text if indicator.aggregation else ""
    yield _not_applicable(ruleset, indicator)
    yield from (f"依据：{text}" for text in indicator.basis)
    yield from (f"说明：{text}" for text in indicator.notes)


def _not_applicable(ruleset: Ruleset, indicator: Indicator) -> str:
    policy = indicator.not_applicable or ruleset.not_applicable
    if policy is None or indicator.outside is not None:
        return ""
    points = f"得 {decimal_text(indicator.default)}分" if indicator.default is not None else policy.value
    return f"不适用时：{points}"


def _filled_in(item: Indicator | Part) -> str:
    """What the officer writes as actual value."""
    method = item.method.rule if isinstance(item, Indicator) and item.method else None
    if isinstance(item, Indicator) and (item.actual or (method and method.actual)):
        derived = item.actual or (method.actual if method else None)
        return f"实际值：由数据算出，{derived.span.text}" if derived else ""
    match item.expected.kind:
        case Kind.QUANTITY:
            unit = item.expected.unit.symbol if item.expected.unit and item.expected.unit.symbol else "（没有单位的数）"
            return f"实际值：填数，单位 {unit}"
        case Kind.DATE:
            return "实际值：填日期，如 2023-12-20"
        case Kind.CHOICE:
            return f"实际值：填 {'、'.join(item.expected.options)} 之一"
    return "实际值：填文字"


def _rule(indicator: Indicator) -> Iterator[str]:
    if indicator.method is None:
        yield "计分：各分项按完成率计，完成即满分"
        return
    rule = indicator.method.rule
    yield f"计分：{rule.name or '本指标自己的规则'}　{rule.span}"
    yield from (f"  令 {let.name} = {let.value.span.text}" for let in rule.lets)
    yield from (f"  {line}" for line in _clauses(rule))
    yield from (f"  依据：{text}" for text in rule.basis)


def _lets(ruleset: Ruleset, indicator: Indicator) -> Iterator[str]:
    """The 令 of the ruleset that the rule rests on, with their values."""
    asked = mentions(ruleset)[indicator.path]
    for let in ruleset.lets:
        if let.name in asked and let.name != EVALUATION_DAY:
            yield f"  令 {let.name} = {_value(let.value)}"


def _value(value: Expr) -> str:
    if not isinstance(value, Choice):
        return value.span.text
    last = [(None, value.otherwise.span.text)] if value.otherwise else []
    return by_period([*((case.condition, case.value.span.text) for case in value.cases), *last])


def _clauses(rule: Rule) -> Iterator[str]:
    """The lines below the heading of the rule, as far as its clauses go."""
    spans = [node.span for part in rule_parts(rule) for node in every(part)]
    spans += [case.span for part in rule_parts(rule) for node in every(part) if isinstance(node, Choice) for case in node.cases]
    last = max((span.source.position(span.end)[0] for span in spans if span.source is rule.span.source), default=rule.span.line)
    for line in rule.span.source.text.split("\n")[rule.span.line : last]:
        if line.strip() and not _BESIDE.match(line.strip()):
            yield line.strip()
