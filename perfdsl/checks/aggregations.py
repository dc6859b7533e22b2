"""汇总: what weighs is there and is a number; scores are averaged for whole indicators only."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.effects import Aggregation
from perfdsl.model.expressions import unknown_text
from perfdsl.model.ruleset import Kind, Ruleset


def weighed(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E101 for a weight that is no datum, E105 for one that is no number and for 得分 of what has no score."""
    data = {datum.name: datum for datum in ruleset.data}
    for use, is_indicator in _said(ruleset):
        if use.scores and not is_indicator:
            yield Diagnostic("E105", f"「{use.span.text}」只能写在指标下：数据和分项没有自己的得分", use.span, "写成：汇总 累加，或：汇总 按 … 加权")
        if use.by is None:
            continue
        if use.by not in data:
            yield unknown_text("数据", use.by, use.span, data)
        elif data[use.by].expected.kind is not Kind.QUANTITY:
            yield Diagnostic("E105", f"「{use.by}」不是数，不能用来加权", use.span, "换成一个数，如项目资金")


def _said(ruleset: Ruleset) -> Iterator[tuple[Aggregation, bool]]:
    for datum in ruleset.data:
        if datum.aggregation is not None:
            yield datum.aggregation, False
    for indicator in ruleset.indicators():
        if indicator.aggregation is not None:
            yield indicator.aggregation, True
        yield from ((part.aggregation, False) for part in indicator.parts if part.aggregation is not None)
