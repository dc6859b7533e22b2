"""The edits that lead from one ruleset to another: any of them can be left out, and what is left can be scored."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from perfdsl.compare import components as c
from perfdsl.compare.align import Alignment
from perfdsl.compare.asked import alike
from perfdsl.compare.components import Components, Key
from perfdsl.compare.effect_pairs import effect_pairs
from perfdsl.compare.meaning import SILENT
from perfdsl.compare.rules import one_line
from perfdsl.compare.words import changes
from perfdsl.model.effects import Effect, GradeLimit, GradeSettled
from perfdsl.model.needs import mentions, needs
from perfdsl.model.references import split
from perfdsl.model.ruleset import Bound, Indicator, Ruleset, TargetCase
from perfdsl.model.walk import names, of_whole
from perfdsl.record import record

_RULE = ("目标", "计分", "分项")


@record
class Edit:
    """Components that change together, and what they are in an officer's words."""

    label: str
    keys: frozenset[Key]


class Edits:
    """The edits between two rulesets of the same full names.  All that no score hangs on goes with the `rest`."""

    def __init__(self, alignment: Alignment) -> None:
        self.components = Components(alignment)
        self.rest = frozenset(key for key in self.components.keys if key[0] == c.SILENT or key[0] in SILENT)
        joined = _joined(self.components, [key for key in self.components.keys if key not in self.rest])
        self.edits = tuple(Edit(_label(self.components, keys), frozenset(keys)) for keys in joined)

    def made(self, chosen: Collection[int]) -> Ruleset:
        """The old ruleset with the edits of these numbers; with all of them it means what the new one does."""
        keys = {key for n in chosen for key in self.edits[n].keys}
        return self.components.made(keys | (self.rest if len(set(chosen)) == len(self.edits) else set()))


# ---- what must change together


def _joined(found: Components, keys: list[Key]) -> list[list[Key]]:
    """The keys in groups of those that cannot be told apart without leaving something that has no score."""
    leader = {key: key for key in keys}

    def top(key: Key) -> Key:
        while leader[key] != key:
            key = leader[key]
        return key

    for bound in _bound(found, keys):
        known = [key for key in bound if key in leader]
        for key in known[1:]:
            leader[top(key)] = top(known[0])
    groups: dict[Key, list[Key]] = {}
    for key in keys:
        groups.setdefault(top(key), []).append(key)
    return list(groups.values())


def _bound(found: Components, keys: list[Key]) -> Iterator[list[Key]]:
    """Lists of keys that belong together."""
    for path in found.before.keys() & found.after.keys():
        if _is_one(found.before[path], found.after[path]):
            yield [(aspect, path) for aspect in _RULE]
    yield from _shared_methods(found)
    yield from _references(found, keys)
    yield from _circles(found, keys)
    yield from _let_circles(found, keys)
    yield from _grade_names(found)


def _is_one(old: Indicator, new: Indicator) -> bool:
    """Whether targets and rule have no meaning apart: another kind of value, no target on one side, another direction."""
    if not alike(old.expected, new.expected) or bool(old.targets) != bool(new.targets) or (old.method is None) != (new.method is None):
        return True
    if [part.name for part in old.parts] != [part.name for part in new.parts]:
        return True
    return [_direction(case) for case in old.targets[:1]] != [_direction(case) for case in new.targets[:1]]


def _direction(case: TargetCase) -> object:
    target = case.target
    return target.op if isinstance(target, Bound) else type(target)


def _shared_methods(found: Components) -> Iterator[list[Key]]:
    """Indicators that are scored by one method, of which only what it says has changed."""
    used: dict[str, list[Key]] = {}
    for path in found.before.keys() & found.after.keys():
        old, new = found.before[path].method, found.after[path].method
        if old and new and old.rule.name and old.rule.name == new.rule.name and old.arguments == new.arguments and old.rule != new.rule:
            used.setdefault(old.rule.name, []).append(("计分", path))
    yield from used.values()


