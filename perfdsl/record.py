"""The one way a record is made here: frozen, slotted attrs classes that start fast.

attrs writes `__eq__`, `__hash__` and `__repr__` anew for every class; for some seventy
classes that costs more than parsing a ruleset.  Ours share one of each.
"""

from __future__ import annotations

from typing import Any, TypeVar, dataclass_transform

import attrs

T = TypeVar("T")

UNSEEN = frozenset({"span", "total_span"})
"""Fields that say where something was written; two records may differ in them and mean the same."""


def meant_fields(kind: type) -> tuple[str, ...]:
    """The names of the fields of a record class that carry meaning, in order."""
    names: tuple[str, ...] = kind.__meant__  # type: ignore[attr-defined]  # `record` sets it
    return names


def unsaid(kind: type) -> dict[str, Any]:
    """The fields of a record class that have a value where nothing is said, with that value."""
    fields: dict[str, Any] = kind.__unsaid__  # type: ignore[attr-defined]  # `record` sets it
    return fields


def values(item: Any) -> tuple[Any, ...]:
    """The values of a record's fields that carry meaning, in order."""
    return tuple(getattr(item, name) for name in item.__meant__)


def _equal(self: Any, other: object) -> Any:
    if type(self) is not type(other):
        return NotImplemented
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash((type(self), values(self)))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__meant__)
    return f"{type(self).__name__}({shown})"


@dataclass_transform(frozen_default=True, field_specifiers=(attrs.field,))
def record(cls: type[T]) -> type[T]:
    """Make *cls* a frozen record that is compared by meaning: its `span` does not count."""
    made: Any = attrs.frozen(cls, eq=False, repr=False, weakref_slot=False, match_args=False)
    made.__meant__ = tuple(f.name for f in attrs.fields(made) if f.name not in UNSEEN)
    made.__unsaid__ = {f.name: f.default for f in attrs.fields(made) if f.default is not attrs.NOTHING}
    made.__eq__, made.__hash__, made.__repr__ = _equal, _hash, _repr
    return made  # type: ignore[no-any-return]  # attrs.frozen is typed for literal decorators only


def changed(item: T, **new: Any) -> T:
    """A copy of the record with some fields replaced."""
    made: T = attrs.evolve(item, **new)  # type: ignore[misc]  # mypy knows attrs classes by their decorator, not ours
    return made
