"""Several numbers at once: which values the others are given while one is varied, and which of the findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import islice, product

from perfdsl.compare.along import Side, text_of
from perfdsl.compare.result import Peak, Scores, Stretch
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Kind
from perfdsl.prove.line import Domain
from perfdsl.prove.region import cut
from perfdsl.prove.scores import by_score, exactly, pieces
from perfdsl.prove.unknown import Unknown
from perfdsl.prove.witness import plain

Numbers = Sequence[tuple[Unknown, Domain]]
MOST_TURNS, MOST_TOGETHER, _SEEN = 6, 48, 6
"""Turns of a number at which others are looked at; combinations of several; how many combinations are looked at to find these values."""


def values(sides: tuple[Side, Side], numbers: Numbers, items: Mapping[str, Fact]) -> dict[str, list[Fraction]]:
    """For every number a plain value, then those at, between and beyond the places where a score begins to hang on it otherwise."""
    year = sides[1][0].year or 2000
    found = {u.path: [Fraction(date(year, 12, 31).toordinal() if u.expected.kind is Kind.DATE else 100)] for u, _ in numbers}
    for _ in range(2):
        for unknown, domain in numbers:
            seen = [x for others in islice(combinations(unknown, numbers, found), _SEEN) for x in _turns(sides, unknown, domain, {**items, **others})]
            found[unknown.path] = _few(found[unknown.path][0], seen, domain)
    return found


def _turns(sides: tuple[Side, Side], unknown: Unknown, domain: Domain, items: Mapping[str, Fact]) -> Iterator[Fraction]:
    """Where the score begins to hang on the number otherwise."""
    for ruleset, indicator in sides:
        for piece in by_score(pieces(exactly(ruleset), indicator, unknown, domain, items)):
            yield from (end for end in (piece.region.low, piece.region.high) if end is not None)


def _few(first: Fraction, turns: Iterable[Fraction], domain: Domain) -> list[Fraction]:
    """The first value; of the turns, where there are too many, some from lowest to highest; a value in each region between these."""
    every = sorted(set(turns))
    some = every[::max(1, -(-len(every) // MOST_TURNS))]
    return list(dict.fromkeys([first, *(plain(region, domain.whole) for region in cut(domain.region, some, domain.whole))]))


def combinations(varied: Unknown, numbers: Numbers, found: Mapping[str, Sequence[Fraction]]) -> Iterator[dict[str, Fact]]:
    """What all numbers but one are given: the plain values first; where there are too many combinations, one away from these at a time."""
    others = [u for u, _ in numbers if u is not varied]
    every = [found[u.path] for u in others]
    first = tuple(one[0] for one in every)
    count = 1
    for one in every:
        count *= len(one)
    chosen = product(*every) if count <= MOST_TOGETHER else dict.fromkeys((*first[:n], x, *first[n + 1:]) for n, one in enumerate(every) for x in one)
    for numbers_ in chosen:
        yield {u.path: Fact(u.value(x)) for u, x in zip(others, numbers_, strict=True)}


def noted(numbers: Numbers, found: Mapping[str, Sequence[Fraction]]) -> Iterator[tuple[str, list[str]]]:
    """Every number with the values that it was given, from lowest to highest."""
    return ((u.name, [text_of(u, x) for x in sorted(found[u.path])]) for u, _ in numbers)


def told(found: Sequence[Stretch], domain: Domain) -> list[Stretch]:
    """Of the stretches of one number those under the first values of the others, and those that lose most, gain most or differ in kind.

    Where nothing hangs on the number itself, another one tells the difference.
    """
    some = [one for one in found if one.region != domain.region]
    own = [one for one in some if one.given == some[0].given]
    worst, best = max(some, key=_loss, default=None), max(some, key=_gain, default=None)
    kinds = {one.kind or one.undecided: one for one in reversed(some) if one.kind or one.undecided}
    more = [*([worst] if worst and _loss(worst) > max(map(_loss, own)) else []), *([best] if best and _gain(best) > max(map(_gain, own)) else []),
            *(one for kind, one in kinds.items() if kind not in {x.kind or x.undecided for x in own})]
    return [*own, *(one for n, one in enumerate(more) if one not in more[:n])]


def _loss(one: Stretch) -> Fraction:
    return -min(_change(one.loss, one.worst), Fraction(0))


def _gain(one: Stretch) -> Fraction:
    return max(_change(one.gain, one.best), Fraction(0))


def _change(rounded: Scores | None, peak: Peak | None) -> Fraction:
    """The rounded difference, else the one before rounding."""
    if rounded is not None and rounded.change is not None:
        return rounded.change
    return peak.change if peak else Fraction(0)
