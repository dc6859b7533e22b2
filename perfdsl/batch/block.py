"""A block of units as columns: what their data say, exact and without text.

One element is one unit.  Every array of a block has `Block.size` elements.
"""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from perfdsl.data.facts import Absent, Fact, Facts, Value
from perfdsl.model.ruleset import Expected, Ruleset
from perfdsl.quantity import of
from perfdsl.record import record
from perfdsl.units import PURE

Integers = npt.NDArray[np.int64]
States = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]


class State(IntEnum):
    """What a cell of a column holds.  What cannot be read does not come into a block: its unit is rejected."""

    GIVEN = 0
    MISSING = 1
    NOT_APPLICABLE = 2


@record
class Numbers:
    """Exact decimals: element i is `units[i]` × 10^−`places`, in the unit that the ruleset expects of the cell.

    `state` None: every element is given.  Where it is not given, `units` is 0.
    """

    units: Integers
    places: int
    state: States | None = None


@record
class Words:
    """Texts: element i is `words[codes[i]]`; no word stands twice."""

    codes: Codes
    words: tuple[str, ...]
    state: States | None = None


@record
class Days:
    """Dates, as proleptic ordinals (`date.toordinal`)."""

    ordinals: Integers
    state: States | None = None


@record
class Marks:
    """The cell of an item whose actual value is computed, or comes from its parts: only 不适用 can be said of it."""

    state: States


Column = Numbers | Words | Days | Marks


@record
class Block:
    """Some units.  `cells` are by the full names of `Ruleset.inputs`, a name that is not there is missing in every unit.

    `chosen` are 评定得分 by the full name of the item, `reasons` tell where a reason for a deviation is given.
    """

    size: int
    cells: dict[str, Column]
    chosen: dict[str, Numbers]
    reasons: dict[str, Flags]
    year: int | None = None

    def facts(self, at: int, ruleset: Ruleset, unit: str = "") -> Facts:
        """The facts of one unit, for the interpreter."""
        wanted = ruleset.inputs()
        items: dict[str, Fact] = {}
        for name in dict.fromkeys((*self.cells, *self.chosen, *self.reasons)):
            value = _value(self.cells[name], at, wanted.get(name)) if name in self.cells else Absent.MISSING
            given = self.chosen.get(name)
            chosen = None if given is None or _state(given.state, at) is not State.GIVEN else _decimal(given, at)
            explained = name in self.reasons and bool(self.reasons[name][at])
            items[name] = Fact(value, chosen=chosen, reason=_EXPLAINED if explained else "")
        return Facts(unit, self.year, items)


_EXPLAINED = "（已填）"
"""Stands for a reason whose words are not in the block."""


def _state(states: States | None, at: int) -> State:
    return State.GIVEN if states is None else State(int(states[at]))


def _decimal(column: Numbers, at: int) -> Fraction:
    return Fraction(int(column.units[at]), 10**column.places)


def _value(column: Column, at: int, expected: Expected | None) -> Value | Absent:
    match _state(column.state, at):
        case State.MISSING:
            return Absent.EMPTY
        case State.NOT_APPLICABLE:
            return Absent.NOT_APPLICABLE
    match column:
        case Numbers():
            return of(_decimal(column, at), (expected.unit if expected else None) or PURE)
        case Words():
            return column.words[int(column.codes[at])]
        case Days():
            return date.fromordinal(int(column.ordinals[at]))
    return Absent.EMPTY
