"""What was written: text to clauses to blocks."""

from __future__ import annotations

from perfdsl.diagnostics import Diagnostic, blocking
from perfdsl.record import record
from perfdsl.source import Source
from perfdsl.syntax import tree as t
from perfdsl.syntax.outline import outline

EDITIONS = (1,)
"""The editions of the language that this engine knows.  A file that names none is of the first."""


@record
class Document:
    """A file as blocks: rulesets with their contents; methods may also stand alone."""

    source: Source
    blocks: tuple[t.Block, ...]


def parse(source: Source) -> tuple[Document, list[Diagnostic]]:
    """The blocks of *source* and every fault of its syntax (E0…); E115 alone where it is of another edition of the language."""
    from perfdsl.syntax.clauses import read

    clauses: list[t.Clause] = []
    found: list[Diagnostic] = []
    for written, faults in read(source):
        found += faults
        if written.clause is not None:
            clauses.append(written.clause)
    if strange := _strange_edition(clauses):
        return Document(source, ()), [strange]
    made, misplaced = outline(clauses)
    if not blocking(found):
        found += misplaced
    return Document(source, made), found


def _strange_edition(clauses: list[t.Clause]) -> Diagnostic | None:
    from perfdsl.version import __version__

    for clause in clauses:
        if isinstance(clause, t.Edition) and clause.number not in EDITIONS:
            known = "、".join(map(str, EDITIONS))
            return Diagnostic("E115", f"不认得「语言版 {clause.number}」：这一份 perfdsl 是 {__version__}，认得的语言版是 {known}", clause.span,
                              f"用认得语言版 {clause.number} 的 perfdsl；没有用到新写法的，去掉这一条")
    return None
