"""One unit under both rulesets by the exact interpreter, and the part of each edit in the change of its total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from perfdsl.compare.affected import JOINT, Ranged, Share, Uncompared, UnitImpact
from perfdsl.compare.game import Game, Unscored
from perfdsl.compare.mixtures import Mixtures
from perfdsl.compare.shapley import Shares
from perfdsl.compare.units import Known
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.score import scorecard
from perfdsl.score.scorecard import Scorecard, is_boundless


def compared(known: Known, mixtures: Mixtures, new: Ruleset, found: Sequence[Diagnostic]) -> UnitImpact | Ranged | Uncompared:
    """What the new ruleset does to the unit; *found* is what was found in the rulesets."""
    cards = [scorecard(ruleset, known.under(ruleset), found) for ruleset in (mixtures.edits.components.old, new)]
    why = _why_not(cards)
    if why and _has_range(cards):
        return _ranged(known, cards)
    return _uncompared(known, why) if why else _unit(known, cards, Game(mixtures, known))


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


