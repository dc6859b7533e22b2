"""One indicator of both rulesets: every unknown of its score in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from perfdsl.compare.points import Line, Side, at, stretches, text_of
from perfdsl.compare.result import Given, Stretch
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Expected, Indicator, Kind, Ruleset
from perfdsl.prove.line import Domain
from perfdsl.prove.region import EVERYWHERE
from perfdsl.prove.scores import scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.scorecard import Status

MOST_WORDS = 64
"""How many combinations of words are gone through; of more only those with one word other than the first."""
_PLAIN = Fraction(100)


@record
class Compared:
    """Where an indicator scores differently; `certain`: nowhere else."""

    stretches: tuple[Stretch, ...]
    certain: bool


@record
class _Asked:
    """The indicator in both rulesets with the cells that either hangs on, and which values each can have."""

    old: Side
    new: Side
    numbers: tuple[tuple[Unknown, Domain], ...]
    words: tuple[tuple[Unknown, tuple[str, ...]], ...]
    odd: tuple[str, ...]


class Items:
    """Compares the indicators of two rulesets of the same full names."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.old, self.new = old, new
        self.unknowns = Unknowns(old), Unknowns(new)

    def compared(self, old: Indicator, new: Indicator) -> Compared:
        """Every region of inputs in which the two score differently before rounding."""
        asked = self._asked(old, new)
        if asked.odd:
            return Compared(tuple(Stretch(name, None, "", (), kind="填的内容不同，不能逐值比较") for name in asked.odd), False)
        found = [stretch for items, given in _words(asked) for stretch in _lines(asked, items, given)]
        return Compared(tuple(found), len(asked.numbers) <= 1 and _count(asked) <= MOST_WORDS)

    def _asked(self, old: Indicator, new: Indicator) -> _Asked:
        found = [{u.path: u for u in known.of(one)} for known, one in zip(self.unknowns, (old, new), strict=True)]
        odd = tuple(path.rpartition("/")[2] for path in sorted(found[0].keys() & found[1].keys())
                    if not alike(found[0][path].expected, found[1][path].expected))
        every = {**found[0], **found[1]}
        numbers = tuple((u, _domain(u, found, self.unknowns)) for u in every.values() if not u.is_chosen)
        words = tuple((u, _options(u, found, self.unknowns)) for u in every.values() if u.is_chosen)
        return _Asked((self.old, old), (self.new, new), numbers, words, odd)


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


def _count(asked: _Asked) -> int:
    count = 1
    for _, options in asked.words:
        count *= len(options)
    return count


def _words(asked: _Asked) -> Iterator[tuple[dict[str, Fact], Given]]:
    """Every combination of words; where there are too many, each word beside the first of all others."""
    every = [options for _, options in asked.words]
    first = tuple(options[0] for options in every)
    chosen = product(*every) if _count(asked) <= MOST_WORDS else dict.fromkeys(
        (*first[:n], word, *first[n + 1:]) for n, options in enumerate(every) for word in options)
    for words in chosen:
        pairs = [(unknown, word) for (unknown, _), word in zip(asked.words, words, strict=True)]
        yield {u.path: Fact(word) for u, word in pairs}, tuple((u.name, f"「{word}」") for u, word in pairs)


def _lines(asked: _Asked, items: Mapping[str, Fact], given: Given) -> Iterator[Stretch]:
    """Each number in turn, the others plain ones; without numbers the words alone."""
    if not asked.numbers:
        yield from _alone(asked, items, given)
    for unknown, domain in asked.numbers:
        others = [u for u, _ in asked.numbers if u is not unknown]
        plain = {u.path: Fact(u.value(_PLAIN)) for u in others}
        stated = (*given, *((u.name, text_of(u, _PLAIN)) for u in others))
        yield from stretches(Line(asked.old, asked.new, unknown, domain, {**items, **plain}, stated))


def _alone(asked: _Asked, items: Mapping[str, Fact], given: Given) -> Iterator[Stretch]:
    """The one stretch of these words, where the scores for them differ."""
    found = at(asked.old, asked.new, items, "")
    if found.old != found.new and found.change is not None:
        loss, gain = (found, None) if found.change < 0 else (None, found)
        yield Stretch("", None, "", given, loss=loss, gain=gain)
        return
    rows = [scored(*side, items).row for side in (asked.old, asked.new)]
    states = [(row.status, row.low, row.high) for row in rows]
    if states[0] != states[1]:
        yield Stretch("", None, "", given, kind=" → ".join(_state(*state) for state in states))


def _state(status: Status, low: Fraction, high: Fraction) -> str:
    if low == high:
        return f"{decimal_text(low)} 分"
    said = "由评审人评分，" if status is Status.MANUAL else ""
    return f"{said}{decimal_text(low)} 至 {decimal_text(high)} 分"



