"""Did you mean: the known words that are nearest to a misspelt one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """At most *most* of *known* that *word* may have meant, nearest first; often none.

    Made for short Chinese words: one wrong, missing, doubled or exchanged character in three is forgiven,
    and so is another order (执行预算率); a word that contains the other (税收, 税收收入) comes last.
    """
    wanted = word.strip().casefold()
    if not wanted:
        return []
    ranked = [(_rank(wanted, one.casefold()), at, one) for at, one in enumerate(dict.fromkeys(known))]
    return [one for rank, _, one in sorted(r for r in ranked if r[0] is not None)][:most]


def _rank(wanted: str, other: str) -> int | None:
    """How far *other* is, None where it is no candidate."""
    allowed = max(1, max(len(wanted), len(other)) // 3)
    if not set(wanted) & set(other):
        return None
    if abs(len(wanted) - len(other)) <= allowed and _alien(wanted, other) <= allowed:
        far = distance(wanted, other)
        if far <= allowed:
            return far
    if sorted(wanted) == sorted(other):
        return 50
    contained = min(len(wanted), len(other)) >= 2 and (wanted in other or other in wanted)
    return 100 + abs(len(wanted) - len(other)) if contained else None


def _alien(a: str, b: str) -> int:
    """Characters of the longer word that the other lacks: no fewer changes can make one into the other."""
    shorter, longer = sorted((a, b), key=len)
    left = list(shorter)
    for char in longer:
        if char in left:
            left.remove(char)
    return len(longer) - (len(shorter) - len(left))


def distance(a: str, b: str) -> int:
    """Characters to change, add, drop, or exchange with the next one, to make *a* into *b*."""
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, above = above, row
    return above[-1]
