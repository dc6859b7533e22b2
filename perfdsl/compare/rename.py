"""A ruleset under other full names: items and data are found as in the other one; what people call them stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.effects import Aggregation
from perfdsl.model.references import split
from perfdsl.model.ruleset import PRIOR, Datum, Group, Indicator, Part, Ruleset
from perfdsl.record import changed, meant_fields
from perfdsl.units import Unit

Names = Mapping[str, str]
"""Full name of an item, or name of a datum → what it is to be called."""


def renamed(ruleset: Ruleset, names: Names) -> Ruleset:
    """*ruleset* with every item and datum in *names* called anew, wherever it is mentioned."""
    if not names:
        return ruleset
    made: Ruleset = _Renaming(names).of(ruleset)
    return made


def name_in(names: Names, name: str) -> str:
    """The new name of a datum, its value of the year before, an item, or a value of an item."""
    stem, field = split(name)
    if field:
        return f"{names.get(stem, stem)}.{field}"
    if name.endswith(PRIOR):
        plain = name.removesuffix(PRIOR)
        return names.get(plain, plain) + PRIOR
    return names.get(name, name)


class _Renaming:
    """Goes through all records; each is made anew once."""

    def __init__(self, names: Names) -> None:
        self.names = dict(names)
        self.made: dict[int, tuple[Any, Any]] = {}

    def of(self, value: Any) -> Any:
        if isinstance(value, tuple):
            made = tuple(map(self.of, value))
            return value if all(a is b for a, b in zip(made, value, strict=True)) else made
        if not hasattr(type(value), "__meant__") or isinstance(value, Unit):
            return value
        if id(value) not in self.made:
            self.made[id(value)] = (value, self._record(value))
        return self.made[id(value)][1]

    def _record(self, value: Any) -> Any:
        if type(value) is k.Name:
            called = name_in(self.names, value.name)
            return value if called == value.name else changed(value, name=called)
        if isinstance(value, k.Rule) and (inner := self._inside(value)) is not None:
            return inner
        new = {name: self.of(getattr(value, name)) for name in meant_fields(type(value)) if name != "tests"}
        new = {name: one for name, one in new.items() if one is not getattr(value, name)}
        return self._called(changed(value, **new) if new else value)

    def _inside(self, rule: k.Rule) -> k.Rule | None:
        """The rule, where its own parameters or 令 hide a name; None where they hide none."""
        own = ({one.name for one in rule.parameters} | {let.name for let in rule.lets}) & self.names.keys()
        if not own:
            return None
        made: k.Rule = _Renaming({name: new for name, new in self.names.items() if name not in own}).of(rule)
        return made

    def _called(self, value: Any) -> Any:
        if isinstance(value, Indicator | Group | Part):
            return changed(value, path=self.names.get(value.path, value.path))
        if isinstance(value, Datum) and value.name in self.names:
            return changed(value, name=self.names[value.name])
        if isinstance(value, Aggregation) and value.by is not None:
            return changed(value, by=name_in(self.names, value.by))
        return value
