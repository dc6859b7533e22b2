"""E104: a number without a unit beside a percentage can be read in two ways."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.kernel import Arithmetic, Comparison, Expr, Interpolation, Name, Number, Stepped, StepTotal
from perfdsl.model.ruleset import Bound, Indicator, Kind, Part, Ruleset
from perfdsl.model.walk import every, names
from perfdsl.quantity import decimal_text


def relative_steps(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104: a step in per cent of a target that has no unit: a point or a hundredth of it?"""
    for indicator in ruleset.indicators():
        items: tuple[Indicator | Part, ...] = indicator.parts or (indicator,)
        bare = [i for i in items if i.targets and i.expected.kind is Kind.QUANTITY and not (i.expected.unit and i.expected.unit.symbol)
                and not _is_quotient(i)]
        if not bare or indicator.method is None:
            continue
        for node in every(indicator.method.rule.score):
            for total in node.totals if isinstance(node, Stepped) else ():
                if isinstance(total, StepTotal) and total.steps.size.unit.kind == "ratio" and "目标值" in names(total.steps.amount):
                    yield Diagnostic("E104", f"「{total.span.text}」：目标「{bare[0].targets[0].target.text}」没有单位，看不出一步是百分点还是目标的百分之几",
                                     bare[0].span, "给目标写上单位（20家、90%）；或把一步写成数：每低于 0.2 扣 1分")


def _is_quotient(item: Indicator | Part) -> bool:
    """Whether the target is one number divided by another, which is a rate."""
    target = item.targets[0].target
    return isinstance(target, Bound) and isinstance(target.value, Arithmetic) and target.value.op == "÷"


def percentages(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E104: a percentage compared with a bare number: 95 is 95%, or ninety-five times?"""
    rates = {d.name for d in ruleset.data if d.expected.unit and d.expected.unit.kind == "ratio"} | {"完成率"}
    for indicator in ruleset.indicators():
        use = indicator.method
        if use is None or use.rule.name:
            continue
        own = {"实际值"} if indicator.expected.unit and indicator.expected.unit.kind == "ratio" else set()
        for subject, number in _numbers(use.rule.score):
            if isinstance(subject, Name) and subject.name in rates | own:
                shown = decimal_text(number.value.amount)
                yield Diagnostic("E104", f"「{subject.name}」是百分比，「{number.span.text}」没有百分号", number.span, f"写成 {shown}%")


def _numbers(score: Expr) -> Iterator[tuple[Expr, Number]]:
    """What is compared, or interpolated, with a number that has no unit and is not 0."""
    for node in every(score):
        pairs: list[tuple[Expr, Expr]] = []
        if isinstance(node, Comparison):
            pairs = [(node.left, node.right)]
        elif isinstance(node, Interpolation):
            pairs = [(node.at, where) for where, _ in node.anchors]
        yield from ((a, b) for a, b in pairs if isinstance(b, Number) and not b.value.unit.symbol and b.value.amount)