def _references(found: Components, keys: list[Key]) -> Iterator[list[Key]]:
    """What reads an item that only one ruleset has goes with that item's coming or going; so does what reads its group."""
    for ruleset, kind in ((found.old, c.REMOVED), (found.new, c.ADDED)):
        gone = {path for what, path in keys if what == kind}
        groups = {path: group for path, group in found.groups[kind == c.ADDED].items() if path not in found.groups[kind != c.ADDED]}
        for reader, said in _readers(ruleset).items():
            for path in sorted({split(name)[0] for name in said if split(name)[1]}):
                under = [one for one in keys if one[1].startswith(f"{path}/")] if path in groups else []
                if path in gone or under:
                    yield [(kind, path), *under, *_of_reader(reader, keys)]


def _readers(ruleset: Ruleset) -> dict[str, set[str]]:
    """What every indicator mentions, and (``""``) what is said of the whole."""
    return {**mentions(ruleset), "": {name for part in of_whole(ruleset) for name in names(part)}}


def _of_reader(reader: str, keys: list[Key]) -> list[Key]:
    """The keys of an indicator, or of what is said of the whole."""
    return [key for key in keys if (key[1] == reader if reader else key[0] in (c.EFFECT, "等级"))]


def _circles(found: Components, keys: list[Key]) -> Iterator[list[Key]]:
    """Items that could come to ask for each other where some are old and some new."""
    if not (found.old.refers or found.new.refers):
        return
    asked: dict[str, set[str]] = {}
    for ruleset in (found.old, found.new):
        for path, below in needs(ruleset).items():
            asked.setdefault(path, set()).update(below)
    yield from _round(asked, keys)


def _let_circles(found: Components, keys: list[Key]) -> Iterator[list[Key]]:
    asked: dict[str, set[str]] = {}
    for lets in found.lets:
        for name, let in lets.items():
            asked.setdefault(name, set()).update(names(let.value))
    yield from _round(asked, keys)


def _round(asked: dict[str, set[str]], keys: list[Key]) -> Iterator[list[Key]]:
    """The keys of those that ask for each other, by way of others too."""
    reach = {path: _reached(path, asked) for path in asked}
    for path, others in reach.items():
        if path in others:
            round_ = {one for one in others if path in reach.get(one, ())}
            yield [key for key in keys if key[1] in round_]


def _reached(path: str, asked: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [path]
    while waiting:
        new = asked.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen


def _grade_names(found: Components) -> Iterator[list[Key]]:
    """Clauses that name a grade that only one ruleset has go with the grades."""
    old, new = ({grade.name for grade in r.grades} for r in (found.old, found.new))
    named = [((c.EFFECT, str(n)), two) for n, two in enumerate(effect_pairs(found.old.effects, found.new.effects))]
    if old != new:
        yield [("等级", ""), *(key for key, two in named if any((grade := _grade_of(one)) and grade not in old & new for one in two))]


def _grade_of(effect: Effect | None) -> str | None:
    return effect.grade if isinstance(effect, GradeLimit | GradeSettled) else None


# ---- words


def _label(found: Components, keys: list[Key]) -> str:
    """`税收 目标 ≥ 3亿元 → ≥ 3.3亿元`; several in one edit one after the other."""
    methods = [key for key in keys if key[0] == "计分"]
    if len(methods) > 1 and len(methods) == len(keys) and (use := found.after[keys[0][1]].method) and use.rule.name:
        return f"计分方法 {use.rule.name}"
    return "；".join(_one_label(found, *key) for key in keys)


def _one_label(found: Components, what: str, of: str) -> str:
    if what in (c.ADDED, c.REMOVED):
        return f"{what} {(found.after if what == c.ADDED else found.before)[of].name}"
    if what in (c.MOVED, c.GROUP):
        return f"{of.rpartition('/')[2]} {'移到别的类' if what == c.MOVED else '的满分、合成'}"
    if what == c.EFFECT:
        old, new = effect_pairs(found.old.effects, found.new.effects)[int(of)]
        return " → ".join("（无）" if one is None else one_line(one.span.text) for one in (old, new))
    if what == c.LET or not of:
        return f"{what} {of}".strip()
    told = next((change for change in changes(found.before[of], found.after[of]) if change.what == what), None)
    name = found.after[of].name
    return f"{name} {what} {told.old} → {told.new}" if told else f"{name} {what}"
