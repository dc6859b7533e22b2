"""Tests of a tree as masks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from perfdsl.batch.columns.numbers import Numbers
from perfdsl.batch.columns.program import Operand, Register, Source
from perfdsl.plan import polynomial as p
from perfdsl.plan.binding import Cell
from perfdsl.plan.tree import SignTest, StateTest, Test, WordTest

_SIGNED: dict[frozenset[int], Callable[..., Any]] = {
    frozenset((1,)): np.greater, frozenset((0, 1)): np.greater_equal, frozenset((0,)): np.equal}


class Tests:
    """Writes tests into a program.  `states` are the input columns of the states that cells are in, `words` those of words,
    as numbers in the `vocabulary` of the column; a cell without a column of states is given in every unit."""

    def __init__(self, numbers: Numbers, states: Mapping[Cell, int], words: Mapping[str, int], vocabulary: Mapping[str, Mapping[str, int]],
                 missing: frozenset[Cell]) -> None:
        self.numbers, self.states, self.words, self.vocabulary, self.missing = numbers, states, words, vocabulary, missing
        self._masks: dict[Test, Register] = {}

    def forget(self) -> None:
        """The masks made so far are gone with their scope."""
        self._masks.clear()

    def settled(self, test: Test) -> bool | None:
        """The answer that is the same for every unit; None where there are two."""
        match test:
            case StateTest():
                cell = test.column, test.chosen
                if cell in self.missing:
                    return test.state == 1
                return None if cell in self.states else test.state == 0
            case SignTest():
                signs = self.numbers.range(self.numbers.binding.bound(test.top)).signs
                return True if signs <= test.signs else None if signs & test.signs else False
        return False if test.column not in self.words else None

    def mask(self, test: Test) -> Register:
        """Where the test holds."""
        if test not in self._masks:
            out = self.numbers.program.new("m")
            with self.numbers.program.scope():
                self._write(test, out)
            self._masks[test] = out
        return self._masks[test]

    def _write(self, test: Test, out: Register) -> None:
        do = self.numbers.program.do
        match test:
            case StateTest():
                do(np.equal, Source(self.states[test.column, test.chosen]), test.state, out)
            case WordTest():
                do(np.equal, Source(self.words[test.column]), self.vocabulary[test.column].get(test.word, -1), out)
            case SignTest():
                left, right = self._sides(self.numbers.binding.bound(test.top))
                do(_SIGNED[test.signs], left, right, out)

    def _sides(self, top: p.Polynomial) -> tuple[Operand, Operand]:
        """What is added and what is taken off: compared with each other, no difference is worked out."""
        self.numbers.check(top)
        added = tuple((unknowns, c) for unknowns, c in top if c > 0)
        taken = tuple((unknowns, -c) for unknowns, c in top if c < 0)
        return self.numbers.polynomial(added), self.numbers.polynomial(taken)
