"""E228: two caps on the total, or on the grade, that hold together for one value of what they look at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from perfdsl.checks.lines import Bands, Row, bands, name
from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.model import kernel as k
from perfdsl.model.effects import GradeLimit, TotalLimit
from perfdsl.model.ruleset import Ruleset
from perfdsl.regions import Region


def caps(ruleset: Ruleset) -> Iterator[Diagnostic]:
    """E228 for every pair of caps on one subject whose regions meet: 70–80% ≤ 89, 60–70% ≤ 79 both hold at 70%."""
    totals = [k.Case(x.condition, x.points, x.span) for x in ruleset.effects if isinstance(x, TotalLimit) and x.condition and not x.lowest]
    grades = [k.Case(x.condition, k.Word(x.grade, x.span), x.span) for x in ruleset.effects if isinstance(x, GradeLimit)]
    for cases in (totals, grades):
        if len(cases) > 1:
            for line in bands(k.Choice(tuple(cases), None, cases[0].span)):
                yield from _meeting(line)


def _meeting(line: Bands) -> Iterator[Diagnostic]:
    for first, second in combinations(line.rows, 2):
        shared = first.pieces & second.pieces & line.every
        if first.case.value != second.case.value:
            yield from (_both(region, first, second, line) for region, _ in line.regions(shared))


def _both(region: Region, first: Row, second: Row, line: Bands) -> Diagnostic:
    is_point = region.low is not None and region.low == region.high
    where = f"恰为 {line.text(region.low)}" if is_point and region.low is not None else f"在 {region.text(line.text)}"
    notes = tuple(Note(row.case.span.text, row.case.span) for row in (first, second))
    hint = ("让边界只算在一条里：一条写 ≥，另一条写 <" if is_point else
            "一条已经包括了另一条：给范围大的一条补上另一头，如「50%（含）至 60%（不含）」写成 50% ≤ … < 60%")
    return Diagnostic("E228", f"{name(line.subject)}{where} 时两条都成立，上限不同，这段文字有两种读法", second.case.span, hint, notes)
