"""The differences between two rulesets."""

from __future__ import annotations

from collections.abc import Iterator

from perfdsl.compare.align import Alignment, Pair, aligned
from perfdsl.compare.items import Compared, Items
from perfdsl.compare.meaning import LET, Resting, rests_alike
from perfdsl.compare.result import Change, Diff, Indicated
from perfdsl.compare.rules import let_text
from perfdsl.compare.whole import grades_on_rounded, regraded, whole
from perfdsl.compare.words import NOTHING, alone, changes
from perfdsl.model.digest import digest
from perfdsl.model.ruleset import Indicator, Ruleset
from perfdsl.record import record
from perfdsl.syntax.tree import EVALUATION_DAY


def diff(old: Ruleset, new: Ruleset) -> Diff:
    """All that differs, indicator by indicator, then in the whole; exact for every value of one unknown."""
    same = digest(old) == digest(new)
    names = title(old), title(new)
    if same:
        return Diff(*names, True, (), (), (), True)
    found = aligned(old, new)
    ruleset = (*_renamed_data(found, old), *whole(found.old, new))
    return Diff(*names, False, tuple(_indicated(found, old)), ruleset, regraded(found.old, new), grades_on_rounded(old, new))


def _renamed_data(found: Alignment, old: Ruleset) -> Iterator[Change]:
    return (Change("数据", datum.name, f"{found.names[datum.name]}（改名）", points=False) for datum in old.data if datum.name in found.names)


def title(ruleset: Ruleset) -> str:
    year = f" {ruleset.year}" if ruleset.year is not None else ""
    return f"「{ruleset.name}」{year}" + (f" 版本 {ruleset.version}" if ruleset.version else "")


def _indicated(found: Alignment, old: Ruleset) -> Iterator[Indicated]:
    """Every indicator that is not the same in both."""
    before = {found.names.get(i.path, i.path): _Before(i.path, _under_new_groups(i.path, found.names), i.name) for i in old.indicators()}
    compare = Items(found.old, found.new)
    for pair in found.pairs:
        if (made := _of_pair(pair, before, compare)) is not None:
            yield made


def _of_pair(pair: Pair, before: dict[str, _Before], compare: Items) -> Indicated | None:
    old, new, rests = pair.old, pair.new, compare.rests
    if old is None or new is None:
        one = old or new
        assert one is not None
        return Indicated("新增" if new else "删除", one.name, None if new else before[pair.path].path, pair.path if new else None, one.weight,
                         _alone(one, bool(new)))
    was = before[pair.path]
    kind = "改名" if was.name != new.name else "移动" if was.place.rpartition("/")[0] != new.path.rpartition("/")[0] else "修改"
    alike = rests_alike(*rests, pair.path)
    told = (*changes(old, new), *(() if alike else _around(pair.path, rests)))
    if alike and not told and kind == "修改":
        return None
    made = Compared((), True) if alike else compare.compared(old, new)
    return Indicated(kind, new.name, was.path, new.path, new.weight, told, made.stretches, made.certain, made.tried)


@record
class _Before:
    """Where an indicator stood, where that is under the new names of its groups, and what it was called."""

    path: str
    place: str
    name: str


def _under_new_groups(path: str, names: dict[str, str]) -> str:
    group, _, leaf = path.rpartition("/")
    return f"{names.get(group, group)}/{leaf}" if group else leaf


def _alone(one: Indicator, added: bool) -> tuple[Change, ...]:
    """All that is said of what was added or removed."""
    return tuple(Change(what, NOTHING, text) if added else Change(what, text, NOTHING) for what, text in alone(one))


def _around(path: str, rests: tuple[Resting, Resting]) -> Iterator[Change]:
    """What the score of an indicator rests on beside its own clauses, and differs."""
    old, new = (one.of(path) for one in rests)
    for name in sorted({*old, *new} - {path, "", f"{LET}{EVALUATION_DAY}"}):
        if old.get(name) != new.get(name):
            yield _of_let(name, rests) if name.startswith(LET) else Change("用到的", name.rpartition("/")[2], f"{name.rpartition('/')[2]}（有改动）")


def _of_let(name: str, rests: tuple[Resting, Resting]) -> Change:
    """A 令 in the words of both rulesets."""
    called = name.removeprefix(LET)
    told = [next((let_text(let) for let in one.ruleset.lets if let.name == called), NOTHING) for one in rests]
    return Change("用到的令", told[0], told[1])
