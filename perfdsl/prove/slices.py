"""All inputs of a question as slices: words fixed, one number going through all its values, the others at a plain value."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from perfdsl.data.facts import Fact
from perfdsl.prove.line import Domain, Piece, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.question import Question, sample
from perfdsl.prove.scores import put
from perfdsl.prove.seen import Seen, look
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import plain
from perfdsl.record import record
from perfdsl.regions import Region

MOST_REGIONS = 12_000
"""How many regions one question may be cut into, over all its slices."""


@record
class Slice:
    """`pieces` for every value of `unknown`; `items` are the other facts.  Without an unknown there is one piece."""

    asked: Question
    unknown: Unknown | None
    domain: Domain
    items: dict[str, Fact]
    pieces: tuple[Piece[Seen], ...]

    def facts(self, at: Fraction) -> dict[str, Fact]:
        """All facts where the unknown is *at*."""
        return {**self.items, **({self.unknown.path: Fact(self.unknown.value(at))} if self.unknown else {})}

    def where(self, piece: Piece[Seen], test: Callable[[Seen, Number], bool]) -> Iterator[Region | str]:
        """The parts of a piece where *test* holds of what was seen and the number; a text where that cannot be told."""
        if piece.value is None:
            return
        seen = piece.value
        for part in explore(lambda x: test(seen, x), Domain(piece.region, self.domain.whole)):
            if part.undecided:
                yield part.undecided
            elif part.value:
                yield part.region

    def plain(self, region: Region) -> Fraction:
        return plain(region, self.domain.whole)


def slices(asked: Question, most: int = MOST_REGIONS) -> Iterator[Slice]:
    """One slice for each combination of words and each number; after *most* regions nothing more is told."""
    for chosen in asked.assignments():
        for at, unknown in enumerate(asked.numbers):
            others = {u.path: sample(u) for u in asked.numbers if u is not unknown}
            made = _slice(asked, unknown, asked.domains[at], {**chosen, **others}, max(most, 0))
            most -= len(made.pieces)
            yield made
        if not asked.numbers:
            yield Slice(asked, None, Domain(), chosen, (Piece(Region(None, None), look(asked, chosen)),))


def _slice(asked: Question, unknown: Unknown, domain: Domain, items: dict[str, Fact], most: int) -> Slice:
    def ask(number: Number) -> Seen:
        return look(asked, {**items, unknown.path: Fact(unknown.value(number))})

    return Slice(asked, unknown, domain, items, tuple(explore(ask, domain, most)))


def low_at(seen: Seen, x: Number) -> Number:
    return put(seen.low, x)


def high_at(seen: Seen, x: Number) -> Number:
    return put(seen.high, x)
