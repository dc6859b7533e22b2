"""W310: periods in a ruleset that never asks on which day it is evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.source import Span
from perfdsl.syntax import tree as t


def undated(block: t.Block, year: int | None) -> Iterator[Diagnostic]:
    """W310 at the first period of a ruleset without 数据 评价基准日; at its heading where another file has written the period."""
    declared = any(isinstance(child.head, t.DataHead) and child.head.name.text == t.EVALUATION_DAY for child in block.blocks)
    first = next(_periods(block), None)
    if declared or year is None or first is None:
        return
    own = first.source is block.span.source
    yield Diagnostic("W310", f"「{first.text}」随日期而变，规则集却没有声明评价基准日：一律照 {year}-12-31 计分", first if own else block.span,
                     "规则集里加一行：数据 评价基准日 日期；各单位在数据里填这一天。都照年末算的，删去别的时段",
                     () if own else (Note("时段写在这里", first),), Severity.WARNING)


def _periods(block: t.Block) -> Iterator[Span]:
    for clause in block.clauses:
        if isinstance(clause, t.LetIs | t.When) and clause.period is not None:
            yield clause.period.span
    for child in block.blocks:
        yield from _periods(child)
