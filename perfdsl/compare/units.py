"""Last year's units: the files, the facts of each unit, once as the old ruleset reads them and once as the new one needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from perfdsl.compare.rename import Names, name_in
from perfdsl.data import read
from perfdsl.data.facts import Absent, Fact, Facts
from perfdsl.data.kinds import unreadable
from perfdsl.diagnostics import Diagnostic
from perfdsl.forms.batch import batch
from perfdsl.model.ruleset import Ruleset
from perfdsl.record import changed, record

_UNKNOWN = ("E405", "W401")
"""A name or a column that the ruleset has not: what only one of the two lacks is no fault."""


@record
class Known:
    """A unit by its name without blanks, or its file where it has none; `old` are its facts under the new full names, `new` what the new ruleset reads."""

    key: str
    name: str
    file: str
    old: Facts
    new: Facts

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
class Read:
    """All units, what was wrong with the data, and the units that stand there twice (name, file)."""

    units: tuple[Known, ...]
    found: tuple[Diagnostic, ...]
    twice: tuple[tuple[str, str], ...]


def read_units(paths: Iterable[str], old: Ruleset, new: Ruleset, names: Names) -> Read:
    """Every unit in files, folders and globs; *names* lead from the full names of *old* to those of *new*."""
    units: dict[tuple[str, int | None], Known] = {}
    found: list[Diagnostic] = []
    twice: list[tuple[str, str]] = []
    for file, content in batch(paths):
        if isinstance(content, Diagnostic) or not Path(file).is_file():
            found.append(content if isinstance(content, Diagnostic) else unreadable(file, "在压缩包里，没有读", "解开压缩包再算"))
            continue
        for one in _of_file(file, old, new, names, found):
            key = (one.key, one.old.year)
            twice += [(one.name, file)] if key in units else []
            units.setdefault(key, one)
    return Read(tuple(units.values()), tuple(dict.fromkeys(found)), tuple(twice))


def _of_file(file: str, old: Ruleset, new: Ruleset, names: Names, found: list[Diagnostic]) -> Iterator[Known]:
    (before, faults), (after, others) = read(file, old), read(file, new)
    found += [d for d in faults if d.code not in _UNKNOWN or d in others]
    found += [d for d in others if not before and d.code not in _UNKNOWN]
    by_name = {(facts.unit, facts.year): facts for facts in after}
    for facts in before:
        name = facts.unit or Path(file).stem
        told = changed(facts, unit=name, items={name_in(names, path): fact for path, fact in facts.items.items()})
        other = by_name.get((facts.unit, facts.year), Facts(name, facts.year, {}))
        yield Known("".join(name.split()), name, file, told, _left(other, names))


def _left(facts: Facts, names: Names) -> Facts:
    """What the new ruleset reads, without blanks for what is only called otherwise in the data."""
    called = set(names.values())
    return changed(facts, items={path: fact for path, fact in facts.items.items()
                                 if path not in called or not isinstance(fact.value, Absent)})


