"""What the items come to together, as a tree: the total, what it can still be, the grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from perfdsl.diagnostics import Diagnostic, errors, in_order
from perfdsl.plan.cells import AnyFacts
from perfdsl.plan.items import Frame, terms
from perfdsl.plan.quotients import Terms
from perfdsl.plan.tree import Tree
from perfdsl.plan.unit import AnyUnit, Known
from perfdsl.plan.world import World, tree_of
from perfdsl.record import record
from perfdsl.score import weights_off
from perfdsl.score.groups import OPEN
from perfdsl.score.scorecard import Row, Status, Total
from perfdsl.score.total import bare_total


class Standing(IntEnum):
    """What the whole of a unit has come to."""

    GRADED = 0
    """A total, and a grade where the ruleset has grades."""
    OPEN = 1
    """Something is missing or waits for an officer: the total is a range."""
    NO_TOTAL = 2
    """Nothing applies, so there is nothing to add up."""
    BARRED = 3
    """不得参评."""
    FAULTY = 4
    """Scored, but an error stands: no grade where it is one of an item or a weight, a grade where only what hangs on the total is wrong."""


@record
class Whole:
    """One way in which a whole comes about.  `score` is None where there is none; it, `low` and `high` are rounded.

    `ends` are the least and the greatest total before they are rounded, where something is open or the grade undecided.  `waiting` are the
    names of the cells that what is said of the whole waits for, `faults` the codes of what is wrong with it.
    """

    standing: Standing
    score: Terms | None
    low: Terms
    high: Terms
    grade: str
    ends: tuple[Terms, Terms] | None = None
    waiting: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


def whole_tree(frame: Frame, statuses: Mapping[str, Status], not_negative: frozenset[str], gradeable: bool,
               stumbling: Sequence[Tree[tuple[Diagnostic, ...]]] = ()) -> Tree[Whole]:
    """What comes of items with these statuses; *gradeable*: no error stands in the ruleset.  *stumbling*: what is found wrong when more is told."""
    known = Known(tuple(statuses.items()), not_negative)

    def ask(world: World) -> Whole:
        unit = AnyUnit(frame.ruleset, AnyFacts(frame.ruleset, world, frame.judged, frame.wanted), known, world)
        rows = unit.rows()
        off = weights_off(frame.ruleset, unit.ruleset, bool(unit.waiting))
        sound = gradeable and not off
        made, ends = bare_total(unit, rows, sound, not _is_open(rows))
        if made.unrounded is not None and made.grade is None and made.grades and not made.barred:
            ends = made.unrounded, made.unrounded
        unit.found += [fault for tree in stumbling for fault in world.follow(tree)]
        faults = tuple(one.code for one in in_order([*off, *unit.found]))
        return Whole(standing(made, rows, sound and not errors(unit.found)), None if made.score is None else terms(made.score), terms(made.low),
                     terms(made.high), made.grade or "", None if ends is None else (terms(ends[0]), terms(ends[1])), made.waiting, faults)

    return tree_of(frame.unknowns, ask)


def _is_open(rows: tuple[Row, ...]) -> bool:
    return any(row.status in OPEN for row in rows)


def standing(total: Total, rows: tuple[Row, ...], sound: bool) -> Standing:
    """What a total means; *sound*: no error stands."""
    if total.barred:
        return Standing.BARRED
    if total.score is None:
        return Standing.OPEN if _is_open(rows) or total.waiting else Standing.NO_TOTAL
    return Standing.GRADED if sound else Standing.FAULTY
