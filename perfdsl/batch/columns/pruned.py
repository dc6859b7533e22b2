"""Trees without what can never be."""

from __future__ import annotations

from typing import Any

from perfdsl.batch.columns.tests import Tests
from perfdsl.plan.tree import Branch, Leaf, Tree

ANYTHING = None
"""At a leaf: what stands there does not matter, since its units are worked out elsewhere."""


def pruned(tree: Tree[Any], tests: Tests) -> Tree[Any]:
    """The tree without tests that are settled for every unit, and without leaves at which anything may stand."""
    if isinstance(tree, Leaf):
        return tree
    settled = tests.settled(tree.test)
    if settled is not None:
        return pruned(tree.yes if settled else tree.no, tests)
    yes, no = pruned(tree.yes, tests), pruned(tree.no, tests)
    if yes == no or no == Leaf(ANYTHING):
        return yes
    return no if yes == Leaf(ANYTHING) else Branch(tree.test, yes, no)
