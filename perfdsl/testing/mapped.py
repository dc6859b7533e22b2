"""A ruleset with every node of one kind put in another way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perfdsl.model import kernel as k
from perfdsl.model.ruleset import Ruleset
from perfdsl.quantity import Quantity
from perfdsl.record import changed
from perfdsl.testing.mutants import replaced


def mapped(node: Any, put: Callable[[Any], Any]) -> Any:
    """*node* with *put* applied to all that is inside it, and then to itself."""
    if isinstance(node, tuple):
        return tuple(mapped(one, put) for one in node)
    if not hasattr(node, "__meant__") or isinstance(node, Quantity):
        return node
    return put(changed(node, **{name: mapped(getattr(node, name), put) for name in node.__meant__}))


def without_rounding(ruleset: Ruleset) -> Ruleset:
    """The ruleset without 四舍五入 inside its rules: what jumps by a hundredth is no threshold."""
    paths = frozenset(i.path for i in ruleset.indicators())
    return replaced(ruleset, paths, lambda i: changed(i, method=mapped(i.method, _exact)))


def _exact(node: Any) -> Any:
    return node.value if isinstance(node, k.Rounded) else node
