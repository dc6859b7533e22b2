"""A fingerprint of what a ruleset means: all that it extends and quotes; not layout, comments or tests."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from perfdsl.model.ruleset import Bound, Deadline, MethodUse, Outcome, Ruleset
from perfdsl.record import meant_fields, unsaid
from perfdsl.units import Unit

_UNMEANT = frozenset({"tests", "refers"})
_WORDING = dict.fromkeys((Bound, Deadline, Outcome), "text")
"""How a target was written, which its value already says."""

LENGTH = 16


def digest(ruleset: Ruleset) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the ruleset's meaning."""
    from hashlib import sha256

    pieces: list[str] = []
    _write(ruleset, pieces)
    return sha256("".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _write(value: Any, pieces: list[str]) -> None:
    """Add a text of *value* in which different values never look alike."""
    kind = type(value)
    if kind is Fraction:
        pieces.append(f"{value.numerator}/{value.denominator}")
    elif kind is tuple:
        _write_all("[", value, pieces)
    elif hasattr(kind, "__meant__"):
        _write_record(value, kind, pieces)
    else:
        pieces.append(value.name if isinstance(value, Enum) else repr(value))
    pieces.append(",")


def _write_record(value: Any, kind: type, pieces: list[str]) -> None:
    if kind is Unit:
        pieces.append(f"<{value.symbol}>")
    elif kind is MethodUse and value.rule.name:
        _write_all("use", (value.rule.name, value.arguments), pieces)
    else:
        pieces.append(f"{kind.__name__}(")
        _write_fields(value, kind, pieces)
        pieces.append(")")


def _write_fields(value: Any, kind: type, pieces: list[str]) -> None:
    """The fields of a record; one that is as it is where nothing was said is left out, so that a new kind of clause
    changes no ruleset without it."""
    said, silent = _fields(kind)
    for name in said:
        _write(getattr(value, name), pieces)
    for name, nothing in silent:
        one = getattr(value, name)
        if one is not nothing and one != nothing:
            pieces.append(f"{name}=")
            _write(one, pieces)


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], tuple[tuple[str, Any], ...]]:
    """The fields of a record class that always say something, and those that may say nothing, with what that is."""
    silent = unsaid(kind)
    names = [name for name in meant_fields(kind) if name not in _UNMEANT and name != _WORDING.get(kind)]
    return tuple(n for n in names if n not in silent), tuple((n, silent[n]) for n in names if n in silent)


def _write_all(name: str, parts: Any, pieces: list[str]) -> None:
    pieces.append(f"{name}(")
    for part in parts:
        _write(part, pieces)
    pieces.append(")")
