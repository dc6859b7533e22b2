"""Whole numbers of any size and sign: their quotients rounded, and the functions that a plan writes over them.  No library is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import CodeType
from typing import Any

Round = Callable[[int, int], int]



class _NotApplicable:
    def __repr__(self) -> str:
        return "不适用"


NA = _NotApplicable()
"""Stands in the list of a unit's values where a cell says 不适用; None stands where it is empty."""


def half_up(top: int, bottom: int) -> int:
    """The nearest whole number; ties go away from 0."""
    if bottom < 0:
        top, bottom = -top, -bottom
    return (2 * top + bottom) // (2 * bottom) if top >= 0 else -((bottom - 2 * top) // (2 * bottom))


def truncated(top: int, bottom: int) -> int:
    """Towards 0."""
    if bottom < 0:
        top, bottom = -top, -bottom
    return top // bottom if top >= 0 else -(-top // bottom)


def up(top: int, bottom: int) -> int:
    """Away from 0."""
    if bottom < 0:
        top, bottom = -top, -bottom
    return -(-top // bottom) if top >= 0 else top // bottom


def half_even(top: int, bottom: int) -> int:
    """The nearest whole number; ties go to the even one."""
    if bottom < 0:
        top, bottom = -top, -bottom
    floor, rest = divmod(top, bottom)
    return floor + (2 * rest > bottom or (2 * rest == bottom and floor % 2 == 1))


ROUND: dict[str, Round] = {"half_up": half_up, "truncate": truncated, "up": up, "half_even": half_even}
"""By the values of `quantity.RoundingMode`."""


def upright(top: int, bottom: int) -> tuple[int, int]:
    """The same quotient with a denominator above 0."""
    return (top, bottom) if bottom > 0 else (-top, -bottom)


def defined(code: CodeType, names: Mapping[str, Any] | None = None) -> Callable[..., Any]:
    """The function `made` that the code of a plan defines, in which *names* are known too."""
    space: dict[str, Any] = {"NA": NA, "upright": upright, **ROUND, **(names or {})}
    exec(code, space)  # our own text: numbers, places, quoted words
    made: Callable[..., Any] = space["made"]
    return made
