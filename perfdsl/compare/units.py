"""Last year's units: the files, the facts of each unit, once as the old ruleset reads them and once as the new one needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from perfdsl.compare.rename import Names, name_in
from perfdsl.data import read_bytes
from perfdsl.data.facts import Absent, Fact, Facts
from perfdsl.diagnostics import Cell, Diagnostic, Note
from perfdsl.forms.batch import batch
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed, record

UNKNOWN = ("E405", "W401")
"""A name or a column that the ruleset has not: what only one of the two lacks is no fault."""


@record
class Who:
    """A unit, and where it stands: `key` is its code, else its name without blanks."""

    key: str
    code: str
    name: str
    file: str
    year: int | None
    cell: Cell | None

    @property
    def place(self) -> Cell:
        return self.cell or Cell(self.file, "开头")


Seen = dict[tuple[bool, str, int | None], Who]
"""The units so far: whether it has a code, its key, the year."""


def first_of(who: Who, seen: Seen) -> Who:
    """The unit itself, or the one that stood before it under the same code or name for the same year."""
    return seen.setdefault((bool(who.code), who.key, who.year), who)


@record
class Known:
    """A unit by its code, else its name without blanks, or its file where it has neither.

    `old` are its facts under the new full names, `new` what the new ruleset reads.
    """

    key: str
    name: str
    file: str
    old: Facts
    new: Facts

    @property
    def who(self) -> Who:
        return Who(self.key, self.old.code, self.name, self.file, self.old.year, self.old.cell)

    def under(self, ruleset: Ruleset) -> Facts:
        """The facts for a ruleset between the two: as the old one read them wherever they can stand there."""
        items = {**self.new.items, **self.old.items}
        for path, expected in ruleset.inputs().items():
            mine, other = self.old.items.get(path), self.new.items.get(path)
            if other is not None and (mine is None or not _fits(mine, expected.kind.value)):
                items[path] = other
        return changed(self.old, items=items, year=ruleset.year)


def _fits(fact: Fact, kind: str) -> bool:
    """Whether the value is of the kind that is asked for."""
    from datetime import date

    from perfdsl.quantity import Quantity

    if isinstance(fact.value, Absent):
        return fact.value is not Absent.UNREADABLE
    wanted: type = {"quantity": Quantity, "date": date}.get(kind, str)
    return isinstance(fact.value, wanted)


@record
class Twice:
    """A unit that stands in the data a second time for the same year: only the first is counted."""

    unit: Who
    first: Who

    @property
    def found(self) -> list[Diagnostic]:
        """E407: two units of one year under one code; which of them it belongs to nobody can tell."""
        one, first = self.unit, self.first
        if not one.code:
            return []
        names = f"「{one.name}」" if one.name == first.name else f"「{first.name}」和「{one.name}」"
        return [Diagnostic("E407", f"单位代码「{one.code}」给了两次：{names}", one.place, "只留一处，或更正代码", (Note("先在这里给出", first.place),))]


@record
class Read:
    """All units, what was wrong with the data, and the units that stand there twice."""

    units: tuple[Known, ...]
    found: tuple[Diagnostic, ...]
    twice: tuple[Twice, ...]


def read_units(paths: Iterable[str], old: Ruleset, new: Ruleset, names: Names, seen: Seen | None = None, passed: Collection[str] = ()) -> Read:
    """Every unit in files, folders, globs and zips; *names* lead from the full names of *old* to those of *new*.

    *seen* are units that stood before these; *passed* are files that are not read here.
    """
    units: list[Known] = []
    found: list[Diagnostic] = []
    twice: list[Twice] = []
    seen = {} if seen is None else seen
    for file, content in batch(paths):
        if file in passed:
            continue
        if isinstance(content, Diagnostic):
            found.append(content)
            continue
        for one in _of_file(file, content, old, new, names, found):
            who = one.who
            if (first := first_of(who, seen)) is who:
                units.append(one)
            else:
                twice.append(Twice(who, first))
    return Read(tuple(units), tuple(dict.fromkeys([*found, *(told for one in twice for told in one.found)])), tuple(twice))


def _of_file(file: str, content: bytes, old: Ruleset, new: Ruleset, names: Names, found: list[Diagnostic]) -> Iterator[Known]:
    (before, faults), (after, others) = read_bytes(content, file, old), read_bytes(content, file, new)
    found += [d for d in faults if d.code not in UNKNOWN or d in others]
    found += [d for d in others if not before and d.code not in UNKNOWN]
    as_new = {facts.key: facts for facts in after}
    for facts in before:
        name = facts.unit or Path(file).stem
        told = changed(facts, unit=name, items={name_in(names, path): fact for path, fact in facts.items.items()})
        other = as_new.get(facts.key, Facts(name, facts.year, {}))
        yield Known(facts.code or "".join(name.split()), name, file, told, _left(other, names))


def _left(facts: Facts, names: Names) -> Facts:
    """What the new ruleset reads, without blanks for what is only called otherwise in the data."""
    called = set(names.values())
    return changed(facts, items={path: fact for path, fact in facts.items.items()
                                 if path not in called or not isinstance(fact.value, Absent)})
