"""What the tests of one ruleset show: which pass, which clauses they decide, which changes they notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record
from perfdsl.source import Span
from perfdsl.testing import TestResult
from perfdsl.testing.clauses import Clause, clauses
from perfdsl.testing.decided import undecided
from perfdsl.testing.hunt import Caught, Fate, hunt

OPEN = (Fate.SURVIVED, Fate.UNDECIDED)


@record
class Measured:
    """The tests of the ruleset in the file *path*; `caught` is None where no changes were tried."""

    path: str
    passed: int
    failed: int
    clauses: int
    untested: tuple[Clause, ...]
    caught: tuple[Caught, ...] | None
    faults: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, path: str, ruleset: Ruleset, results: Sequence[TestResult], found: Sequence[Diagnostic], mutate: bool) -> Measured:
        """Changes are tried only where every test passes."""
        failed = [result for result in results if result.failures]
        every = clauses(ruleset)
        caught = tuple(hunt(ruleset)) if mutate and not failed else None
        faults = (*found, *(fault for result in failed for fault in result.failures))
        return cls(path, len(results) - len(failed), len(failed), len(every), tuple(undecided(ruleset, results, every)), caught, faults)

    @property
    def open(self) -> list[Caught]:
        """The changes that no test notices, and those of which that cannot be told."""
        return [one for one in self.caught or () if one.fate in OPEN]

    @property
    def is_open(self) -> bool:
        return bool(self.untested or any(one.fate is Fate.SURVIVED for one in self.open))

    # ---- as text

    def lines(self) -> Iterator[str]:
        if self.clauses or self.passed or self.failed or not self.faults:
            yield f"{self.path}：{self.passed} 个测试通过，{self.failed} 个不通过"
            yield from self._of_clauses()
        if self.caught is not None:
            yield from self._of_changes(self.caught)

    def _of_clauses(self) -> Iterator[str]:
        yield f"{self.clauses} 条规则中有 {len(self.untested)} 条没有测试"
        yield from (f"  {_place(one.place)}  {one.words}" for one in self.untested)

    def _of_changes(self, caught: Sequence[Caught]) -> Iterator[str]:
        count = Counter(one.fate for one in caught)
        last = "".join(f"，{fate.value} {count[fate]} 个" for fate in (Fate.REJECTED, Fate.UNDECIDED) if count[fate])
        yield (f"变异 {len(caught)} 个，测试发现 {count[Fate.NOTICED]} 个，等价 {count[Fate.EQUIVALENT]} 个，"
               f"未发现 {count[Fate.SURVIVED]} 个{last}")
        for one in self.open:
            yield f"  {_place(one.mutant.span)}  {one.mutant.words}"
            yield f"      {'未能判定：' if one.fate is Fate.UNDECIDED else ''}{one.why}"

    # ---- for machines

    def as_json(self) -> dict[str, Any]:
        """All but the findings."""
        return {"file": self.path, "passed": self.passed, "failed": self.failed, "clauses": self.clauses,
                "untested": [{"kind": one.kind, "text": one.words, **_position(one.place)} for one in self.untested],
                "mutants": None if self.caught is None else self._mutants(self.caught)}

    def _mutants(self, caught: Sequence[Caught]) -> dict[str, Any]:
        count = Counter(one.fate for one in caught)
        return {"total": len(caught), **{fate.name.lower(): count[fate] for fate in Fate},
                "open": [{"change": one.mutant.words, "fate": one.fate.name.lower(), "why": one.why, **_position(one.mutant.span)}
                         for one in self.open]}


def unreadable(path: str, faults: Sequence[Diagnostic]) -> Measured:
    """A ruleset that leaves nothing to run."""
    return Measured(path, 0, 0, 0, (), None, tuple(faults))


def _place(span: Span) -> str:
    return f"{span.source.name}:{span.line}"


def _position(span: Span) -> dict[str, str | int]:
    return {"file": span.source.name, "line": span.line, "column": span.column}
