"""取舍 in a formula.  Ties and cuts are told on scaled whole numbers, which floats hold exactly."""

from __future__ import annotations

import math

from perfdsl.quantity import Rounding, RoundingMode
from perfdsl.report.xlsx_piece import PRODUCT, Piece, floated, half_up

_GUARD = 6
"""Decimals of a scaled number that are trusted."""


def rounded(piece: Piece, rounding: Rounding) -> Piece:
    """*piece* rounded as the ruleset says; `piece.text` should be short where the mode is 五成双."""
    if rounding.places is None:
        return piece
    if rounding.mode is RoundingMode.HALF_UP:
        return _half_up(piece, rounding.places)
    scaled = f"ROUND({piece.within(PRODUCT)}*{10**rounding.places},{_GUARD})"
    text = {RoundingMode.TRUNCATE: f"ROUNDDOWN({scaled},0)", RoundingMode.UP: f"ROUNDUP({scaled},0)",
            RoundingMode.HALF_EVEN: f"IF(ABS({scaled}-ROUNDDOWN({scaled},0))=0.5,2*ROUND({scaled}/2,0),ROUND({scaled},0))",
            }[rounding.mode]
    value = floated(piece)
    made = None if value is None else _whole(half_up(value * 10**rounding.places, _GUARD), rounding.mode) / 10**rounding.places
    return Piece(f"{text}/{10**rounding.places}", made, piece.unit, PRODUCT)


def _half_up(piece: Piece, places: int) -> Piece:
    """ROUND; near a tie the value is first rounded to where floats can be trusted."""
    value = floated(piece)
    if value is None:
        return Piece(f"ROUND({piece.text},{places})", None, piece.unit)
    rest = abs(value) * 10**places % 1
    if abs(rest - 0.5) < 1e-6:
        return Piece(f"ROUND(ROUND({piece.text},{places + _GUARD}),{places})", half_up(half_up(value, places + _GUARD), places), piece.unit)
    return Piece(f"ROUND({piece.text},{places})", half_up(value, places), piece.unit)


def _whole(scaled: float, mode: RoundingMode) -> float:
    size, sign = abs(scaled), -1 if scaled < 0 else 1
    if mode is RoundingMode.TRUNCATE:
        return sign * math.floor(size)
    if mode is RoundingMode.UP:
        return sign * math.ceil(size)
    return sign * (2 * half_up(size / 2, 0) if size - math.floor(size) == 0.5 else half_up(size, 0))
