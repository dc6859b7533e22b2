"""What a new ruleset does to last year's units: who gains, who loses, who gets another grade, and which edit does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from perfdsl.compare.align import aligned
from perfdsl.compare.diff import title
from perfdsl.compare.edits import Edits
from perfdsl.compare.game import ORDERS, Game, Mixtures, Unscored
from perfdsl.compare.shapley import Shares
from perfdsl.compare.units import Known, read_units
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import record
from perfdsl.score import scorecard
from perfdsl.score.grading import best_first
from perfdsl.score.scorecard import Scorecard, is_boundless

JOINT = -1
"""Stands for all edits together where some mixture of them gives the unit no score."""
NO_GRADE = "没有等级"


@record
class Share:
    """What one edit adds to or takes from a total; `error` is its standard error where orders were sampled."""

    edit: int
    points: Fraction
    error: Fraction | None = None


@record
class UnitImpact:
    """A unit under both rulesets.  `shares` add up to the change to the last digit; those that are 0 are left out."""

    key: str
    name: str
    file: str
    old: Fraction
    new: Fraction
    old_grade: str | None
    new_grade: str | None
    shares: tuple[Share, ...]

    @property
    def change(self) -> Fraction:
        return self.new - self.old

    @property
    def is_touched(self) -> bool:
        return self.change != 0 or self.old_grade != self.new_grade


@record
class Uncompared:
    """A unit that has no total under one of the rulesets, and why."""

    name: str
    file: str
    why: str


@record
class Ranged:
    """A unit whose data leave something of the new ruleset open: between what its new total lies, and which cells are to be filled (`lacking`)."""

    key: str
    name: str
    file: str
    old: Fraction
    low: Fraction
    high: Fraction
    old_grade: str | None
    grades: tuple[str, ...]
    lacking: tuple[str, ...]


@record
class Impact:
    """All units; `ranged` are those of which only a range can be told; `edits` are the edits in words.

    `mean` has the mean of each edit's part over all units that were compared.

    `grades` are the grades with how many units have them before and after; `crossings` from which to which how many go.
    `orders`: how many orders were sampled where the parts are not exact, else 0.
    """

    old: str
    new: str
    units: tuple[UnitImpact, ...]
    ranged: tuple[Ranged, ...]
    uncompared: tuple[Uncompared, ...]
    edits: tuple[str, ...]
    mean: tuple[Share, ...]
    grades: tuple[tuple[str, int, int], ...]
    crossings: tuple[tuple[str, str, int], ...]
    found: tuple[Diagnostic, ...]
    orders: int

    @property
    def lacking(self) -> list[str]:
        """The cells that some unit has not filled and the new ruleset asks for."""
        return list(dict.fromkeys(name for one in self.ranged for name in one.lacking))

    @property
    def touched(self) -> list[UnitImpact]:
        """The units whose total or grade changes, those that lose most first."""
        return sorted((unit for unit in self.units if unit.is_touched), key=lambda unit: (unit.change, unit.name))

    @property
    def mean_change(self) -> Fraction:
        return sum((unit.change for unit in self.units), Fraction(0)) / max(len(self.units), 1)


def impact(old: Ruleset, new: Ruleset, data: Iterable[str], found: Sequence[Diagnostic] = ()) -> Impact:
    """Every unit in *data* under both rulesets; *found* is what was found in the rulesets: with an error there are no grades."""
    alignment = aligned(old, new)
    edits = Edits(alignment)
    mixtures = Mixtures(edits)
    read = read_units(data, old, new, alignment.names)
    units: list[UnitImpact] = []
    ranged: list[Ranged] = []
    lacking = [Uncompared(name, file, "同一单位、同一年度出现两次，只计前一次") for name, file in read.twice]
    for known in read.units:
        cards = [scorecard(ruleset, known.under(ruleset), found) for ruleset in (alignment.old, new)]
        why = _why_not(cards)
        if why and _has_range(cards):
            ranged.append(_ranged(known, cards))
        elif why:
            lacking.append(Uncompared(known.name, known.file, why))
        else:
            units.append(_unit(known, cards, Game(mixtures, known)))
    return Impact(title(old), title(new), tuple(units), tuple(ranged), tuple(lacking), tuple(edit.label for edit in edits.edits), _mean(units),
                  _grades(units, old, new), _crossings(units), read.found, ORDERS if any(s.error is not None for u in units for s in u.shares) else 0)


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
    return Ranged(known.key, known.name, known.file, old.score, new.low, new.high, old.grade, new.grades, tuple(dict.fromkeys(_cells(cards[1]))))


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
    return UnitImpact(known.key, known.name, known.file, old.score, new.score, old.grade, new.grade, told)


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
