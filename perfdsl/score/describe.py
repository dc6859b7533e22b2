"""How an indicator is scored, before there is any data."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.model.ruleset import Indicator, Kind, NotApplicable, Part, Ruleset, TargetCase
from perfdsl.quantity import decimal_text


def describe(ruleset: Ruleset, indicator: Indicator) -> list[str]:
    """Lines: place in the form, weight, target, what to fill in, the rule as written, its basis."""
    return [line for line in _lines(ruleset, indicator) if line]


def _lines(ruleset: Ruleset, indicator: Indicator) -> Iterator[str]:
    yield f"{' / '.join(indicator.levels)}（{decimal_text(indicator.weight)}分）　{indicator.span}"
    yield from _targets(indicator.targets)
    for part in indicator.parts:
        yield f"分项 {part.name}：{'；'.join(_targets(part.targets))}　{_filled_in(part)}"
    if indicator.combiner:
        yield f"合成：{indicator.combiner.value}"
    if not indicator.parts:
        yield _filled_in(indicator)
    yield from _rule(indicator)
    policy = indicator.not_applicable or ruleset.not_applicable
    yield f"不适用时：{policy.value}" if isinstance(policy, NotApplicable) else ""
    yield from (f"依据：{text}" for text in indicator.basis)
    yield from (f"说明：{text}" for text in indicator.notes)


def _targets(cases: tuple[TargetCase, ...]) -> Iterator[str]:
    for case in cases:
        condition = f"当 {case.condition.span.text}：" if case.condition else ""
        yield f"目标：{condition}{case.target.text}"


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
    yield from (f"  {line}" for line in _clauses(rule.span.source.text, rule.span.line))
    yield from (f"  依据：{text}" for text in rule.basis)


def _clauses(text: str, heading: int) -> Iterator[str]:
    """The lines below the heading of the rule, to the next blank line."""
    for line in text.split("\n")[heading:]:
        if not line.strip():
            return
        if not line.strip().startswith(("依据", "说明", "basis", "note")):
            yield line.strip()
