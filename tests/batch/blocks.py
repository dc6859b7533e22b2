"""Random blocks of units for any ruleset: round values, targets met exactly, thresholds, empty cells, 不适用."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np

from perfdsl.batch.block import Block, Column, Days, Marks, Numbers, Words
from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Bound, Expected, Kind, Outcome, Ruleset
from perfdsl.model.walk import every, rule_parts
from perfdsl.plan.items import Frame


class Blocks:
    """Blocks for one ruleset.  What its rules compare with comes up often, and its neighbours."""

    def __init__(self, ruleset: Ruleset, seed: int, places: int = 2) -> None:
        self.frame, self.places = Frame(ruleset), places
        self.random = np.random.default_rng(seed)
        self.words = sorted({"达成", "部分达成", "未达成", "是", "否", *_words(ruleset)})
        self.numbers = sorted(_numbers(ruleset)) or [Fraction(1)]

    def block(self, size: int, open_: float = 0.02) -> Block:
        """*size* units; about the share *open_* of the cells is not given."""
        cells: dict[str, Column] = {name: self._column(size, expected, open_) for name, expected in self.frame.wanted.items()}
        cells |= {name: Marks(self._states(size, open_ / 2, marks=True)) for name in self.frame.marks}
        chosen = {name: Numbers(self.random.integers(0, 1500, size), 2, self._states(size, 0.3)) for name in self.frame.judged}
        return Block(size, cells, chosen, {})

    def _column(self, size: int, expected: Expected, open_: float) -> Column:
        states = self._states(size, open_) if open_ else None
        match expected.kind:
            case Kind.QUANTITY:
                return Numbers(self._units(size, expected), self.places, states)
            case Kind.DATE:
                return Days(738_500 + self.random.integers(0, 500, size), states)
        words = tuple(expected.options or self.words)
        return Words(self.random.integers(0, len(words), size).astype(np.int32), words, states)

    def _units(self, size: int, expected: Expected) -> np.ndarray:
        """Whole numbers of last places: thresholds and multiples of them, their neighbours, round and natural ones."""
        factor = expected.unit.factor if expected.unit else Fraction(1)
        exact = [int(x / factor * scale * 10**self.places) for x in self.numbers for scale in (1, 2, Fraction(1, 2))]
        known = np.array([x for x in exact if abs(x) < 10**13] or [0])
        picks = [self.random.choice(known, size), self.random.choice(known, size) + self.random.integers(-1, 2, size),
                 self.random.integers(0, 200, size) * 10**self.places, self.random.integers(-500, 20_000, size),
                 np.zeros(size, np.int64)]
        which = self.random.choice(len(picks), size, p=(0.3, 0.1, 0.3, 0.27, 0.03))
        return np.choose(which, picks).astype(np.int64)

    def _states(self, size: int, share: float, marks: bool = False) -> np.ndarray:
        """0 given, 1 missing, 2 不适用; *marks*: cells that can only say 不适用."""
        drawn = self.random.random(size)
        rest = 1 if marks else 0
        return np.where(drawn < share / 2, 2, np.where(drawn < share, 1, rest)).astype(np.uint8)


def _expressions(ruleset: Ruleset) -> Iterable[k.Expr | k.Condition]:
    for indicator in ruleset.indicators():
        if indicator.method is not None:
            for part in rule_parts(indicator.method.rule):
                yield from every(part)
            yield from (node for _, value in indicator.method.arguments for node in every(value))
        for item in (indicator, *indicator.parts):
            yield from (node for case in item.targets if isinstance(case.target, Bound) for node in every(case.target.value))


def _numbers(ruleset: Ruleset) -> set[Fraction]:
    return {node.value.amount for node in _expressions(ruleset) if isinstance(node, k.Number)}


def _words(ruleset: Ruleset) -> set[str]:
    said = {node.text for node in _expressions(ruleset) if isinstance(node, k.Word)}
    targets = {case.target.words for i in ruleset.indicators() for item in (i, *i.parts) for case in item.targets
               if isinstance(case.target, Outcome)}
    return said | targets
