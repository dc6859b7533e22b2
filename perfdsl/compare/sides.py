"""Some of last year's units as columns: once as the old ruleset reads them and once as the new one does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from perfdsl.batch.block import Block, Column, Days, Flags, Integers, Marks, Numbers, State, States, Words
from perfdsl.batch.of_facts import block_of
from perfdsl.batch.some import some_of
from perfdsl.compare.units import Known
from perfdsl.model.ruleset import Expected, Kind, Ruleset
from perfdsl.record import changed
from perfdsl.units import PURE

_HOLDS = {Kind.QUANTITY: Numbers, Kind.DATE: Days}
_MOST = 2**62


class Sides:
    """The columns for any ruleset between the two, by the rule of `Known.under`.

    `apart` says which units no column holds as that rule would have it: these are scored one by one.
    """

    def __init__(self, old: Block, new: Block, rulesets: tuple[Ruleset, Ruleset], apart: frozenset[int]) -> None:
        self.old, self.new, self.size = old, new, old.size
        self.wanted = tuple(ruleset.inputs() for ruleset in rulesets)
        self.apart: Flags = np.zeros(old.size, bool)
        self.apart[sorted(apart)] = True
        self._columns: dict[tuple[str, Expected | None], Column | None] = {}

    def block(self, ruleset: Ruleset, rows: Integers) -> Block:
        """Some of the units as that ruleset wants them."""
        wanted = ruleset.inputs()
        made = {path: self._column(path, wanted.get(path)) for path in {**self.old.cells, **self.new.cells}}
        chosen = {**self.new.chosen, **self.old.chosen}
        every = Block(self.size, {path: column for path, column in made.items() if column is not None}, chosen, {}, ruleset.year)
        return every if len(rows) == self.size else some_of(every, rows)

    def _column(self, path: str, expected: Expected | None) -> Column | None:
        if (path, expected) not in self._columns:
            self._columns[path, expected] = self._merged(path, expected)
        return self._columns[path, expected]

    def _merged(self, path: str, expected: Expected | None) -> Column | None:
        """As the old ruleset read it, wherever that can stand there."""
        old, new = self._fitted(0, path, expected), self._fitted(1, path, expected)
        before, after = self.old.cells.get(path), self.new.cells.get(path)
        if before is None:
            return new
        given = _states(before) == State.GIVEN
        if after is not None:
            self.apart |= (_states(before) == State.MISSING) & (_states(after) != State.MISSING)
        if old is not None:
            return old
        if new is None or path in self.old.chosen or path in self.new.chosen:
            self.apart |= given
            return None if new is None else self._held(new, given, before)
        return self._held(new, given, before)

    def _held(self, new: Column, given: Flags, before: Column) -> Column:
        return changed(new, state=np.where(given, _states(new), _states(before)).astype(np.uint8))

    def _fitted(self, side: int, path: str, expected: Expected | None) -> Column | None:
        """The column of one side, in the unit that is wanted; None where it holds another kind of value."""
        column = (self.old, self.new)[side].cells.get(path)
        if column is None:
            return None
        if expected is None:
            return Marks(np.where(_states(column) == State.NOT_APPLICABLE, State.NOT_APPLICABLE, State.MISSING).astype(np.uint8))
        if isinstance(column, Marks):
            self.apart[:] = True
            return None
        if type(column) is not _HOLDS.get(expected.kind, Words):
            return None
        return self._converted(column, self.wanted[side][path], expected) if isinstance(column, Numbers) else column

    def _converted(self, column: Numbers, own: Expected, expected: Expected) -> Numbers:
        before, after = own.unit or PURE, expected.unit or PURE
        if before.dimension != after.dimension:
            self.apart[:] = True
            return column
        factor, places = before.factor / after.factor, column.places
        while factor.denominator != 1 and places < column.places + 9:
            factor, places = factor * 10, places + 1
        if factor.denominator != 1 or abs(column.units).max(initial=0) >= _MOST // abs(factor):
            self.apart[:] = True
            return column
        return changed(column, units=column.units * int(factor), places=places)


def sides_of(units: Sequence[Known], rulesets: tuple[Ruleset, Ruleset]) -> Sides:
    """The sides of units that were read one by one; *rulesets* are the old one under the names of the new one, and that."""
    old, apart = block_of([one.old for one in units], rulesets[0])
    new, others = block_of([one.new for one in units], rulesets[1])
    return Sides(old, new, rulesets, apart | others)


def _states(column: Column) -> States:
    if column.state is not None:
        return column.state
    match column:
        case Numbers():
            return np.zeros(len(column.units), np.uint8)
        case Words():
            return np.zeros(len(column.codes), np.uint8)
    return np.zeros(len(column.ordinals), np.uint8)
