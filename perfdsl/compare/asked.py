"""The cells that an indicator hangs on in either ruleset, and which values each can have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from perfdsl.compare.along import Side, region_text
from perfdsl.compare.meaning import Resting
from perfdsl.compare.reads import Line as Cut
from perfdsl.compare.reads import lines, stages, within
from perfdsl.compare.result import Given
from perfdsl.data.facts import Fact, Value
from perfdsl.model.ruleset import PRIOR, Expected, Kind
from perfdsl.prove.line import Domain
from perfdsl.prove.region import EVERYWHERE
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.record import record

EVERY = EVERYWHERE.text(str)
"""What is said of a cell whose value never matters."""
MOST_WORDS = 64
"""How many combinations of words are gone through; of more only those with one word other than the first."""


@record
class _Option:
    """A value of a cell that is chosen from a few, and how it is told: a word, or a region in which the value does not matter."""

    value: Value
    text: str


@record
class Asked:
    """The indicator in both rulesets with the cells that either hangs on, and which values each can have."""

    old: Side
    new: Side
    numbers: tuple[tuple[Unknown, Domain], ...]
    words: tuple[tuple[Unknown, tuple[_Option, ...]], ...]
    odd: tuple[str, ...]

    @property
    def many(self) -> int:
        """How many combinations of words there are."""
        return prod(len(options) for _, options in self.words)

    def combinations(self) -> Iterator[tuple[dict[str, Fact], Given]]:
        """Every combination of words; where there are too many, each word beside the first of all others."""
        every = [options for _, options in self.words]
        first = tuple(options[0] for options in every)
        chosen = product(*every) if self.many <= MOST_WORDS else dict.fromkeys(
            (*first[:n], word, *first[n + 1:]) for n, options in enumerate(every) for word in options)
        for words in chosen:
            pairs = [(unknown, word) for (unknown, _), word in zip(self.words, words, strict=True)]
            yield {u.path: Fact(word.value) for u, word in pairs}, tuple((u.name, word.text) for u, word in pairs if word.text != EVERY)

    def options_text(self) -> Given:
        return tuple((u.name, "、".join(one.text for one in options)) for u, options in self.words)


def asked_of(old: Side, new: Side, unknowns: tuple[Unknowns, Unknowns]) -> Asked:
    """The question on one indicator, from the cells of both sides."""
    path = new[1].path
    rests = Resting(old[0]), Resting(new[0])
    found = [{u.path: u for u in known.of(one)} for known, (_, one) in zip(unknowns, (old, new), strict=True)]
    odd = tuple(path.rpartition("/")[2] for path in sorted(found[0].keys() & found[1].keys())
                if not alike(found[0][path].expected, found[1][path].expected))
    every = {**found[0], **found[1]}
    numbers = {u: _domain(u, found, unknowns) for u in every.values() if not u.is_chosen}
    asked = {u: said for u in numbers if _is_datum(u, rests) and (said := lines(rests, path, u)) is not None}
    words = [(u, tuple(_Option(word, f"「{word}」") for word in _options(u, found, unknowns))) for u in every.values() if u.is_chosen]
    words += [(u, _stages(u, said, numbers[u])) for u, said in asked.items()]
    return Asked(old, new, tuple((u, domain) for u, domain in numbers.items() if u not in asked), tuple(words), odd)


def _is_datum(unknown: Unknown, rests: tuple[Resting, Resting]) -> bool:
    """Whether the cell is no indicator's and no part's: rules call it by its own name."""
    name = unknown.path.removesuffix(PRIOR)
    return any(name == datum.name for rest in rests for datum in rest.ruleset.data)


def _stages(unknown: Unknown, said: tuple[Cut, ...], domain: Domain) -> tuple[_Option, ...]:
    """The regions in which a datum comes out alike in every comparison; one that never does is not worth telling."""
    return tuple(_Option(unknown.value(x), region_text(within(region, domain), unknown)) for region, x in stages(said, domain))


def alike(a: Expected, b: Expected) -> bool:
    """Whether what one cell holds can stand in the other."""
    chosen = (Kind.TEXT, Kind.CHOICE)
    if a.kind is not b.kind:
        return a.kind in chosen and b.kind in chosen
    return ((a.unit and a.unit.dimension) or ()) == ((b.unit and b.unit.dimension) or ())


def _domain(unknown: Unknown, cells: list[dict[str, Unknown]], unknowns: tuple[Unknowns, Unknowns]) -> Domain:
    """The values that either ruleset supposes, counted in the unit of *unknown*."""
    found = [known.domain(own[unknown.path]) for own, known in zip(cells, unknowns, strict=True) if unknown.path in own]
    region = EVERYWHERE if any(domain.region == EVERYWHERE for domain in found) else found[0].region
    return Domain(region, all(domain.whole for domain in found))


def _options(unknown: Unknown, cells: list[dict[str, Unknown]], unknowns: tuple[Unknowns, Unknowns]) -> tuple[str, ...]:
    found = [known.words(own[unknown.path]) for own, known in zip(cells, unknowns, strict=True) if unknown.path in own]
    return tuple(dict.fromkeys(word for words in found for word in words))
