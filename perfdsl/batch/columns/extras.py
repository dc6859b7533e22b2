"""What stands beside the points of an item: how far it is from its target, and whether a reason is due."""

from __future__ import annotations

from typing import Any

import numpy as np

from perfdsl.batch.columns.pruned import ANYTHING, pruned
from perfdsl.batch.columns.soft import soft
from perfdsl.batch.columns.trees import Trees
from perfdsl.plan.beside import RATE
from perfdsl.plan.quotients import Terms
from perfdsl.plan.tree import Tree, mapped

Written = Any
"""A register, or one value for all units."""


def deviation(trees: Trees, tree: Tree[Terms | None]) -> tuple[Written, Written]:
    """Hundredths of a percent (int32), and the mask of units where they have a meaning."""
    there = trees.flags(pruned(mapped(tree, lambda terms: terms is not None), trees.tests))
    kept = pruned(mapped(tree, lambda terms: ANYTHING if terms is None else _Kept(terms)), trees.tests)
    if there is False:
        return 0, False
    with trees.only(there):
        return trees.whole(trees.points(kept, lambda leaf: soft(trees.numbers, leaf.terms, RATE, False))), there


class _Kept:
    """Terms that are not taken for `ANYTHING`, as no terms at all (0) would be."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and self.terms == other.terms

    def __hash__(self) -> int:
        return hash(self.terms)


def due(trees: Trees, several: tuple[Tree[bool], ...]) -> Written:
    """The mask of units that owe a reason: those for which one of the trees says yes."""
    made = [trees.flags(pruned(tree, trees.tests)) for tree in several]
    masks = [one for one in made if not isinstance(one, bool)]
    if True in made or not masks:
        return True in made
    for other in masks[1:]:
        trees.program.do(np.logical_or, masks[0], other, masks[0])
    return masks[0]
