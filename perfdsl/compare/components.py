"""Two rulesets taken apart into components, each of which can be as in the old or as in the new one; and put together again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Any

from perfdsl.compare.align import Alignment
from perfdsl.compare.effect_pairs import effect_pairs, merged_effects
from perfdsl.compare.meaning import ASPECTS, differing
from perfdsl.model.effects import Effect
from perfdsl.model.kernel import Let
from perfdsl.model.needs import mentions
from perfdsl.model.ruleset import Group, Indicator, Ruleset, weight_of
from perfdsl.record import changed

Key = tuple[str, str]
"""A component: what it is, and of what: `("分值", path)`, `("新增", path)`, `("取舍 每项得分", "")`."""

ADDED, REMOVED, MOVED, GROUP, LET, EFFECT, SILENT = "新增", "删除", "移动", "类", "令", "总分和等级的规定", "其他"
POLICIES = {"取舍 每项得分": ("item_rounding",), "取舍 总分": ("total_rounding",), "不适用": ("not_applicable",),
            "等级": ("grades", "grade_on_unrounded"), "加分项合计": ("bonus_limit",), "减分项合计": ("penalty_limit",)}
_SILENT = ("name", "year", "version", "basis", "notes", "declared_total", "accepted", "reasons_due", "data", "methods", "alerts",
           "applications", "uncapped")
_NAMES = ("name", "levels", "span")


class Components:
    """The components in which two rulesets of the same full names differ."""

    def __init__(self, alignment: Alignment) -> None:
        self.old, self.new = alignment.old, alignment.new
        self.before = {i.path: i for i in self.old.indicators()}
        self.after = {i.path: i for i in self.new.indicators()}
        self.parents = _parents(self.old), _parents(self.new)
        self.groups = _groups(self.old), _groups(self.new)
        self.lets = _by_name(self.old.lets), _by_name(self.new.lets)
        self.keys = tuple(dict.fromkeys(self._keys()))

    # ---- what differs

    def _keys(self) -> Iterator[Key]:
        for path in {**self.before, **self.after}:
            yield from self._of_indicator(path)
        for path in self.groups[0].keys() & self.groups[1].keys():
            if _settings(self.groups[0][path]) != _settings(self.groups[1][path]):
                yield GROUP, path
        yield from ((name, "") for name, fields in POLICIES.items() if any(getattr(self.old, f) != getattr(self.new, f) for f in fields))
        yield from ((LET, name) for name in self._let_names())
        yield from ((EFFECT, str(n)) for n, _ in enumerate(effect_pairs(self.old.effects, self.new.effects)))
        yield SILENT, ""

    def _of_indicator(self, path: str) -> Iterator[Key]:
        old, new = self.before.get(path), self.after.get(path)
        if old is None or new is None:
            yield (ADDED if old is None else REMOVED), path
            return
        yield from ((aspect, path) for aspect in differing(old, new))
        if self.parents[0].get(path) != self.parents[1].get(path):
            yield MOVED, path

    def _let_names(self) -> list[str]:
        """The 令 that either mean something else, or take the name of a datum."""
        old, new = self.lets
        data = {datum.name for r in (self.old, self.new) for datum in r.data}
        return sorted(name for name in {**old, **new} if old.get(name) != new.get(name) and (name in data or (name in old and name in new)))

    # ---- putting together

    def made(self, chosen: Collection[Key]) -> Ruleset:
        """The ruleset with the *chosen* components as in the new one, all others as in the old."""
        at = frozenset(chosen)
        leaves = {path: leaf for path in {**self.after, **self.before} if (leaf := self._leaf(path, at)) is not None}
        policies = {field: getattr(self.new if (name, "") in at else self.old, field) for name, fields in POLICIES.items() for field in fields}
        silent = {field: getattr(self.new if (SILENT, "") in at else self.old, field) for field in _SILENT}
        ruleset = changed(
            self.new if (SILENT, "") in at else self.old, **policies, **silent, effects=self._effects(at), groups=self._tree(leaves, at),
            outside=tuple(leaf for leaf in leaves.values() if leaf.outside), refers=self.old.refers or self.new.refers, tests=())
        return changed(ruleset, lets=self._lets(ruleset, at))

    def _leaf(self, path: str, at: frozenset[Key]) -> Indicator | None:
        old, new = self.before.get(path), self.after.get(path)
        if old is None:
            return new if (ADDED, path) in at else None
        if new is None:
            return None if (REMOVED, path) in at else old
        fields = {f: getattr(new, f) for aspect, names in ASPECTS.items() if (aspect, path) in at for f in names}
        return changed(old, **fields, **({f: getattr(new, f) for f in _NAMES} if (SILENT, "") in at else {}))

    def _tree(self, leaves: dict[str, Indicator], at: frozenset[Key]) -> tuple[Group | Indicator, ...]:
        """Every leaf under its group; groups without any fall away."""
        parents = [{path: self._parent(path, at) for path in leaves}, *self.parents[::-1]]
        return self._children("", leaves, {**parents[2], **parents[1], **parents[0]}, at)

    def _parent(self, path: str, at: frozenset[Key]) -> str:
        if path not in self.before or path not in self.after:
            return (self.parents[1] if path in self.after else self.parents[0]).get(path, "")
        return (self.parents[1] if (MOVED, path) in at else self.parents[0]).get(path, "")

    def _children(self, above: str, leaves: dict[str, Indicator], parents: dict[str, str], at: frozenset[Key]) -> tuple[Group | Indicator, ...]:
        made: list[Group | Indicator] = []
        for path in self._order:
            if parents.get(path, "") != above:
                continue
            if path in leaves and not leaves[path].outside:
                made.append(leaves[path])
            elif path in self.groups[0] or path in self.groups[1]:
                under = self._children(path, leaves, parents, at)
                made += [self._group(path, under, at)] if under else []
        return tuple(made)

    @property
    def _order(self) -> dict[str, None]:
        """All nodes in the order of the new form, those that are only in the old one last."""
        return dict.fromkeys(node.path for ruleset in (self.new, self.old) for node in ruleset.nodes())

    def _group(self, path: str, children: tuple[Group | Indicator, ...], at: frozenset[Key]) -> Group:
        """The group around these children.  A weight that they no longer add up to gives way to what they do."""
        old, new = self.groups[0].get(path), self.groups[1].get(path)
        for known in (new, old):
            if known is not None and known.children == children and (known is not new or (GROUP, path) in at or old is None or
                                                                     _settings(old) == _settings(new)):
                return changed(known, name=(new if (SILENT, "") in at and new else known).name)
        said = new if old is None or (new is not None and (GROUP, path) in at) else old
        assert said is not None  # the path is one of either
        named = changed(said, children=children, name=(new if (SILENT, "") in at and new else said).name)
        if named.scale is not None:
            sum_ = _sum(named)
            return changed(named, scale=sum_, weight=sum_ * weight_of(said) / named.scale)
        weights = {one.weight for one in (old, new) if one is not None}
        return changed(named, weight=None if None in weights or _sum(named) not in weights else _sum(named))

    def _effects(self, at: frozenset[Key]) -> tuple[Effect, ...]:
        """The clauses on the total and the grade, each as in its own ruleset."""
        pairs = effect_pairs(self.old.effects, self.new.effects)
        sides = {id(one): ((EFFECT, str(n)) in at, one is new) for n, (old, new) in enumerate(pairs) for one in (old, new) if one is not None}
        every = merged_effects(self.old.effects, self.new.effects)
        return tuple(one for one in every if id(one) not in sides or sides[id(one)][0] == sides[id(one)][1])

    def _lets(self, ruleset: Ruleset, at: frozenset[Key]) -> tuple[Let, ...]:
        """The 令; one that only one ruleset has is there where something mentions it."""
        old, new = self.lets
        own, other = (new, old) if (SILENT, "") in at else (old, new)
        said = {name: (new if (LET, name) in at else old).get(name) if (LET, name) in self.keys else own.get(name) for name in {**own, **other}}
        every = {**other, **own, **{name: let for name, let in said.items() if let is not None}}
        lacking = {name for name in other if name not in own and (LET, name) not in self.keys}
        if lacking:
            asked = mentions(changed(ruleset, lets=tuple(every.values())))
            lacking &= {name for names in asked.values() for name in names}
        return tuple(let for name, let in every.items() if said.get(name) is not None or name in lacking)


def _settings(group: Group) -> tuple[Any, ...]:
    """What a group does beside adding up: its weight counts where it has a 满分."""
    return group.scale, group.combiner, weight_of(group) if group.scale is not None else None


def _sum(group: Group) -> Fraction:
    weights = [weight_of(child) for child in group.children]
    return max(weights) if group.combiner else sum(weights, Fraction(0))


def _groups(ruleset: Ruleset) -> dict[str, Group]:
    return {node.path: node for node in ruleset.nodes() if isinstance(node, Group)}


def _parents(ruleset: Ruleset) -> dict[str, str]:
    """Full name of every node under a group → that group."""
    return {child.path: group.path for group in _groups(ruleset).values() for child in group.children}


def _by_name(lets: Collection[Let]) -> dict[str, Let]:
    return {let.name: let for let in lets}
