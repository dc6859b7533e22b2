"""汇总: what weighs is there and is a number; scores are averaged for whole indicators only."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Severity
from perfdsl.model.effects import Aggregation
from perfdsl.model.expressions import unknown_text
from perfdsl.model.ruleset import Expected, Kind, Ruleset


def weighed(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E101 for a weight that is no datum, E105 for one that is no number and for 得分 of what has no score, W307 for added rates."""
    data = {datum.name: datum for datum in ruleset.data}
    for use, is_indicator, expected in _said(ruleset):
        is_rate = expected.unit is not None and expected.unit.kind == "ratio"
        if use.scores and not is_indicator:
            yield Diagnostic("E105", f"「{use.span.text}」只能写在三级指标下：数据、分项和加减分项不能按得分汇总", use.span,
                             "写成：汇总 累加，或：汇总 按 … 加权")
        if use.by is None:
            if not use.mean and is_rate:
                yield Diagnostic("W307", f"「{use.span.text}」：百分比加起来没有意义", use.span, "写成：汇总 按 项目资金 加权，或：汇总 平均",
                                 severity=Severity.WARNING)
            continue
        if use.by not in data:
            yield unknown_text("数据", use.by, use.span, data)
        elif data[use.by].expected.kind is not Kind.QUANTITY:
            yield Diagnostic("E105", f"「{use.by}」不是数，不能用来加权", use.span, "换成一个数，如项目资金")


def _said(ruleset: Ruleset) -> Iterator[tuple[Aggregation, bool, Expected]]:
    for datum in ruleset.data:
        if datum.aggregation is not None:
            yield datum.aggregation, False, datum.expected
    for indicator in ruleset.indicators():
        if indicator.aggregation is not None:
            yield indicator.aggregation, indicator.outside is None, indicator.expected
        yield from ((part.aggregation, False, part.expected) for part in indicator.parts if part.aggregation is not None)
