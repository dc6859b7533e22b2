"""Every mixture of the edits as a ruleset, and which edits can touch which row."""

from __future__ import annotations

from perfdsl.compare import components as c
from perfdsl.compare.edits import Edits
from perfdsl.compare.meaning import ASPECTS
from perfdsl.model.needs import mentions, needs
from perfdsl.model.references import split
from perfdsl.model.ruleset import Ruleset

Mixture = frozenset[int]


class Mixtures:
    """Every mixture of the edits, each put together once, and which edits can touch which row."""

    def __init__(self, edits: Edits) -> None:
        self.edits = edits
        self.all = range(len(edits.edits))
        self._made: dict[Mixture, Ruleset] = {}
        self.touching = self._touching()

    def ruleset(self, mixture: Mixture) -> Ruleset:
        if mixture not in self._made:
            self._made[mixture] = self.edits.made(mixture)
        return self._made[mixture]

    def _touching(self) -> dict[str, Mixture]:
        """Full name of every indicator → the edits that its row can hang on."""
        parts = self.edits.components
        found: dict[str, set[int]] = {path: set() for path in (*parts.before, *parts.after)}
        behind = _behind(parts)
        for n, edit in enumerate(self.edits.edits):
            for what, of in edit.keys:
                for path in found:
                    if _touches(what, of, path, behind[path]):
                        found[path].add(n)
        return {path: frozenset(some) for path, some in found.items()}


def _behind(parts: c.Components) -> dict[str, set[str]]:
    """Full name of every indicator → all names that it rests on in either ruleset: items, groups, 令 and data."""
    asked: dict[str, set[str]] = {}
    for ruleset in (parts.old, parts.new):
        for path, said in mentions(ruleset).items():
            asked.setdefault(path, {path}).update(*((name, split(name)[0]) for name in said))
        for path, others in needs(ruleset).items():
            asked.setdefault(path, {path}).update(others)
    return {path: _closed(path, asked) for path in asked if path in parts.before or path in parts.after}


def _closed(path: str, asked: dict[str, set[str]]) -> set[str]:
    seen, waiting = {path}, [path]
    while waiting:
        new = asked.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def _touches(what: str, of: str, path: str, behind: set[str]) -> bool:
    """Whether a component can change the row of *path*."""
    if what in (*ASPECTS, c.ADDED, c.REMOVED, c.MOVED, c.GROUP, c.LET) and of:
        groups = {one for one in behind if one != path}
        return of in behind or (what in (c.MOVED, c.GROUP) and bool(groups))
    return what in ("取舍 每项得分", "不适用")
