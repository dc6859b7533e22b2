"""Numbers with a unit behind them (`95%`, `3.6亿元`), many at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.block import Integers
from perfdsl.batch.reading.digits import plain
from perfdsl.batch.reading.loose import MOST_PLACES, Loose
from perfdsl.batch.reading.meaning import Place
from perfdsl.batch.reading.worth import worth
from perfdsl.data.headings import Role
from perfdsl.units import unit_of

FEW = 64
"""Up to so many rows it does not pay."""
_MOST_UNITS = 50
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?"


def with_units(array: Any, left: Integers, found: Loose, place: Place) -> Integers:
    """Note the rows of a column of texts that are a plain number and a unit; the others are given back."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if left.size <= FEW or place.role is not Role.ACTUAL or not (pa.types.is_string(array.type) or pa.types.is_large_string(array.type)):
        return left
    texts = array.take(left)
    said = pc.dictionary_encode(pc.replace_substring_regex(texts, _NUMBER, ""))
    suffixes = said.dictionary.to_pylist()
    if len(suffixes) > _MOST_UNITS:
        return left
    rests, codes = np.ones(len(left), bool), said.indices.to_numpy()
    for code, suffix in enumerate(suffixes):
        found_worth = worth(unit_of(suffix) if suffix else None, place.slot.expected.unit)
        if found_worth is not None:
            rows = np.flatnonzero(codes == code)
            rests[rows] = ~_note(texts.take(rows), suffix, left[rows], found, *found_worth)
    return left[rests]


def _note(texts: Any, suffix: str, rows: Integers, found: Loose, times: int, more: int) -> Any:
    import pyarrow.compute as pc

    numbers = plain(pc.utf8_slice_codeunits(texts, 0, -len(suffix)))
    fits = numbers.ok & (np.abs(numbers.units) <= (2**63 - 1) // times) & (numbers.places + more <= MOST_PLACES)
    found.units[rows[fits]] = numbers.units[fits] * times
    found.places[rows[fits]], found.given[rows[fits]] = numbers.places[fits] + more, True
    return fits
