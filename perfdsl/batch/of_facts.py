"""Units that were read one by one, put into columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np

from perfdsl.batch.block import Block, Column, Days, Integers, Marks, Numbers, State, States, Words
from perfdsl.data.facts import NOTHING, Absent, Fact, Facts
from perfdsl.data.names import Actual, Slot, Slots
from perfdsl.model.ruleset import Expected, Kind, Ruleset
from perfdsl.quantity import Quantity
from perfdsl.units import PURE

MOST_PLACES = 9
_LARGEST = 2**62

_STATES = {Absent.MISSING: State.MISSING, Absent.EMPTY: State.MISSING, Absent.NOT_APPLICABLE: State.NOT_APPLICABLE}


def block_of(units: Sequence[Facts], ruleset: Ruleset) -> tuple[Block, frozenset[int]]:
    """The units as columns, and which of them no column holds: cells that cannot be read, endless decimals, units put together."""
    odd = {at for at, unit in enumerate(units) if unit.members}
    cells: dict[str, Column] = {}
    chosen: dict[str, Numbers] = {}
    for slot in Slots(ruleset).by_path.values():
        facts = [unit.items.get(slot.path, NOTHING) for unit in units]
        if all(fact is NOTHING for fact in facts):
            continue
        cells[slot.path] = _column(slot, facts, odd)
        if any(fact.chosen is not None for fact in facts):
            chosen[slot.path] = _numbers([fact.chosen for fact in facts], _given([fact.chosen is not None for fact in facts]), odd)
    return Block(len(units), cells, chosen, {}, ruleset.year), frozenset(odd)


def _column(slot: Slot, facts: Sequence[Fact], odd: set[int]) -> Column:
    values = [fact.value for fact in facts]
    odd.update(at for at, value in enumerate(values) if value is Absent.UNREADABLE)
    if slot.actual is not Actual.CELL:
        return Marks(_states(values, ()))
    kind: type = {Kind.QUANTITY: Quantity, Kind.DATE: date}.get(slot.expected.kind, str)
    states = _states(values, kind)
    odd.update(at for at, value in enumerate(values) if not isinstance(value, Absent | kind))
    if kind is Quantity:
        odd.update(at for at, value in enumerate(values) if isinstance(value, Quantity) and value.unit.dimension != _unit(slot.expected).dimension)
        factor = _unit(slot.expected).factor
        return _numbers([value.amount / factor if isinstance(value, Quantity) else None for value in values], states, odd)
    if kind is date:
        return Days(np.array([value.toordinal() if isinstance(value, date) else 0 for value in values], np.int64), states)
    known: dict[str, int] = {}
    codes = [known.setdefault(value if isinstance(value, str) else "", len(known)) for value in values]
    return Words(np.array(codes, np.int32), tuple(known), states)


def _unit(expected: Expected) -> Any:
    return expected.unit or PURE


def _states(values: Sequence[Any], given: type | tuple[type, ...]) -> States:
    return np.array([State.GIVEN if isinstance(value, given) else _STATES.get(value, State.MISSING) if isinstance(value, Absent) else State.MISSING
                     for value in values], np.uint8)


def _given(given: Sequence[bool]) -> States:
    return np.array([State.GIVEN if one else State.MISSING for one in given], np.uint8)


def _numbers(values: Sequence[Fraction | None], states: States, odd: set[int]) -> Numbers:
    """The column with as many places as its longest decimal needs; what does not fit goes to *odd*."""
    needed = [_places(value) for value in values]
    places = max((n for n in needed if n is not None), default=0)
    units: Integers = np.zeros(len(values), np.int64)
    for at, (value, own) in enumerate(zip(values, needed, strict=True)):
        if value is None:
            continue
        whole = value.numerator * 10**places // value.denominator if own is not None else _LARGEST
        if abs(whole) < _LARGEST:
            units[at] = whole
        else:
            odd.add(at)
    return Numbers(units, places, states)


def _places(value: Fraction | None) -> int | None:
    """How many decimals a number has; None where they do not end soon."""
    if value is None or value.denominator == 1:
        return 0
    return next((n for n in range(1, MOST_PLACES + 1) if 10**n % value.denominator == 0), None)
