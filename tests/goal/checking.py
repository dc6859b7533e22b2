"""The plain way to see whether an aim is reached: one scorecard for one value."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from perfdsl.data.facts import Fact, Facts
from perfdsl.goal.aim import Aim
from perfdsl.goal.cells import Asked
from perfdsl.goal.need import Need
from perfdsl.model.ruleset import Ruleset
from perfdsl.prove.line import Domain
from perfdsl.prove.region import contains, cut, inside
from perfdsl.record import changed
from perfdsl.regions import Region
from perfdsl.score import scorecard
from perfdsl.score.scorecard import Scorecard

TINY = Fraction(1, 10**6)


def card(ruleset: Ruleset, facts: Facts, items: dict[str, Fact]) -> Scorecard:
    return scorecard(ruleset, changed(facts, items={**facts.items, **items}))


def surely(ruleset: Ruleset, facts: Facts, aim: Aim, items: dict[str, Fact]) -> bool:
    """Whether the scorecard says that the aim is reached, whatever is open."""
    total = card(ruleset, facts, items).total
    if aim.points is not None:
        return total.low >= aim.points
    if total.score is not None:
        return total.grade in aim.grades
    return bool(total.grades) and set(total.grades) <= set(aim.grades)


def tried(domain: Domain, regions: tuple[Region, ...], share: Fraction) -> Iterator[Fraction]:
    """Places of the domain: every end, just beside it, inside and outside every region, and one at *share* of the way."""
    ends = {end for region in (*regions, domain.region) for end in (region.low, region.high) if end is not None}
    step = Fraction(1) if domain.whole else TINY
    beside = {place for end in ends for place in (end - step, end, end + step)}
    for region in cut(domain.region, ends, domain.whole):
        low, high = region.low, region.high
        beside.add(inside(region, domain.whole))
        if low is not None and high is not None and not domain.whole:
            beside.add(low + (high - low) * share)
    far = [Fraction(10**6) + share.numerator, Fraction(int(1000 * share))]
    yield from sorted(x for x in (*beside, *far) if contains(domain.region, x) and (not domain.whole or x.denominator == 1))


def claimed(need: Need, place: Fraction) -> bool:
    return any(contains(region, place) for region in need.regions)


def known(need: Need, place: Fraction) -> bool:
    return not any(contains(region, place) for region, _ in need.undecided)


def check_need(ruleset: Ruleset, facts: Facts, aim: Aim, need: Need, share: Fraction = Fraction(3, 7)) -> int:
    """Every claim of *need* against the scorecards; how many places were tried."""
    asked: Asked = need.asked
    if asked.domain is None:
        for word in asked.words:
            assert surely(ruleset, facts, aim, asked.given(word)) == (word in need.words), (asked.name, word)
        return len(asked.words)
    places = [x for x in tried(asked.domain, need.regions, share) if known(need, x)]
    for place in places:
        assert surely(ruleset, facts, aim, asked.given(place)) == claimed(need, place), (asked.name, place, need.regions)
    return len(places)
