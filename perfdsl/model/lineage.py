"""What a chain of 沿用 has done: which ruleset wrote what, what stands in whose place, what was taken out."""

from __future__ import annotations

from collections.abc import Sequence

from perfdsl.diagnostics import Diagnostic
from perfdsl.record import record
from perfdsl.source import Source, Span
from perfdsl.syntax import tree as t


@record
class Origin:
    """The ruleset that a file holds."""

    name: str
    year: int | None

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name


@record
class Removal:
    """A block that a 删除 took out, by the place of the 删除."""

    block: t.Block
    at: Span


class Lineage:
    """Collected while the versions are laid over one another, the oldest first.

    `replaced` has, for a clause or a heading of a later version, what stood there before; nothing where the clause above
    it already tells so.
    """

    def __init__(self, found: list[Diagnostic]) -> None:
        self.found = found
        self.origins: dict[Source, Origin] = {}
        self.removed: list[Removal] = []
        self.replaced: dict[Span, tuple[Span, ...]] = {}

    def enter(self, block: t.Block) -> None:
        """Note which ruleset the file of *block* holds."""
        year = next((c.year for c in block.clauses if isinstance(c, t.Year)), None)
        self.origins[block.span.source] = Origin(block.head.name.text, year)

    def instead(self, now: Span, before: tuple[Span, ...]) -> None:
        """Note what *now* stands in the place of."""
        if before:
            self.replaced[now] = before

    def together(self, old: Sequence[t.Clause], new: Sequence[t.Clause]) -> None:
        """Note that *new* clauses stand in the place of *old* ones: a 等级 in that of its name, several others all in one."""
        names = {clause.name.text: clause for clause in old if isinstance(clause, t.GradeLine)}
        left = [c.span for c in old if not (isinstance(c, t.GradeLine) and c.name.text in {n.name.text for n in new if isinstance(n, t.GradeLine)})]
        told = False
        for clause in new:
            if isinstance(clause, t.GradeLine) and clause.name.text in names:
                self.replaced[clause.span] = (names[clause.name.text].span,)
            elif left:
                self.replaced[clause.span] = () if told and len(left) > 1 else tuple(left)
                told = True

    def removal(self, kind: str, name: str) -> Removal | None:
        """The last 删除 that took out a thing of that kind and name, or what it stood under."""
        leaf = name.replace("／", "/").rpartition("/")[2]
        return next((r for r in reversed(self.removed) if _holds(r.block, kind, leaf)), None)


def _holds(block: t.Block, kind: str, name: str) -> bool:
    own = kind_of(block.head) == kind and block.head.name.text == name
    return own or any(_holds(child, kind, name) for child in block.blocks)


def kind_of(head: t.Head) -> str:
    """The terminal that a 删除 would name the heading by; empty where none can."""
    match head:
        case t.GroupHead():
            return f"LEVEL{head.level}"
        case t.DataHead():
            return "DATA"
        case t.MethodHead():
            return "METHOD"
        case t.OutsideHead():
            return "BONUS" if head.bonus else "PENALTY"
        case t.ApplicationHead():
            return "APPLICATION"
    return ""
