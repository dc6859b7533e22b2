"""A column of numbers: plain ones at once, all others as `perfdsl.data` reads their text, in the unit that the ruleset expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np

from perfdsl.batch.block import Integers, Numbers, State, States
from perfdsl.batch.reading.loose import MOST_PLACES, POWERS, Loose, all_given, loose
from perfdsl.batch.reading.meaning import Meaning, Meanings, Said
from perfdsl.batch.reading.suffixes import with_units
from perfdsl.batch.reading.texts import strings
from perfdsl.data.facts import Absent
from perfdsl.data.headings import Role
from perfdsl.quantity import terminates
from perfdsl.record import record

_INT64_MAX = 2**63 - 1
_AMBIGUOUS = 2


@record
class Read:
    """A column, the rows whose cell has a fault, the values that do not fit into it, and how often which warning was due."""

    column: Any
    bad: Integers
    apart: dict[int, Said]
    warned: Counter[str]


def numbers(array: Any, meanings: Meanings) -> Read:
    doubtful = is_share(meanings)
    if not doubtful and (units := all_given(array)) is not None:
        return Read(Numbers(units, array.type.scale, None), np.zeros(0, np.int64), {}, Counter())
    found = loose(array)
    if doubtful:
        _doubt(found)
    apart: dict[int, Said] = {}
    state, bad, warned = _state(found), found.left[:0], Counter[str]()
    if (left := found.left).size and (left := with_units(array, left, found, meanings.place)).size:
        bad, warned = _ask(array, left, found, meanings, state, apart)
    return Read(_fitted(found, state, apart), bad, apart, warned)


def is_share(meanings: Meanings) -> bool:
    """Whether a bare number of up to 2 can be a share as well as a percentage (decision 0004)."""
    unit = meanings.place.slot.expected.unit
    return meanings.place.role is Role.ACTUAL and unit is not None and unit.kind == "ratio" and unit.symbol != "倍"


def _doubt(found: Loose) -> None:
    doubtful = found.given & (found.units != 0) & (np.abs(found.units) <= _AMBIGUOUS * POWERS[found.places])
    found.given[doubtful] = False


def _state(found: Loose) -> States:
    return found.missing.astype(np.uint8)  # GIVEN is 0, MISSING is 1


def _ask(array: Any, left: Integers, found: Loose, meanings: Meanings, state: States, apart: dict[int, Said]) -> tuple[Integers, Counter[str]]:
    """What the texts of these rows mean, each distinct one once."""
    import pyarrow.compute as pc

    said = pc.dictionary_encode(strings(array.take(left)), null_encoding="encode")
    if hasattr(said, "combine_chunks"):
        said = said.combine_chunks()
    answers = [meanings.of(text) for text in said.dictionary.to_pylist()]
    codes = said.indices.to_numpy()
    _put(left, codes, answers, found, state, apart)
    bad = np.array([one.is_fault for one in answers], bool)
    return left[bad[codes]], counted(codes, answers)


def counted(codes: Any, answers: list[Meaning]) -> Counter[str]:
    warned: Counter[str] = Counter()
    for times, answer in zip(np.bincount(codes, minlength=len(answers)), answers, strict=True):
        for code in answer.codes:
            warned[code] += int(times)
    return warned


def _put(left: Integers, codes: Any, answers: list[Meaning], found: Loose, state: States, apart: dict[int, Said]) -> None:
    kept = [decimal(one.said) for one in answers]
    units, places = np.array([k[0] for k in kept], np.int64), np.array([k[1] for k in kept], np.uint8)
    states = np.array([k[2] for k in kept], np.uint8)
    found.units[left], found.places[left], state[left] = units[codes], places[codes], states[codes]
    odd = np.array([_is_odd(one, k) for one, k in zip(answers, kept, strict=True)], bool)
    for row, code in zip(left[odd[codes]], codes[odd[codes]], strict=True):
        apart[int(row)] = answers[code].said


def _is_odd(one: Meaning, kept: tuple[int, int, State]) -> bool:
    return not one.is_fault and not isinstance(one.said, Absent) and kept[2] is not State.GIVEN


def decimal(said: Said) -> tuple[int, int, State]:
    """A number as units and places where it is a decimal that fits; (0, 0, MISSING) where it does not."""
    if said is Absent.NOT_APPLICABLE:
        return 0, 0, State.NOT_APPLICABLE
    if not isinstance(said, Fraction) or not terminates(said):
        return 0, 0, State.MISSING
    places = _places(said.denominator)
    units = said.numerator * (10**places // said.denominator)
    return (units, places, State.GIVEN) if places <= MOST_PLACES and abs(units) <= _INT64_MAX else (0, 0, State.MISSING)


def _places(denominator: int) -> int:
    """How many decimals 1/*denominator* has."""
    places = 0
    while 10**places % denominator:
        places += 1
    return places


def _fitted(found: Loose, state: States, apart: dict[int, Said]) -> Numbers:
    """One number of places for all; what does not fit goes apart."""
    places = int(found.places.max(initial=0))
    if places == int(found.places.min(initial=places)):
        return Numbers(found.units, places, _or_none(state))
    places = _best(found, places)
    factor = POWERS[np.maximum(places - found.places.astype(np.int64), 0)]
    over = (found.places > places) | (np.abs(found.units) > _INT64_MAX // factor)
    for row in np.flatnonzero(over):
        apart[int(row)] = Fraction(int(found.units[row]), 10 ** int(found.places[row]))
    state[over] = State.MISSING
    return Numbers(np.where(over, 0, found.units * np.where(over, 1, factor)), places, _or_none(state))


def _best(found: Loose, most: int) -> int:
    """The number of places with which the fewest rows do not fit; the most where all do."""
    return min(range(most, -1, -1), key=lambda places: _lost(found, places))


def _lost(found: Loose, places: int) -> int:
    factor = POWERS[np.maximum(places - found.places.astype(np.int64), 0)]
    return int(((found.places > places) | (np.abs(found.units) > _INT64_MAX // factor)).sum())


def _or_none(state: States) -> States | None:
    return state if state.any() else None


def total(counts: Iterable[Counter[str]]) -> Counter[str]:
    return sum(counts, Counter[str]())
