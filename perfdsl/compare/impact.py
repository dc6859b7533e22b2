"""What a new ruleset does to last year's units: who gains, who loses, who gets another grade, and which edit does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from importlib.util import find_spec
from typing import TYPE_CHECKING

from perfdsl.compare.affected import JOINT, NO_GRADE, Impact, Ranged, Share, Uncompared, UnitImpact
from perfdsl.compare.align import aligned
from perfdsl.compare.diff import title
from perfdsl.compare.edits import Edits
from perfdsl.compare.game import ORDERS, Game, Unscored
from perfdsl.compare.mixtures import Mixtures
from perfdsl.compare.shapley import Shares
from perfdsl.compare.units import Known, read_units
from perfdsl.diagnostics import Diagnostic, errors
from perfdsl.model.ruleset import Ruleset
from perfdsl.score import scorecard
from perfdsl.score.grading import best_first
from perfdsl.score.scorecard import Scorecard, is_boundless

if TYPE_CHECKING:
    from perfdsl.compare.in_columns import Found, InColumns


GROUP = 8_192
"""Units that are looked at together."""
FEW = 100
"""Fewer units than these are quicker one by one, whatever the rulesets."""


def impact(old: Ruleset, new: Ruleset, data: Iterable[str], found: Sequence[Diagnostic] = ()) -> Impact:
    """Every unit in *data* under both rulesets; *found* is what was found in the rulesets: with an error there are no grades."""
    alignment = aligned(old, new)
    every = _Every(Mixtures(Edits(alignment)), new, found)
    read = read_units(data, old, new, alignment.names)
    every.lacking += [_uncompared(twice.unit, "同一单位、同一年度出现两次，只计前一次") for twice in read.twice]
    for start in range(0, len(read.units), GROUP):
        every.add(read.units[start:start + GROUP])
    return every.impact(old, read.found)


class _Every:
    """The units so far."""

    def __init__(self, mixtures: Mixtures, new: Ruleset, found: Sequence[Diagnostic]) -> None:
        self.mixtures, self.new, self.found = mixtures, new, found
        self.units: list[UnitImpact] = []
        self.ranged: list[Ranged] = []
        self.lacking: list[Uncompared] = []
        self._columns: InColumns | None = None

    def add(self, units: Sequence[Known]) -> None:
        """By columns what can be; the others one by one."""
        told = self._told(units) if len(units) >= FEW and find_spec("numpy") else {}
        for at, known in enumerate(units):
            if at in told:
                self.units.append(_of_columns(known, told[at]))
            else:
                self._alone(known)

    def _told(self, units: Sequence[Known]) -> dict[int, Found]:
        from perfdsl.compare.in_columns import InColumns

        self._columns = self._columns or InColumns(self.mixtures, self.new, not errors(self.found))
        return self._columns.of_known(units)

    def _alone(self, known: Known) -> None:
        cards = [scorecard(ruleset, known.under(ruleset), self.found) for ruleset in (self.mixtures.edits.components.old, self.new)]
        why = _why_not(cards)
        if why and _has_range(cards):
            self.ranged.append(_ranged(known, cards))
        elif why:
            self.lacking.append(_uncompared(known, why))
        else:
            self.units.append(_unit(known, cards, Game(self.mixtures, known)))

    def impact(self, old: Ruleset, found: Sequence[Diagnostic]) -> Impact:
        units, new = self.units, self.new
        sampled = any(share.error is not None for unit in units for share in unit.shares)
        return Impact(title(old), title(new), tuple(units), tuple(self.ranged), tuple(self.lacking),
                      tuple(edit.label for edit in self.mixtures.edits.edits), _mean(units), _grades(units, old, new), _crossings(units),
                      tuple(found), ORDERS if sampled else 0)


def _of_columns(known: Known, found: Found) -> UnitImpact:
    shares = tuple(Share(n, points) for n, points in sorted(found.parts.items()))
    return UnitImpact(known.key, known.old.code, known.name, known.file, found.old, found.new, found.old_grade, found.new_grade, shares)


def _uncompared(known: Known, why: str) -> Uncompared:
    return Uncompared(known.old.code, known.name, known.file, why)


def _why_not(cards: Sequence[Scorecard]) -> str:
    """Why a unit has no total, under which ruleset."""
    said = [f"按{which}规则没有总分：{_open(card)}" for which, card in zip(("原", "新"), cards, strict=True) if card.total.score is None]
    return "；".join(said)


def _open(card: Scorecard) -> str:
    waiting = [decider.row.indicator.name for decider in card.total.deciders]
    names = "、".join(f"「{name}」" for name in dict.fromkeys([*waiting, *card.total.waiting]))
    return f"{names}没有得分或没有填" if names else "适用的指标承担不了「不适用」的分值"


def _has_range(cards: Sequence[Scorecard]) -> bool:
    """Whether the old total is there, and the new one lies between two ends."""
    old, new = (card.total for card in cards)
    return old.score is not None and new.base is not None and not (is_boundless(new.low) or is_boundless(new.high))


def _ranged(known: Known, cards: Sequence[Scorecard]) -> Ranged:
    old, new = (card.total for card in cards)
    assert old.score is not None  # `_has_range` has looked
    lacking = tuple(dict.fromkeys(_cells(cards[1])))
    return Ranged(known.key, known.old.code, known.name, known.file, old.score, new.low, new.high, old.grade, new.grades, lacking)


def _cells(card: Scorecard) -> Iterator[str]:
    """What is to be filled before the total stands, by its short name."""
    for decider in card.total.deciders:
        outcomes = (decider.row.outcome, *(part.outcome for part in decider.row.parts))
        names = [name for outcome in outcomes for name in outcome.waiting_for]
        yield from (name.rpartition("/")[2] for name in names or [decider.row.indicator.name])
    yield from card.total.waiting


def _unit(known: Known, cards: Sequence[Scorecard], game: Game) -> UnitImpact:
    old, new = (card.total for card in cards)
    assert old.score is not None  # `_why_not` has looked
    assert new.score is not None
    try:
        shares = game.shares()
    except Unscored:
        shares = _together(new.score - old.score)
    if sum(shares.parts.values(), Fraction(0)) != new.score - old.score:  # weights that do not add up leave mixtures without a like meaning
        shares = _together(new.score - old.score)
    told = tuple(Share(n, points, shares.errors.get(n)) for n, points in sorted(shares.parts.items()) if points or shares.errors.get(n))
    return UnitImpact(known.key, known.old.code, known.name, known.file, old.score, new.score, old.grade, new.grade, told)


def _together(change: Fraction) -> Shares:
    return Shares({JOINT: change}, {})


def _mean(units: Sequence[UnitImpact]) -> tuple[Share, ...]:
    """The mean part of each edit, the weightiest first."""
    parts: dict[int, Fraction] = {}
    for share in (share for unit in units for share in unit.shares):
        parts[share.edit] = parts.get(share.edit, Fraction(0)) + share.points
    return tuple(sorted((Share(n, points / len(units)) for n, points in parts.items()), key=lambda s: (-abs(s.points), s.edit)))


def _grades(units: Sequence[UnitImpact], old: Ruleset, new: Ruleset) -> tuple[tuple[str, int, int], ...]:
    """How many units have each grade before and after; nothing where no unit was compared."""
    if not units:
        return ()
    before, after = Counter(unit.old_grade or NO_GRADE for unit in units), Counter(unit.new_grade or NO_GRADE for unit in units)
    names = dict.fromkeys([*best_first(new), *best_first(old), NO_GRADE])
    return tuple((name, before[name], after[name]) for name in names if name != NO_GRADE or before[name] or after[name])


def _crossings(units: Sequence[UnitImpact]) -> tuple[tuple[str, str, int], ...]:
    pairs = Counter((unit.old_grade or NO_GRADE, unit.new_grade or NO_GRADE) for unit in units if unit.old_grade != unit.new_grade)
    return tuple((old, new, count) for (old, new), count in sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0])))
