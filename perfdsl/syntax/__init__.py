"""What was written: text to clauses to blocks."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic, blocking
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import tree as t
from perfdsl.syntax.outline import outline


@record
class Document:
    """A file as blocks: rulesets with their contents; methods may also stand alone."""

    source: Source
    blocks: tuple[t.Block, ...]


def parse(source: Source) -> tuple[Document, list[Diagnostic]]:
    """The blocks of *source* and every fault of its syntax (E0…)."""
    from perfdsl.syntax.clauses import read

    clauses: list[t.Clause] = []
    found: list[Diagnostic] = []
    for written, faults in read(source):
        found += faults
        if written.clause is not None:
            clauses.append(written.clause)
    made, misplaced = outline(clauses)
    if not blocking(found):
        found += misplaced
    return Document(source, made), found
