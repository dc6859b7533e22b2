"""Whether a changed ruleset means the same: proved for every value, refuted at one, or not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import prod

from perfdsl.data.facts import NOTHING, Fact
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Combiner, Indicator, Ruleset
from perfdsl.model.ruleset import Kind as Cell
from perfdsl.model.walk import every, expressions
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
from perfdsl.testing.free import freed, never_below_zero
from perfdsl.testing.mutants import Mutant
from perfdsl.testing.same_total import total
from perfdsl.testing.words import words_of

MOST_CHOICES = 400
"""How many combinations of words and of values that are only compared are gone through."""


def compared(ruleset: Ruleset, mutant: Mutant, reached: frozenset[str]) -> Found:
    """Whether *mutant* gives every indicator that it reaches, and every total its grade, as *ruleset* does."""
    if mutant.judged:
        return Found(Kind.DIFFERENT, "评审人可以给的分不同")
    of_rows = [_indicator(ruleset, mutant.ruleset, path) for path in sorted(reached)]
    found = [*of_rows, *((total(ruleset, mutant.ruleset),) if mutant.whole else ())]
    return next((one for kind in (Kind.DIFFERENT, Kind.UNKNOWN) for one in found if one.kind is kind), SAME)


# ---- one indicator


def _indicator(old: Ruleset, new: Ruleset, path: str) -> Found:
    freed_pair = None if old.refers else freed(old, new, path)
    one, other = (next(i for i in r.indicators() if i.path == path) for r in (old, new))
    if one.alerts != other.alerts:
        return Found(Kind.DIFFERENT, "预警不同")
    if freed_pair is not None and _pair(*freed_pair, one).kind is Kind.SAME:
        return SAME
    return _pair(old, new, one)


def _pair(old: Ruleset, new: Ruleset, derived: Indicator) -> Found:
    one = next(i for i in old.indicators() if i.path == derived.path)
    pair = _Pair(old, new, one, derived, Unknowns(old))
    numbers, tables = pair.unknowns()
    if len(numbers) > 1:
        return _sampled(pair, numbers, tables)
    for items in _products(tables):
        found = pair.everywhere(numbers[0], items) if numbers else pair.at(items)
        if found.kind is not Kind.SAME:
            return found
    many = prod(len(values) for _, values in tables) > MOST_CHOICES
    return Found(Kind.UNKNOWN, f"情形太多，试过 {MOST_CHOICES} 组，没有差别") if many else SAME


class _Differs(Exception):  # noqa: N818  # no error: it ends the search
    """Two scores differ in a whole region."""

    def __init__(self, region: Region) -> None:
        super().__init__(region)
        self.region = region


class _Pair:
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


def _products(tables: list[tuple[str, list[Fact]]]) -> Iterator[dict[str, Fact]]:
    names = [name for name, _ in tables]
    for at, chosen in enumerate(product(*(values for _, values in tables))):
        if at < MOST_CHOICES:
            yield dict(zip(names, chosen, strict=True))


# ---- several numbers: one at a time, the others at values near what is written


def _sampled(pair: _Pair, numbers: list[Unknown], tables: list[tuple[str, list[Fact]]]) -> Found:
    """A difference where one of the numbers goes through all its values; nothing is proved where none is found."""
    asked = 0
    for free in numbers:
        others = [(one.path, [Fact(one.value(x)) for x in _values(pair.old, one)]) for one in numbers if one is not free]
        for items in _products([*tables, *others]):
            asked += 1
            found = pair.everywhere(free, items)
            if found.kind is Kind.DIFFERENT:
                return found
            if asked >= MOST_CHOICES:
                break
    return Found(Kind.UNKNOWN, f"取决于 {len(numbers)} 个数；试过 {asked} 组，没有差别")


def _values(ruleset: Ruleset, unknown: Unknown) -> list[Fraction]:
    """A few values of a number that is given while another goes through all of its own."""
    if unknown.expected.kind is Cell.DATE:
        return days(ruleset)
    unit = unknown.expected.unit
    near = {Fraction(0), Fraction(1), Fraction(100)}
    for one in expressions(ruleset):
        near |= {n.value.shown for n in every(one) if isinstance(n, k.Number) and unit and n.value.unit.kind == unit.kind}
    return sorted(near)[:8]


# ---- words


def _told(items: Mapping[str, Fact]) -> str:
    return "，".join(f"{path.rpartition('/')[2]} = {fact.value}" for path, fact in items.items() if fact is not NOTHING)


def _points(seen: Seen) -> str:
    if seen[1] == seen[2]:
        return f"得 {decimal_text(seen[1])}分"
    return f"得 {decimal_text(seen[1])}分至 {decimal_text(seen[2])}分"

