"""A fingerprint of what a ruleset means: all that it extends and quotes; not layout, comments or tests."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import Any

from perfdsl.model.kernel import Rule
from perfdsl.model.ruleset import Bound, Deadline, MethodUse, Outcome, Ruleset
from perfdsl.record import meant_fields, unsaid
from perfdsl.units import Unit

_UNMEANT = frozenset({"tests"})
_WORDING = dict.fromkeys((Bound, Deadline, Outcome), "text")
"""How a target was written, which its value already says."""

LENGTH = 16


def digest(ruleset: Ruleset) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the ruleset's meaning."""
    from hashlib import sha256

    pieces: list[str] = []
    _write_fields(ruleset, [name for name in meant_fields(Ruleset) if name not in _UNMEANT], pieces)
    return sha256("".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _write(value: Any, pieces: list[str]) -> None:
    """Add a text of *value* in which different values never look alike."""
    match value:
        case str() | int() | None if not isinstance(value, Enum):
            pieces.append(repr(value))
        case Fraction():
            pieces.append(f"{value.numerator}/{value.denominator}")
        case Enum():
            pieces.append(value.name)
        case Unit():
            pieces.append(f"<{value.symbol}>")
        case tuple() | list():
            _write_all("[", value, pieces)
        case MethodUse(rule=Rule(name=str(name)), arguments=arguments) if name:
            _write_all("use", (name, arguments), pieces)
        case _ if hasattr(value, "__meant__"):
            pieces.append(f"{type(value).__name__}(")
            _write_fields(value, [name for name in meant_fields(type(value)) if name != _WORDING.get(type(value))], pieces)
            pieces.append(")")
        case _:
            pieces.append(repr(value))
    pieces.append(",")


def _write_fields(value: Any, names: Iterable[str], pieces: list[str]) -> None:
    """The fields of a record; one that is as it is where nothing was said is left out, so that a new kind of clause
    changes no ruleset without it."""
    silent = unsaid(type(value))
    for name in names:
        one = getattr(value, name)
        if name not in silent:
            _write(one, pieces)
        elif one != silent[name]:
            pieces.append(f"{name}=")
            _write(one, pieces)


def _write_all(name: str, parts: Any, pieces: list[str]) -> None:
    pieces.append(f"{name}(")
    for part in parts:
        _write(part, pieces)
    pieces.append(")")
