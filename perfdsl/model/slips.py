"""W311: a 修改 that gives a target another kind of unit, most often by a slip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdsl.diagnostics import Diagnostic, Note, Severity
from perfdsl.syntax import tree as t


def other_unit(name: str, old: Sequence[t.Clause], new: Sequence[t.Clause]) -> Iterator[Diagnostic]:
    """W311 at the first new target in a unit of a kind that none of the old targets has."""
    before, now = list(_numbers(old)), list(_numbers(new))
    kinds = {number.value.unit.kind for number, _ in before}
    other = next(((number, bound) for number, bound in now if number.value.unit.kind not in kinds), None)
    if before and other is not None:
        number, was = other[0], before[0][1]
        yield Diagnostic("W311", f"「{name}」的目标换了一种单位：原来是 {_shown(was)}，现在是 {_shown(other[1])}", number.span,
                         "核对单位；确实要换的，先「删除」这个指标，再「新增」", (Note("原来的目标在这里", was.span),), Severity.WARNING)


def _numbers(clauses: Sequence[t.Clause]) -> Iterator[tuple[t.Literal, t.TargetBound]]:
    """The plain numbers among the targets; 0 may be written without a unit."""
    for clause in clauses:
        said = clause.result if isinstance(clause, t.When) else clause
        if isinstance(said, t.TargetBound) and isinstance(said.value, t.Literal) and said.value.value.amount:
            yield said.value, said


def _shown(bound: t.TargetBound) -> str:
    return f"{bound.op} {bound.value.span.text}".strip()
