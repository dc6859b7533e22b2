"""The clauses on the total and the grade of two rulesets, matched and merged."""

from __future__ import annotations

from perfdsl.model.effects import Effect

Two = tuple[Effect | None, Effect | None]


def effect_pairs(old: tuple[Effect, ...], new: tuple[Effect, ...]) -> list[Two]:
    """The clauses that are in one ruleset only; two of one kind, in their order, are one that was changed."""
    if [one for one in old if one in new] != [one for one in new if one in old]:
        return [(None, one) for one in new] + [(one, None) for one in old]
    before, after = [one for one in old if one not in new], [one for one in new if one not in old]
    pairs: list[Two] = []
    for one in before:
        other = next((x for x in after if type(x) is type(one)), None)
        after = [x for x in after if x is not other]
        pairs.append((one, other))
    return [*pairs, *((None, one) for one in after)]


def merged_effects(old: tuple[Effect, ...], new: tuple[Effect, ...]) -> list[Effect]:
    """All clauses in the order of the new ruleset, each that is only in the old one behind what it stood behind there."""
    made = list(new)
    place = 0
    reordered = [one for one in old if one in new] != [one for one in new if one in old]
    for one in old:
        if one in new and not reordered:
            place = max(place, next(n for n, x in enumerate(made) if x == one) + 1)
        else:
            made.insert(place, one)
            place += 1
    return made
