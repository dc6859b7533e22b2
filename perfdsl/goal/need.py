"""For which values of one unknown is the aim reached, all else as it is?"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from perfdsl.goal.aim import Aim
from perfdsl.goal.cells import Asked
from perfdsl.goal.whole import MOST_PIECES, Standing, Whole
from perfdsl.model.ruleset import Indicator
from perfdsl.prove.line import Piece, explore, merged
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import contains, inside
from perfdsl.record import record
from perfdsl.regions import Region

Value = Fraction | str


@record
class Met:
    """For one value of an unknown: is the aim reached whatever is open, and can it be?"""

    surely: bool
    possibly: bool


@record
class At:
    """One value of the unknown and what the interpreter gives for it: the row's points and the whole."""

    value: Value
    points: tuple[Fraction, Fraction]
    low: Fraction
    high: Fraction
    grades: tuple[str, ...]


@record
class Need:
    """What one unknown must be.

    `regions`, `words`: where the aim is reached however what is open turns out; `maybe_regions`, `maybe_words`: where it is reached
    only if that turns out best.  `undecided` are regions of which neither is known, with the reason.  `nearest` is the value
    closest to what stands there now from which it is reached; `now` what stands there.
    """

    asked: Asked
    indicators: tuple[Indicator, ...]
    reached: bool
    regions: tuple[Region, ...]
    maybe_regions: tuple[Region, ...]
    words: tuple[str, ...]
    maybe_words: tuple[str, ...]
    undecided: tuple[tuple[Region, str], ...]
    now: At | None
    nearest: At | None

    @property
    def possible(self) -> bool:
        return bool(self.regions or self.words)

    @property
    def maybe(self) -> bool:
        return bool(self.maybe_regions or self.maybe_words)


def need(whole: Whole, aim: Aim, asked: Asked, indicators: tuple[Indicator, ...]) -> Need:
    """What *asked* must be for *aim*."""
    if asked.domain is None:
        return _of_words(whole, aim, asked, indicators)
    found = explore(_asking(whole, aim, asked), asked.domain, MOST_PIECES)
    pieces = merged(found, lambda a, b: a.value == b.value and a.undecided == b.undecided)
    sure, maybe = _where(pieces, lambda m: m.surely), _where(pieces, lambda m: m.possibly and not m.surely)
    now = at(whole, asked, indicators, asked.now)
    place = nearest(sure or maybe, asked.now if isinstance(asked.now, Fraction) else None, asked.domain.whole)
    place = _given(place, sure or maybe, whole) if asked.chosen and place is not None else place
    reached = aim.surely(whole.now)
    return Need(asked, indicators, reached, sure, maybe, (), (), tuple((p.region, p.undecided) for p in pieces if p.value is None),
                now, at(whole, asked, indicators, place))


def _asking(whole: Whole, aim: Aim, asked: Asked) -> Callable[[Number], Met]:
    def ask(number: Number) -> Met:
        standing = whole.at(asked.given(number))
        return Met(aim.surely(standing), aim.possibly(standing))

    return ask


def _where(pieces: list[Piece[Met]], test: Callable[[Met], bool]) -> tuple[Region, ...]:
    marked = [Piece(p.region, p.value is not None and test(p.value)) for p in pieces]
    return tuple(p.region for p in merged(marked, lambda a, b: a.value == b.value) if p.value)


def _of_words(whole: Whole, aim: Aim, asked: Asked, indicators: tuple[Indicator, ...]) -> Need:
    met = {word: Met(aim.surely(s), aim.possibly(s)) for word in asked.words for s in [whole.at(asked.given(word))]}
    sure = tuple(w for w, m in met.items() if m.surely)
    maybe = tuple(w for w, m in met.items() if m.possibly and not m.surely)
    place = next(iter(sure or maybe), None)
    return Need(asked, indicators, aim.surely(whole.now), (), (), sure, maybe, (), at(whole, asked, indicators, asked.now),
                at(whole, asked, indicators, place))


def at(whole: Whole, asked: Asked, indicators: tuple[Indicator, ...], value: Value | None) -> At | None:
    """What the interpreter gives where the unknown is *value*."""
    if value is None:
        return None
    return told(whole.at(asked.given(value)), indicators, value)


def told(standing: Standing, indicators: tuple[Indicator, ...], value: Value) -> At:
    row = standing.rows[indicators[0].path]
    grades = () if standing.barred is True else standing.grades
    return At(value, (row.low, row.high), standing.low, standing.high, grades)


def nearest(regions: tuple[Region, ...], now: Fraction | None, whole: bool) -> Fraction | None:
    """The place in *regions* closest to *now*; a little inside where an end does not belong to its region; the lowest where *now* is None."""
    if not regions:
        return None
    if now is None:
        return _closest(regions[0], regions[0].low if regions[0].low is not None else Fraction(0), whole)
    return min((_closest(region, now, whole) for region in regions), key=lambda place: abs(place - now))


def _given(place: Fraction, regions: tuple[Region, ...], whole: Whole) -> Fraction:
    """The points nearest to *place* that an officer can give: of as many decimals as the item's score has."""
    rounding = whole.ruleset.item_rounding
    grain = Fraction(1, 10 ** (rounding.places if rounding is not None and rounding.places is not None else 2))
    sides = [place // grain * grain, -(-place // grain) * grain]
    able = [one for one in sides if any(contains(region, one) for region in regions)]
    return min(able, key=lambda one: abs(one - place), default=place)


def _closest(region: Region, now: Fraction, whole: bool) -> Fraction:
    if contains(region, now) and (not whole or now.denominator == 1):
        return now
    end, closed = (region.low, region.low_closed) if region.low is not None and now <= region.low else (region.high, region.high_closed)
    if end is None:
        return inside(region, whole)
    if closed:
        return end
    return _short_inside(region, end)


def _short_inside(region: Region, end: Fraction) -> Fraction:
    """The first place of few decimals inside an open *end*."""
    for places in range(7):
        grain = Fraction(1, 10**places)
        place = (end // grain + 1) * grain if end == region.low else (-(-end // grain) - 1) * grain
        if contains(region, place) and abs(place - end) * 100 <= max(abs(end), Fraction(1)):
            return place
    return inside(region)
