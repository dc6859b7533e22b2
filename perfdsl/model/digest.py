"""A fingerprint of what a ruleset means: all that it extends and quotes; not layout, comments or tests."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Any

from perfdsl.model.ruleset import Bound, Deadline, Outcome, Ruleset
from perfdsl.record import meant_fields, values

_UNMEANT = frozenset({"tests"})
_WORDING = ("text",)
"""The last fields of every target: how it was written, which its value already says."""

LENGTH = 16


def digest(ruleset: Ruleset) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of the ruleset's meaning."""
    from hashlib import sha256

    meant = [getattr(ruleset, name) for name in meant_fields(Ruleset) if name not in _UNMEANT]
    text = "".join(_pieces(meant))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def _pieces(value: Any) -> list[str]:
    """A text of nested values in which different values never look alike."""
    if isinstance(value, Bound | Deadline | Outcome):
        return _pieces((type(value).__name__, *values(value)[: -len(_WORDING)]))
    if hasattr(value, "__meant__"):
        return [type(value).__name__, "(", *_joined(values(value)), ")"]
    if isinstance(value, tuple | list):
        return ["[", *_joined(value), "]"]
    if isinstance(value, Enum):
        return [value.name]
    if isinstance(value, Fraction):
        return [f"{value.numerator}/{value.denominator}"]
    return [repr(value)]


def _joined(parts: Any) -> list[str]:
    return [piece for part in parts for piece in (*_pieces(part), ",")]
