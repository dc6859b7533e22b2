"""Which indicator of one ruleset is which of the other: the same name, else the same meaning, weight, place and a like name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from perfdsl.compare.meaning import aspect
from perfdsl.compare.rename import renamed
from perfdsl.model.ruleset import Datum, Expected, Group, Indicator, Part, Ruleset
from perfdsl.record import record
from perfdsl.spelling import distance

_ENOUGH = 4
"""Likeness from which two indicators are one; of 8."""


@record
class Pair:
    """An indicator of the old ruleset and the same one of the new; None where it was added or removed."""

    old: Indicator | None
    new: Indicator | None

    @property
    def path(self) -> str:
        """The full name that counts from now on."""
        one = self.new or self.old
        assert one is not None
        return one.path


@record
class Alignment:
    """`old` is the old ruleset under the full names of the new one; `names` are those that changed.

    `pairs` come in the order of the new form, the removed ones last.
    """

    old: Ruleset
    new: Ruleset
    names: dict[str, str]
    pairs: tuple[Pair, ...]


def aligned(old: Ruleset, new: Ruleset) -> Alignment:
    """The two rulesets with the same full names for the same things."""
    matched = _matched(list(old.indicators()), list(new.indicators()))
    names = {**_data(old.data, new.data), **{a.path: b.path for a, b in matched if a.path != b.path}}
    names |= {a.path: b.path for one, other in matched for a, b in _parts(one.parts, other.parts) if a.path != b.path}
    names |= _groups(old, new, {a.path: b.path for a, b in matched})
    under = renamed(old, names)
    before = {i.path: i for i in under.indicators()}
    after = {i.path: i for i in new.indicators()}
    pairs = [Pair(before.get(path), i) for path, i in after.items()] + [Pair(i, None) for path, i in before.items() if path not in after]
    return Alignment(under, new, names, tuple(pairs))


# ---- indicators


def _matched(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[Indicator, Indicator]]:
    by_path = {i.path: i for i in new}
    found = [(i, by_path[i.path]) for i in old if i.path in by_path and by_path[i.path].outside is i.outside]
    left, right = _without(old, (a for a, _ in found)), _without(new, (b for _, b in found))
    found += _by_name(left, right)
    left, right = _without(old, (a for a, _ in found)), _without(new, (b for _, b in found))
    return found + _by_likeness(left, right, {a.path for a in old} & set(by_path), {a.path: b.path for a, b in found})


def _without(every: Sequence[Indicator], some: Iterable[Indicator]) -> list[Indicator]:
    taken = {i.path for i in some}
    return [i for i in every if i.path not in taken]


def _by_name(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[tuple[Indicator, Indicator]]:
    """Those of one name that stands once on either side: they have moved, or what is above them is called otherwise."""
    found = []
    for one in old:
        others = [i for i in new if (i.name, i.outside) == (one.name, one.outside)]
        if len(others) == 1 and sum((i.name, i.outside) == (one.name, one.outside) for i in old) == 1:
            found.append((one, others[0]))
    return found


def _by_likeness(old: Sequence[Indicator], new: Sequence[Indicator], shared: set[str],
                 known: Mapping[str, str]) -> list[tuple[Indicator, Indicator]]:
    """The most alike first; one that is as like to two others is like to neither."""
    ranked = sorted(((_likeness(a, b), a.path, b.path) for a in old for b in new), reverse=True)
    likely = [(rank, a, b) for rank, a, b in ranked if rank >= _ENOUGH and a not in shared and b not in shared]
    paths: dict[str, str] = {}
    for rank, a, b in likely:
        rivals = [x for x, one, other in likely if x == rank and (one == a) != (other == b) and one not in paths and other not in paths.values()]
        if a not in paths and b not in paths.values() and not rivals:
            paths[a] = b
    before, after = {i.path: i for i in old}, {i.path: i for i in new}
    return [(before[a], after[b]) for a, b in paths.items() if a not in known]


def _likeness(old: Indicator, new: Indicator) -> int:
    """How alike two indicators are, of 8; without a like name all else must agree."""
    if old.outside is not new.outside:
        return 0
    means = 2 if aspect(old, "计分") == aspect(new, "计分") else 0
    aims = 1 if aspect(old, "目标") == aspect(new, "目标") and aspect(old, "分项") == aspect(new, "分项") else 0
    weighs, stands = int(aspect(old, "分值") == aspect(new, "分值")), int(old.levels[:-1] == new.levels[:-1])
    called = _called_alike(old.name, new.name)
    made = means + aims + weighs + stands + called
    return made if called >= 2 or (called and made - called == 5) else 0


def _called_alike(a: str, b: str) -> int:
    """How alike two names are, of 3."""
    far, longest = distance(a, b), max(len(a), len(b))
    if a in b or b in a or 3 * far <= longest:
        return 3
    return 2 if 5 * far <= 3 * longest else int(bool(set(a) & set(b)))


# ---- what stands in and over them


def _parts(old: Sequence[Part], new: Sequence[Part]) -> list[tuple[Part, Part]]:
    by_name = {part.name: part for part in new}
    found = [(part, by_name[part.name]) for part in old if part.name in by_name]
    left = [part for part in old if part.name not in by_name]
    right = [part for part in new if part.name not in {a.name for a in old}]
    if len(left) == len(right) == 1 and _called_alike(left[0].name, right[0].name) >= 2 and left[0].expected == right[0].expected:
        found.append((left[0], right[0]))
    return found


def _data(old: Sequence[Datum], new: Sequence[Datum]) -> dict[str, str]:
    """Data that only one ruleset has, each with the one of the other that is nearest in name, if each is so to the other and holds the same."""
    before, after = ({datum.name: datum.expected for datum in data} for data in (old, new))
    left, right = sorted(before.keys() - after.keys()), sorted(after.keys() - before.keys())
    found: dict[str, str] = {}
    while new_ones := _mutual([a for a in left if a not in found], [b for b in right if b not in found.values()], before, after):
        found |= new_ones
    return found


def _mutual(left: Sequence[str], right: Sequence[str], before: Mapping[str, Expected], after: Mapping[str, Expected]) -> dict[str, str]:
    """The names that are nearest to each other."""
    nearest = {a: _nearest(a, [b for b in right if before[a] == after[b]]) for a in left}
    return {a: b for a, b in nearest.items() if b and _nearest(b, [x for x in left if before[x] == after[b]]) == a}


def _nearest(name: str, others: Sequence[str]) -> str | None:
    """The one name that is nearest, where it is like at all."""
    ranked = sorted((distance(name, other), other) for other in others if _called_alike(name, other) >= 2)
    return ranked[0][1] if ranked and (len(ranked) == 1 or ranked[0][0] < ranked[1][0]) else None


def _groups(old: Ruleset, new: Ruleset, paths: Mapping[str, str]) -> dict[str, str]:
    """A group that is called otherwise has the same indicators under it."""
    before, after = _under(old), _under(new)
    found = {}
    for path, (level, inside) in before.items():
        moved = frozenset(paths.get(one, "") for one in inside)
        same = [other for other, (at, leaves) in after.items() if at == level and leaves == moved and other not in before]
        if path not in after and len(same) == 1:
            found[path] = same[0]
    return found


def _under(ruleset: Ruleset) -> dict[str, tuple[int, frozenset[str]]]:
    """Full name of every group → its level and the indicators somewhere under it."""
    groups = [node for node in ruleset.nodes() if isinstance(node, Group)]
    return {group.path: (group.level, frozenset(leaf.path for leaf in leaves(group))) for group in groups}


def leaves(group: Group) -> list[Indicator]:
    found: list[Indicator] = []
    for child in group.children:
        found += leaves(child) if isinstance(child, Group) else [child]
    return found
