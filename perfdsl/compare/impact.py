"""What a new ruleset does to last year's units: who gains, who loses, who gets another grade, and which edit does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from perfdsl.compare.affected import NO_GRADE, Impact, Share, UnitImpact
from perfdsl.compare.diff import title
from perfdsl.compare.every import Every
from perfdsl.compare.game import ORDERS
from perfdsl.diagnostics import Diagnostic
from perfdsl.model.ruleset import Ruleset
from perfdsl.score.grading import best_first


def impact(old: Ruleset, new: Ruleset, data: Iterable[str], found: Sequence[Diagnostic] = ()) -> Impact:
    """Every unit in *data* under both rulesets; *found* is what was found in the rulesets: with an error there are no grades.

    Raises `perfdsl.batch.extra.Lacking` for a table that needs a package which is not there.
    """
    every = Every(old, new, found)
    every.read(data)
    units = every.units
    sampled = any(share.error is not None for unit in units for share in unit.shares)
    return Impact(title(old), title(new), tuple(units), tuple(every.ranged), tuple(every.lacking),
                  tuple(edit.label for edit in every.mixtures.edits.edits), _mean(units), _grades(units, old, new), _crossings(units),
                  tuple(dict.fromkeys(every.found)), ORDERS if sampled else 0)


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
