"""测试 blocks at both sides of every threshold, with what the ruleset gives now, for the officer to confirm."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product

from perfdsl.data.facts import Absent, Fact, Value
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Indicator, Kind, Ruleset
from perfdsl.prove.form import Form
from perfdsl.prove.numberlike import Number
from perfdsl.prove.scores import Scored, by_score, exactly, pieces, scored
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import Quantity, exact_text
from perfdsl.record import record
from perfdsl.score.scorecard import JudgementStep, Status
from perfdsl.testing.few import days, only_compared
from perfdsl.testing.mapped import without_rounding
from perfdsl.testing.supposed import facts_of
from perfdsl.testing.thresholds import beside_each
from perfdsl.testing.words import words_of

MOST_CHOICES = 24
_BARE = re.compile(r"[\w]+")
_STARTS = re.compile(r"\d")


@record
class Line:
    """A test that is written: its name, its lines, and the indicator that it is of."""

    indicator: str
    name: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join((f"测试 「{self.name}」", *(f"  {line}" for line in self.lines)))


def boundaries(ruleset: Ruleset) -> list[Line]:
    """The tests at the thresholds of every indicator, but those at values that a test has already."""
    writer = _Writer(ruleset)
    made = {line.name: line for indicator in ruleset.indicators() for line in writer.of(indicator)}
    known = {test.name for test in ruleset.tests}
    return [line for name, line in made.items() if name not in known]


def text(made: Iterable[Line]) -> str:
    """The tests as the text of a ruleset file."""
    return "".join(f"{line.text}\n" for line in made)


class _Writer:
    """Writes the tests of one ruleset."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset, self.exact = ruleset, without_rounding(exactly(ruleset))
        self.unknowns = Unknowns(ruleset)
        self.supposed = [(facts_of(ruleset, test, list[Diagnostic]()), {e.path for e in test.expectations}) for test in ruleset.tests]
        leaves = [path.rpartition("/")[2] for path in ruleset.inputs()]
        rows = [i.path.rpartition("/")[2] for i in ruleset.indicators()]
        self.doubled = {name for names in (leaves, rows) for name in names if names.count(name) > 1}

    def of(self, indicator: Indicator) -> Iterator[Line]:
        cells = self.unknowns.of(indicator)
        chosen = [one for one in cells if one.is_chosen]
        numbers = [one for one in cells if not one.is_chosen]
        tables = [[Fact(word) for word in words_of(indicator, one, self.unknowns)] for one in chosen]
        for words in [*product(*tables)][:MOST_CHOICES]:
            items = {one.path: fact for one, fact in zip(chosen, words, strict=True)}
            for base in self._bases(indicator, numbers, items) if numbers else ({},):
                for one in numbers:
                    rest = {path: fact for path, fact in base.items() if path != one.path}
                    yield from self._along(indicator, one, {**items, **rest})
            if not numbers:
                yield from self._written(indicator, items, cells)

    def _bases(self, indicator: Indicator, numbers: list[Unknown], items: Mapping[str, Fact]) -> list[dict[str, Fact]]:
        """Values of the numbers, for all but the one that goes through its thresholds: those of the first test of the indicator,
        and these with a day of every period of which the rule says something else."""
        if len(numbers) == 1:
            return [{}]
        first = self._first(indicator, numbers)
        return [first, *(other for one in numbers if one.expected.kind is Kind.DATE for other in self._of_periods(indicator, one, numbers, {**items, **first}))]

    def _first(self, indicator: Indicator, numbers: list[Unknown]) -> dict[str, Fact]:
        paths = [one.path for one in numbers]
        for facts, expected in self.supposed:
            said = {path: Fact(facts.of(path).value) for path in paths}
            if indicator.path in expected and not any(isinstance(fact.value, Absent) for fact in said.values()):
                return said
        return {one.path: Fact(one.value(self._ordinary(one))) for one in numbers}

    def _of_periods(self, indicator: Indicator, day: Unknown, numbers: list[Unknown], base: Mapping[str, Fact]) -> Iterator[dict[str, Fact]]:
        """*base* with one day of each period for which another number has other thresholds or points."""
        others = [one for one in numbers if one is not day and one.expected.kind is not Kind.DATE]
        known = [self._lines(indicator, others, base)]
        for edge in sorted(only_compared((self.ruleset,), indicator, day.path) or ()):
            for at in (edge - 1, edge, edge + 1):
                items = {**base, day.path: Fact(day.value(at))}
                if (lines := self._lines(indicator, others, items)) not in known:
                    known.append(lines)
                    yield {one.path: items[one.path] for one in numbers}

    def _lines(self, indicator: Indicator, numbers: list[Unknown], base: Mapping[str, Fact]) -> list[object]:
        """What each of the *numbers* gives in its regions, in a shape that can be compared."""
        return [[(p.region, p.undecided, p.value and (p.value.row.status, _told(p.value.low), _told(p.value.high))) for p in by_score(
            pieces(self.exact, indicator, one, self.unknowns.domain(one, indicator), {path: fact for path, fact in base.items() if path != one.path}))]
            for one in numbers]

    def _ordinary(self, one: Unknown) -> Fraction:
        return days(self.ruleset)[0] if one.expected.kind is Kind.DATE else Fraction(100)

    def _along(self, indicator: Indicator, one: Unknown, items: Mapping[str, Fact]) -> Iterator[Line]:
        domain = self.unknowns.domain(one, indicator)
        found = by_score(pieces(self.exact, indicator, one, domain, items))
        for x in beside_each(found, domain, lambda x: self._points(indicator, {**items, one.path: Fact(one.value(x))})):
            values = {**items, one.path: Fact(one.value(x))}
            if not self._is_tested(indicator, values):
                yield from self._written(indicator, values, [one])

    def _points(self, indicator: Indicator, items: Mapping[str, Fact]) -> tuple[object, ...]:
        """What tells a score from another."""
        made = scored(self.ruleset, indicator, items)
        return made.row.status, made.low, made.high

    def _is_tested(self, indicator: Indicator, values: Mapping[str, Fact]) -> bool:
        return any(indicator.path in expected and all(facts.of(path).value == fact.value for path, fact in values.items())
                   for facts, expected in self.supposed)

    def _written(self, indicator: Indicator, items: Mapping[str, Fact], of: list[Unknown]) -> Iterator[Line]:
        """The test at these values; none where the indicator has no score there."""
        given = [f"给定 {self._name(path)} = {_value(fact.value)}" for path, fact in items.items()]
        row = scored(self.ruleset, indicator, items)
        expected = self._expected(indicator, row, given)
        if expected:
            at = "，".join(f"{path.rpartition('/')[2]} {_value(items[path].value)}" for path in dict.fromkeys([*(u.path for u in of), *items]))
            name = f"界限：{indicator.name}，{at}".replace("「", "").replace("」", "")
            yield Line(indicator.path, name, (*given, expected))

    def _expected(self, indicator: Indicator, made: Scored, given: list[str]) -> str:
        name = self._name(indicator.path)
        match made.row.status:
            case Status.SCORED if made.row.score is not None:
                return f"期望 {name} 得 {_number(made.row.score)}分"
            case Status.NOT_APPLICABLE if made.row.score is None:
                return f"期望 {name} 不适用"
            case Status.MANUAL if any(isinstance(s, JudgementStep) and s.judgement.low_closed for s in made.row.outcome.steps):
                given.append(f"给定 {_quoted(f'{self._full(indicator.path)}.评定得分')} = {_number(made.row.low)}分")
                return f"期望 {name} 得 {_number(made.row.low)}分"
        return ""

    def _full(self, path: str) -> str:
        """The name alone, or the path where another is called so."""
        leaf = path.rpartition("/")[2]
        return path if leaf in self.doubled else leaf

    def _name(self, path: str) -> str:
        full = self._full(path)
        return full if _BARE.fullmatch(full) and not _STARTS.match(full) else _quoted(full)


def _quoted(name: str) -> str:
    return f"「{name}」"


def _told(number: Number) -> object:
    return (number.top, number.bottom) if isinstance(number, Form) else number


def _value(value: Value | Absent) -> str:
    match value:
        case Quantity():
            return f"{_number(value.shown)}{value.unit.symbol}"
        case date():
            return value.isoformat()
        case Absent():
            return value.value
    return value if _BARE.fullmatch(value) else _quoted(value)


def _number(value: Fraction) -> str:
    return exact_text(value).replace("-", "−")
