"""Looking into a written block: the clauses of one kind, one clause that may stand once, the texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from perfdsl.diagnostics import Diagnostic, Note
from perfdsl.syntax import tree as t

C = TypeVar("C")


def all_of(block: t.Block, kind: type[C]) -> list[C]:
    """The clauses of *kind* in the block itself."""
    return [c for c in block.clauses if isinstance(c, kind)]


def only(block: t.Block, kind: type[C], found: list[Diagnostic]) -> C | None:
    """The clause of *kind*, or None; E104-free: a second one is E108 with both places."""
    clauses = all_of(block, kind)
    for extra in clauses[1:]:
        found.append(said_twice(clauses[0], extra))
    return clauses[0] if clauses else None


def said_twice(first: object, second: object) -> Diagnostic:
    """E108: one thing is said twice under one heading."""
    a, b = getattr(first, "span"), getattr(second, "span")  # any clause has a span
    return Diagnostic("E108", f"「{b.text}」与前面的「{a.text}」说的是同一件事", b, "只留一处", (Note("前一次在这里", a),))


def basis(block: t.Block) -> tuple[str, ...]:
    return tuple(text for c in all_of(block, t.Basis) for text in c.texts)


def notes(block: t.Block) -> tuple[str, ...]:
    return tuple(text for c in all_of(block, t.Note) for text in c.texts)


def headed(blocks: tuple[t.Block, ...], kind: type[t.Head]) -> Iterator[t.Block]:
    """The blocks whose heading is of *kind*."""
    return (b for b in blocks if isinstance(b.head, kind))
