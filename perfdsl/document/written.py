"""What the text says for its readers and the meaning leaves out: 说明 of methods, 依据 and 说明 of groups."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.model.blocks import all_of
from perfdsl.record import record
from perfdsl.source import Source, Span
from perfdsl.syntax import parse
from perfdsl.syntax import tree as t


@record
class Said:
    """The 依据 and 说明 under one heading."""

    basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Written:
    """Looks up what stands under a heading; a file is read once."""

    def __init__(self) -> None:
        self._files: dict[str, dict[tuple[int, str], Said]] = {}

    def under(self, span: Span) -> Said:
        """What stands under the heading at *span*."""
        source = span.source
        if source.name not in self._files:
            self._files[source.name] = dict(_headings(source))
        return self._files[source.name].get((span.start, span.text), Said())


def _headings(source: Source) -> Iterator[tuple[tuple[int, str], Said]]:
    waiting = list(parse(source)[0].blocks)
    while waiting:
        block = waiting.pop()
        waiting += block.blocks
        basis = tuple(text for c in all_of(block, t.Basis) for text in c.texts)
        notes = tuple(text for c in all_of(block, t.Note) for text in c.texts)
        yield (block.span.start, block.span.text), Said(basis, notes)
