"""One indicator of both rulesets: every unknown of its score in turn, under every choice of what only says which rule holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfdsl.compare.along import Line, at
from perfdsl.compare.asked import MOST_WORDS, Asked, asked_of
from perfdsl.compare.meaning import SILENT, Resting, differing
from perfdsl.compare.points import stretches
from perfdsl.compare.reads import derived_alike, is_aim_idle
from perfdsl.compare.result import Given, Stretch
from perfdsl.compare.samples import combinations, noted, told, values
from perfdsl.data.facts import Fact
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.prove.line import Domain
from perfdsl.prove.question import freed, questions
from perfdsl.prove.scores import scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.prove.witness import value_text
from perfdsl.quantity import decimal_text
from perfdsl.record import record
from perfdsl.score.scorecard import Status


@record
class Compared:
    """Where an indicator scores differently; `certain`: nowhere else; else `tried` are the values that other cells were given."""

    stretches: tuple[Stretch, ...]
    certain: bool
    tried: Given = ()


class Items:
    """Compares the indicators of two rulesets of the same full names."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.old, self.new = old, new
        self.unknowns = Unknowns(old), Unknowns(new)
        self.rests = Resting(old), Resting(new)

    def compared(self, old: Indicator, new: Indicator) -> Compared:
        """Every region of inputs in which the two score differently before rounding."""
        asked = self._freed(old, new) or asked_of((self.old, old), (self.new, new), self.unknowns)
        if asked.odd:
            return Compared(tuple(Stretch(name, None, "", (), kind="填的内容不同，不能逐值比较") for name in asked.odd), False)
        if self._only_aims(old, new):
            return Compared((), True)
        if len(asked.numbers) > 1:
            return _together(asked)
        found = [stretch for items, given in asked.combinations() for stretch in _lines(asked, items, given)]
        return Compared(tuple(found), asked.many <= MOST_WORDS, () if asked.many <= MOST_WORDS else asked.options_text())

    def _only_aims(self, old: Indicator, new: Indicator) -> bool:
        """Whether the two differ in nothing but a target that their rule does not ask for."""
        first, second = (rest.of(old.path) for rest in self.rests)
        others = {path: said for path, said in first.items() if path != old.path} == {path: said for path, said in second.items() if path != old.path}
        same = set(differing(old, new)) <= {"目标", *SILENT}
        return others and same and is_aim_idle(self.rests[0], old) and is_aim_idle(self.rests[1], new)

    def _freed(self, old: Indicator, new: Indicator) -> Asked | None:
        """The question with 实际值 as a number of its own, where both derive it alike and nothing else reads what it is derived from."""
        if not derived_alike(self.rests, old, new):
            return None
        found = [freed(questions(known.ruleset, one, known)[0]) for known, one in zip(self.unknowns, (old, new), strict=True)]
        if found[0] is None or found[1] is None:
            return None
        first, second = found[0], found[1]
        asked = asked_of((first.ruleset, first.indicator), (second.ruleset, second.indicator),
                            (Unknowns(first.ruleset), Unknowns(second.ruleset)))
        return asked if [u.path for u, _ in asked.numbers] == [new.path] else None


def _lines(asked: Asked, items: Mapping[str, Fact], given: Given) -> list[Stretch]:
    """The one number; without any the words alone."""
    if not asked.numbers:
        return list(_alone(asked, items, given))
    (unknown, domain), *_ = asked.numbers
    return stretches(Line(asked.old, asked.new, unknown, domain, items, given))


def _together(asked: Asked) -> Compared:
    """Each number in turn, the others at values from below to beyond their own thresholds."""
    found: list[tuple[Domain, list[Stretch]]] = []
    tried: dict[str, dict[str, None]] = {}
    for items, given in asked.combinations():
        known = values((asked.old, asked.new), asked.numbers, items)
        for name, texts in (*noted(asked.numbers, known), *((name, [text]) for name, text in given)):
            tried.setdefault(name, {}).update(dict.fromkeys(texts))
        found += [(domain, [one for others in combinations(unknown, asked.numbers, known)
                            for one in stretches(_line(asked, unknown, domain, {**items, **others}, given))]) for unknown, domain in asked.numbers]
    few = [one for domain, some in found for one in told(some, domain)]
    return Compared(tuple(few or [one for _, some in found for one in some[:1]]), False, tuple((name, "、".join(texts)) for name, texts in tried.items()))


def _line(asked: Asked, unknown: Unknown, domain: Domain, items: Mapping[str, Fact], given: Given) -> Line:
    others = tuple((u.name, value_text(items[u.path].value)) for u, _ in asked.numbers if u is not unknown)
    return Line(asked.old, asked.new, unknown, domain, items, (*given, *others))


def _alone(asked: Asked, items: Mapping[str, Fact], given: Given) -> Iterator[Stretch]:
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
