"""One indicator of both rulesets: every unknown of its score in turn, under every choice of what only says which rule holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from perfdsl.compare.meaning import SILENT, Resting, differing
from perfdsl.compare.points import Line, Side, at, region_text, stretches
from perfdsl.compare.reads import Line as Cut
from perfdsl.compare.reads import derived_alike, is_aim_idle, lines, stages, within
from perfdsl.compare.result import Given, Stretch
from perfdsl.compare.samples import combinations, noted, told, values
from perfdsl.data.facts import Fact, Value
from perfdsl.model.ruleset import PRIOR, Expected, Indicator, Kind, Ruleset
from perfdsl.prove.line import Domain
from perfdsl.prove.question import freed, questions
from perfdsl.prove.region import EVERYWHERE
from perfdsl.prove.scores import scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.prove.witness import value_text
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.scorecard import Status

EVERY = EVERYWHERE.text(str)
"""What is said of a cell whose value never matters."""
MOST_WORDS = 64
"""How many combinations of words are gone through; of more only those with one word other than the first."""


@record
class Compared:
    """Where an indicator scores differently; `certain`: nowhere else; else `tried` are the values that other cells were given."""

    stretches: tuple[Stretch, ...]
    certain: bool
    tried: Given = ()


@record
class _Option:
    """A value of a cell that is chosen from a few, and how it is told: a word, or a region in which the value does not matter."""

    value: Value
    text: str


@record
class _Asked:
    """The indicator in both rulesets with the cells that either hangs on, and which values each can have."""

    old: Side
    new: Side
    numbers: tuple[tuple[Unknown, Domain], ...]
    words: tuple[tuple[Unknown, tuple[_Option, ...]], ...]
    odd: tuple[str, ...]


class Items:
    """Compares the indicators of two rulesets of the same full names."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.old, self.new = old, new
        self.unknowns = Unknowns(old), Unknowns(new)
        self.rests = Resting(old), Resting(new)

    def compared(self, old: Indicator, new: Indicator) -> Compared:
        """Every region of inputs in which the two score differently before rounding."""
        asked = self._freed(old, new) or self._asked((self.old, old), (self.new, new), self.unknowns)
        if asked.odd:
            return Compared(tuple(Stretch(name, None, "", (), kind="填的内容不同，不能逐值比较") for name in asked.odd), False)
        if self._only_aims(old, new):
            return Compared((), True)
        if len(asked.numbers) > 1:
            return _together(asked)
        found = [stretch for items, given in _words(asked) for stretch in _lines(asked, items, given)]
        return Compared(tuple(found), _count(asked) <= MOST_WORDS, () if _count(asked) <= MOST_WORDS else _options_text(asked))

    def _only_aims(self, old: Indicator, new: Indicator) -> bool:
        """Whether the two differ in nothing but a target that their rule does not ask for."""
        first, second = (rest.of(old.path) for rest in self.rests)
        others = {path: said for path, said in first.items() if path != old.path} == {path: said for path, said in second.items() if path != old.path}
        same = set(differing(old, new)) <= {"目标", *SILENT}
        return others and same and is_aim_idle(self.rests[0], old) and is_aim_idle(self.rests[1], new)

    def _freed(self, old: Indicator, new: Indicator) -> _Asked | None:
        """The question with 实际值 as a number of its own, where both derive it alike and nothing else reads what it is derived from."""
        if not derived_alike(self.rests, old, new):
            return None
        found = [freed(questions(known.ruleset, one, known)[0]) for known, one in zip(self.unknowns, (old, new), strict=True)]
        if found[0] is None or found[1] is None:
            return None
        first, second = found[0], found[1]
        asked = self._asked((first.ruleset, first.indicator), (second.ruleset, second.indicator),
                            (Unknowns(first.ruleset), Unknowns(second.ruleset)))
        return asked if [u.path for u, _ in asked.numbers] == [new.path] else None

    def _asked(self, old: Side, new: Side, unknowns: tuple[Unknowns, Unknowns]) -> _Asked:
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
        return _Asked(old, new, tuple((u, domain) for u, domain in numbers.items() if u not in asked), tuple(words), odd)


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
        yield {u.path: Fact(word.value) for u, word in pairs}, tuple((u.name, word.text) for u, word in pairs if word.text != EVERY)


def _options_text(asked: _Asked) -> Given:
    return tuple((u.name, "、".join(one.text for one in options)) for u, options in asked.words)


def _lines(asked: _Asked, items: Mapping[str, Fact], given: Given) -> list[Stretch]:
    """The one number; without any the words alone."""
    if not asked.numbers:
        return list(_alone(asked, items, given))
    (unknown, domain), *_ = asked.numbers
    return stretches(Line(asked.old, asked.new, unknown, domain, items, given))


def _together(asked: _Asked) -> Compared:
    """Each number in turn, the others at values from below to beyond their own thresholds."""
    found: list[tuple[Domain, list[Stretch]]] = []
    tried: dict[str, dict[str, None]] = {}
    for items, given in _words(asked):
        known = values((asked.old, asked.new), asked.numbers, items)
        for name, texts in (*noted(asked.numbers, known), *((name, [text]) for name, text in given)):
            tried.setdefault(name, {}).update(dict.fromkeys(texts))
        found += [(domain, [one for others in combinations(unknown, asked.numbers, known)
                            for one in stretches(_line(asked, unknown, domain, {**items, **others}, given))]) for unknown, domain in asked.numbers]
    few = [one for domain, some in found for one in told(some, domain)]
    return Compared(tuple(few or [one for _, some in found for one in some[:1]]), False, tuple((name, "、".join(texts)) for name, texts in tried.items()))


def _line(asked: _Asked, unknown: Unknown, domain: Domain, items: Mapping[str, Fact], given: Given) -> Line:
    others = tuple((u.name, value_text(items[u.path].value)) for u, _ in asked.numbers if u is not unknown)
    return Line(asked.old, asked.new, unknown, domain, items, (*given, *others))


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



