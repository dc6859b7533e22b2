"""What was written: text to clauses to blocks."""

from __future__ import annotations

import hashlib

from perfdsl.diagnostics import Diagnostic, blocking
from perfdsl.record import record
from perfdsl.resources import CLAUSE_FILES, cached, grammar_text
from perfdsl.source import Source
from perfdsl.syntax import tree as t
from perfdsl.syntax.outline import outline


@record
class Document:
    """A file as blocks: rulesets with their contents; methods may also stand alone."""

    source: Source
    blocks: tuple[t.Block, ...]


def parse(source: Source) -> tuple[Document, list[Diagnostic]]:
    """The blocks of *source* and every fault of its syntax (E0…).

    A text that parsed without fault is kept in the user's cache under its content.
    """
    from perfdsl import __version__

    text = f"{__version__}\0{source.name}\0{grammar_text(*CLAUSE_FILES)}\0{source.text}"
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return cached(f"parsed-{key}", lambda: _parse(source))


def _parse(source: Source) -> tuple[Document, list[Diagnostic]]:
    from perfdsl.syntax.clauses import read

    clauses: list[t.Clause] = []
    found: list[Diagnostic] = []
    for written, faults in read(source):
        found += faults
        if written.clause is not None:
            clauses.append(written.clause)
    made, misplaced = outline(source, clauses)
    if not blocking(found):
        found += misplaced
    return Document(source, made), found
