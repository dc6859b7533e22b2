"""The effective ruleset as text: everything that it 沿用s with the edits carried out, and where each clause comes from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

from perfdsl.diagnostics import Diagnostic, blocking
from perfdsl.model.build import effective
from perfdsl.model.lineage import Lineage, Origin
from perfdsl.record import record
from perfdsl.source import Source, Span
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t
from perfdsl.syntax.clauses import ENDS, read
from perfdsl.syntax.format import format_source


@record
class Line:
    """One clause or heading of the effective ruleset.

    `origin` is the ruleset that wrote it at `place`; `own`: the file that was asked for did; `instead`: it stands in the place of
    others; `before` are these, each with its place; none where the clause above it has told them.
    """

    text: str
    depth: int
    heading: bool
    origin: Origin
    place: Span
    own: bool
    instead: bool = False
    before: tuple[Place, ...] = ()


@record
class Place:
    """A clause that no longer stands, the ruleset that wrote it, and what stood there before that."""

    text: str
    origin: Origin
    place: Span
    before: tuple[Place, ...] = ()


@record
class Taken:
    """A heading that a 删除 took out, and the 删除."""

    what: Place
    by: Place


@record
class Effective:
    """The whole of a ruleset, in the order of its form, and what was taken out on the way."""

    lines: tuple[Line, ...]
    taken: tuple[Taken, ...]

    @property
    def chained(self) -> bool:
        """Whether anything in it was 沿用d."""
        return bool(self.taken) or any(not line.own for line in self.lines)

    def text(self) -> str:
        """The ruleset laid out, which means the same without anything to 沿用."""
        return laid_out([line.text for line in self.lines])


def laid_out(lines: list[str]) -> str:
    """*lines* as `fmt` would have them."""
    return format_source(Source("", "\n".join(lines) + "\n"))[0]


def effective_ruleset(source: Source, folder: Path | None) -> tuple[Effective | None, list[Diagnostic]]:
    """The effective ruleset of a text, and what is wrong with it (E0…, E106, E107, E110, E111, E113); None where a finding is blocking."""
    document, found = parse(source)
    lineage = Lineage(found)
    whole = None if blocking(found) else effective(document, folder, lineage)
    if whole is None or blocking(found):
        return None, found
    writer = _Writer(lineage, source)
    return Effective(tuple(writer.block(whole, 0, whole.head.name)), tuple(writer.taken())), found


class _Writer:
    """Writes blocks as lines, each clause in the words of its own file."""

    def __init__(self, lineage: Lineage, source: Source) -> None:
        self.lineage = lineage
        self.source = source
        self.extents: dict[Source, tuple[list[int], list[int]]] = {}

    def block(self, block: t.Block, depth: int, above: t.Word, nested: bool = True) -> Iterator[Line]:
        """The heading, its clauses and what stands under it; a heading that would go under another one than *above* says so."""
        into = None if nested else above
        yield self._line(block.head.span, self._heading(block.head, into), depth, True)
        inside = depth + 1
        for clause in block.clauses:
            if not isinstance(clause, t.Extends):
                yield self._line(clause.span, self._whole(clause.span), inside, False)
        below = depth if isinstance(block.head, t.RulesetHead) else inside
        last = 0
        for child in block.blocks:
            level = _level(child.head)
            yield from self.block(child, below, block.head.name, not 0 < last < level)
            last = level

    def taken(self) -> Iterator[Taken]:
        """Every heading that a 删除 took out."""
        for removal in self.lineage.removed:
            yield Taken(self._place(removal.block.span, self._heading(removal.block.head, None)), self._place(removal.at))

    def _line(self, span: Span, text: str, depth: int, heading: bool) -> Line:
        instead = span in self.lineage.replaced
        return Line(text, depth, heading, self.lineage.origins[span.source], span, span.source is self.source, instead, self._before(span))

    def _before(self, span: Span) -> tuple[Place, ...]:
        return tuple(self._place(old) for old in self.lineage.replaced.get(span, ()))

    def _place(self, span: Span, text: str = "") -> Place:
        return Place(text or self._whole(span), self.lineage.origins[span.source], span, self._before(span))

    # ---- words

    def _heading(self, head: t.Head, into: t.Word | None) -> str:
        match head:
            case t.GroupHead():
                into = into or head.into
                joined = f" 归入 {into.span.text}" if into else ""
                return f"{_LEVELS[head.level]} {head.name.span.text}{_weight(head.weight)}{joined}"
            case t.OutsideHead():
                return f"{'加分项' if head.bonus else '减分项'} {head.name.span.text}"
        return self._whole(head.span)

    def _whole(self, span: Span) -> str:
        """The text of a clause to its very end, closing brackets and units included."""
        starts, ends = self._extents(span.source)
        at = bisect_right(starts, span.start) - 1
        return span.source.text[span.start : max(span.end, ends[at])]

    def _extents(self, source: Source) -> tuple[list[int], list[int]]:
        """Where the clauses of a file begin and end."""
        if source not in self.extents:
            tokens = [[x for x in written.tokens if x.type not in ENDS] for written, _ in read(source)]
            pairs = [(x[0].start_pos or 0, x[-1].end_pos or 0) for x in tokens if x]
            self.extents[source] = [a for a, _ in pairs], [b for _, b in pairs]
        return self.extents[source]


_LEVELS = {1: "一级指标", 2: "二级指标", 3: "三级指标"}


def _level(head: t.Head) -> int:
    """How deep in the outline a heading that others can go under stands; 0 for one that closes the outline."""
    return head.level if isinstance(head, t.GroupHead) else 0


def _weight(weight: t.Literal | None) -> str:
    return f" {weight.span.text}" if weight else ""
