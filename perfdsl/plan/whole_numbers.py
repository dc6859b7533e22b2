"""Rounding quotients of whole numbers, of any size and sign."""

from __future__ import annotations

from collections.abc import Callable

from perfdsl.quantity import RoundingMode

Round = Callable[[int, int], int]


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


ROUND: dict[RoundingMode, Round] = {
    RoundingMode.HALF_UP: half_up, RoundingMode.TRUNCATE: truncated, RoundingMode.UP: up, RoundingMode.HALF_EVEN: half_even}


def upright(top: int, bottom: int) -> tuple[int, int]:
    """The same quotient with a denominator above 0."""
    return (top, bottom) if bottom > 0 else (-top, -bottom)
