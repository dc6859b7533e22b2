"""What can be changed about an indicator: its cells, the data that its rule reads, the points that an officer gives."""

from __future__ import annotations

from fractions import Fraction

from perfdsl.data.facts import Absent, Fact, Value
from perfdsl.data.names import Actual, actual_of
from perfdsl.goal.whole import Whole
from perfdsl.model.needs import mentions
from perfdsl.model.ruleset import PRIOR, Indicator, Kind, Outcome, Part
from perfdsl.prove.line import Domain
from perfdsl.prove.numberlike import Number
from perfdsl.prove.unknown import Unknown, Unknowns
from perfdsl.quantity import Quantity, decimal_text
from perfdsl.record import changed, record
from perfdsl.regions import Region
from perfdsl.score.scorecard import JudgementStep, Row

_SET = ("评价基准日", "地区")


@record
class Asked:
    """One unknown of an indicator: a cell, or (`chosen`) the points an officer gives, there with `word` in the cell where that is not None.

    `domain` is None where the cell holds one of `words`.
    """

    unknown: Unknown
    fact: Fact
    domain: Domain | None
    words: tuple[str, ...] = ()
    chosen: bool = False
    word: str | None = None

    @property
    def path(self) -> str:
        return self.unknown.path

    @property
    def name(self) -> str:
        return self.unknown.name + (".评定得分" if self.chosen else "")

    def given(self, value: Number | str) -> dict[str, Fact]:
        """The fact with *value* (the officer's points, where these are asked for), for all else as it is."""
        if self.chosen:
            kept = self.fact.value if self.word is None else self.word
            return {self.path: changed(self.fact, value=kept, chosen=value)}
        return {self.path: changed(self.fact, value=value if isinstance(value, str) else self.unknown.value(value))}

    @property
    def is_set(self) -> bool:
        """Whether it is no unit's to choose: the day by which it is scored, and where it lies."""
        return self.path in _SET

    @property
    def now(self) -> Fraction | str | None:
        """What stands there now, as `given` takes it; None where nothing does."""
        if self.chosen:
            return self.fact.chosen if self.word is None or self.word == self.fact.value else None
        return None if isinstance(self.fact.value, Absent) else _number(self.unknown, self.fact.value)

    def text(self, value: Fraction | str) -> str:
        """*value* as people write it."""
        if isinstance(value, str):
            return value
        return f"{decimal_text(value)}分" if self.chosen else self.unknown.text(value)


def _number(unknown: Unknown, value: Value) -> Fraction | str:
    if isinstance(value, Quantity):
        return value.amount / (unknown.expected.unit.factor if unknown.expected.unit else 1)
    return value if isinstance(value, str) else Fraction(value.toordinal())


def cells_of(whole: Whole, indicator: Indicator) -> list[str]:
    """The cells that are the indicator's own or data that it reads itself; the value of another year is past changing unless it is not there."""
    inputs = whole.ruleset.inputs()
    own = [part.path for part in indicator.parts] or ([indicator.path] if actual_of(indicator) is Actual.CELL else [])
    data = {name for datum in whole.ruleset.data for name in (datum.name, datum.name + PRIOR)}
    read = sorted(mentions(whole.ruleset)[indicator.path] & data)
    return [one for one in dict.fromkeys([*own, *read])
            if one in inputs and (not one.endswith(PRIOR) or isinstance(whole.fact(one).value, Absent))]


def asked_of(whole: Whole, indicator: Indicator) -> list[Asked]:
    """The unknowns of the indicator, its own first."""
    unknowns, inputs = Unknowns(whole.ruleset), whole.ruleset.inputs()
    made: list[Asked] = []
    for path in cells_of(whole, indicator):
        unknown = Unknown(path, inputs[path])
        judged = _judged(whole, unknown, unknowns, indicator) if path == indicator.path or indicator.parts else []
        made += judged or [_cell(whole, unknown, unknowns, indicator)]
    return made


def _cell(whole: Whole, unknown: Unknown, unknowns: Unknowns, indicator: Indicator) -> Asked:
    fact = whole.fact(unknown.path)
    if unknown.is_chosen:
        return Asked(unknown, fact, None, unknown.expected.options or _words(unknowns.words(unknown), indicator, unknown.path))
    return Asked(unknown, fact, _wide_enough(unknowns.domain(unknown, indicator), unknown, fact))


def _words(known: tuple[str, ...], indicator: Indicator, path: str) -> tuple[str, ...]:
    """Of the words that the ruleset knows, those that are no target of another item."""
    items: tuple[Indicator | Part, ...] = (indicator, *indicator.parts)
    own = {case.target.words for item in items if item.path == path for case in item.targets if isinstance(case.target, Outcome)}
    return tuple(w for w in known if w in own or w == known[-1]) if own else known


def _wide_enough(domain: Domain, unknown: Unknown, fact: Fact) -> Domain:
    """The domain, wider where what stands in the cell lies outside it."""
    if isinstance(fact.value, Absent):
        return domain
    now = _number(unknown, fact.value)
    if isinstance(now, str) or domain.region.low is None or now >= domain.region.low:
        return domain if isinstance(now, str) or now.denominator == 1 else Domain(domain.region)
    return Domain(Region(None, domain.region.high, False, domain.region.high_closed), domain.whole and now.denominator == 1)


# ---- officers' points


def _judged(whole: Whole, unknown: Unknown, unknowns: Unknowns, indicator: Indicator) -> list[Asked]:
    """The points that an officer gives: with what stands in the cell, or else with each word that leads to a judgement."""
    fact = whole.fact(unknown.path)
    words = unknowns.words(unknown) if unknown.is_chosen else ()
    waiting: list[str | None] = [None] if not isinstance(fact.value, Absent) else []
    waiting += [w for w in words if w != fact.value and unknown.expected.kind is Kind.CHOICE]
    made = []
    for word in waiting or [None]:
        kept = fact.value if word is None else word
        row = whole.at({unknown.path: changed(fact, value=kept, chosen=None)}).rows[indicator.path]
        if (step := _judgement(row, unknown.path)) is not None:
            node = step.judgement
            made.append(Asked(unknown, fact, Domain(Region(step.low, step.high, node.low_closed, node.high_closed)), (), True, word))
    return made


def _judgement(row: Row, path: str) -> JudgementStep | None:
    outcome = next((p.outcome for p in row.parts if p.part.path == path), row.outcome)
    return next((step for step in outcome.steps if isinstance(step, JudgementStep)), None)
