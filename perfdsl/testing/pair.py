"""An indicator under two rulesets: whether both give the same at one value, and for every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from perfdsl.data.facts import NOTHING, Fact
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Combiner, Indicator, Ruleset
from perfdsl.model.ruleset import Kind as Cell
from perfdsl.model.walk import every
from perfdsl.prove.between import Between
from perfdsl.prove.form import Form, Undecided
from perfdsl.prove.line import Domain, explore
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import ZERO_AND_ABOVE, contains
from perfdsl.prove.scores import exactly, scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import decimal_text
from perfdsl.record import changed
from perfdsl.regions import Region
from perfdsl.score.scorecard import JudgementStep
from perfdsl.testing.answer import SAME, Found, Kind
from perfdsl.testing.few import about, beside_edges, days, only_compared
from perfdsl.testing.free import never_below_zero
from perfdsl.testing.words import words_of


class _Differs(Exception):  # noqa: N818  # no error: it ends the search
    """Two scores differ in a whole region."""

    def __init__(self, region: Region) -> None:
        super().__init__(region)
        self.region = region


class Pair:
    """An indicator under two rulesets."""

    def __init__(self, old: Ruleset, new: Ruleset, indicator: Indicator, derived: Indicator, unknowns: Unknowns) -> None:
        self.derived = derived
        self.old, self.new, self.indicator, self.all = old, new, indicator, unknowns
        self.exact = exactly(old), exactly(new)

    def unknowns(self) -> tuple[list[Unknown], list[tuple[str, list[Fact]]]]:
        """The numbers that the score hangs on; and what takes only a few values, with these."""
        numbers: list[Unknown] = []
        tables: list[tuple[str, list[Fact]]] = []
        for one in self.all.of(self.indicator):
            values = self._few(one)
            if values is None:
                numbers.append(one)
            else:
                tables.append((one.path, values))
        return numbers, tables

    def _few(self, one: Unknown) -> list[Fact] | None:
        if one.is_chosen:
            words = self.all.words(one) if self.old.refers else words_of(self.indicator, one, self.all)
            return [Fact(word) for word in words]
        if one.path in (self.indicator.path, *(part.path for part in self.indicator.parts)):
            return None if self._reads_actual() else [NOTHING]
        edges = None if self.old.refers else only_compared((self.old, self.new), self.indicator, one.path)
        if edges is None:
            return None
        domain = self.all.domain(one, self.indicator)
        if one.expected.kind is Cell.DATE:
            return [Fact(one.value(x)) for x in beside_edges(edges, True) or days(self.old)[:1]]
        scale = one.expected.unit.factor if one.expected.unit else 1
        around = beside_edges({edge / scale for edge in edges}, False)
        return [Fact(one.value(x)) for x in around if contains(domain.region, x)]

    def _domain(self, unknown: Unknown) -> Domain:
        """As of the cell; of a freed 实际值 what its derivation can give."""
        domain = self.all.domain(unknown, self.indicator)
        below = unknown.path == self.indicator.path and never_below_zero(self.derived, self.all)
        return changed(domain, region=ZERO_AND_ABOVE) if below else domain

    def _reads_actual(self) -> bool:
        said = [about(ruleset, self.indicator) for ruleset in (self.old, self.new)]
        return self.indicator.method is None or self.indicator.combiner is Combiner.ALL_MET or any(
            isinstance(n, k.Name) and n.name in ("实际值", "完成率") for one in said for e in one for n in every(e))

    def at(self, items: Mapping[str, Fact]) -> Found:
        """Whether both give the same for these facts."""
        a, b = (_seen(r, self.indicator, items) for r in (self.old, self.new))
        return SAME if a == b else Found(Kind.DIFFERENT, f"{_told(items)}时，原来{_points(a)}，改后{_points(b)}")

    def everywhere(self, unknown: Unknown, items: Mapping[str, Fact]) -> Found:
        """Whether both give the same for every value of *unknown*."""
        def ask(number: Number) -> None:
            both = {**items, unknown.path: Fact(unknown.value(number))}
            a, b = (_seen(r, self.indicator, both) for r in self.exact)
            if not _alike(a, b):
                raise _Differs(number.region if isinstance(number, Form) else Region(number, number, True, True))

        try:
            open_ends = [piece.undecided for piece in explore(ask, self._domain(unknown)) if piece.undecided]
        except _Differs as found:
            return self._witness(unknown, items, found.region)
        return Found(Kind.UNKNOWN, open_ends[0]) if open_ends else SAME

    def _witness(self, unknown: Unknown, items: Mapping[str, Fact], region: Region) -> Found:
        """A value at which the scores differ after rounding too."""
        near = days(self.old) if unknown.expected.kind is Cell.DATE else []
        for x in (*(day for day in near if contains(region, day)), *tried(region, self._domain(unknown).whole)):
            found = self.at({**items, unknown.path: Fact(unknown.value(x))})
            if found.kind is not Kind.SAME:
                return found
        return Found(Kind.UNKNOWN, "取舍以前不同，取舍以后没有找到不同的值")


Seen = tuple[object, Number, Number, tuple[bool, ...]]
"""Status, the points that a row lies between, and which ends an officer may choose."""


def _seen(ruleset: Ruleset, indicator: Indicator, items: Mapping[str, Fact]) -> Seen:
    made = scored(ruleset, indicator, items)
    judged = [s.judgement for s in made.row.outcome.steps if isinstance(s, JudgementStep)]
    return made.row.status, made.low, made.high, tuple(x for j in judged for x in (j.low_closed, j.high_closed))


def _alike(a: Seen, b: Seen) -> bool:
    if a[0] is not b[0] or a[3] != b[3]:
        return False
    return all(_equal(x, y) for x, y in ((a[1], b[1]), (a[2], b[2])))


def _equal(x: Number, y: Number) -> bool:
    """Whether two numbers are one in the whole region; raises `Split` where that changes."""
    if isinstance(x, Between) or isinstance(y, Between):
        raise Undecided("分段太多")
    return bool(x == y)


def tried(region: Region, whole: bool) -> Iterator[Fraction]:
    """A few numbers of a region, its ends first."""
    low, high = region.low, region.high
    if low is not None and high is not None:
        shares = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(9, 10), Fraction(1, 1000), Fraction(999, 1000))
        found = [low + (high - low) * share for share in shares]
    elif low is not None:
        found = [low + Fraction(x) for x in ("0", "0.01", "1", "10", "100", "10000")]
    else:
        found = [(high or Fraction(0)) - Fraction(x) for x in ("0", "0.01", "1", "10", "100", "10000")]
    yield from (x for x in (Fraction(y // 1) if whole else y for y in found) if contains(region, x))


def _told(items: Mapping[str, Fact]) -> str:
    return "，".join(f"{path.rpartition('/')[2]} = {fact.value}" for path, fact in items.items() if fact is not NOTHING)


def _points(seen: Seen) -> str:
    if seen[1] == seen[2]:
        return f"得 {decimal_text(seen[1])}分"
    return f"得 {decimal_text(seen[1])}分至 {decimal_text(seen[2])}分"
