"""What is decided for a unit, as a tree of tests on its columns with a result at every leaf."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from perfdsl.plan import polynomial as p
from perfdsl.record import record

if TYPE_CHECKING:
    from perfdsl.plan.quotients import Terms

T = TypeVar("T")
U = TypeVar("U")


@record
class SignTest:
    """Whether the sign of a primitive polynomial is one of `signs`: {1}, {0, 1} or {0}."""

    top: p.Polynomial
    signs: frozenset[int]


@record
class WordTest:
    """Whether a column of texts holds this word."""

    column: str
    word: str


@record
class StateTest:
    """Whether the cell of a column is in this state (`block.State`); `chosen`: the column of 评定得分 of that name."""

    column: str
    state: int
    chosen: bool = False


Test = SignTest | WordTest | StateTest


@record
class TextTest:
    """Whether there is a text of a column, as it was written: of a cell without a value that may be `/` or nothing."""

    column: str


@record
class FiniteTest:
    """Whether a number has a finite decimal."""

    terms: Terms


ToldTest = TextTest | FiniteTest
"""What only words depend on: asked in trees of templates and in no others, so that `Branch.test` does without."""


@record
class Leaf(Generic[T]):
    """The end of a path."""

    value: T


@record
class Branch(Generic[T]):
    """Where a path parts."""

    test: Test
    yes: Tree[T]
    no: Tree[T]


Tree = Leaf[T] | Branch[T]


def grown(paths: Sequence[tuple[Sequence[tuple[Test, bool]], T]]) -> Tree[T]:
    """The tree of all paths: of each its turns and what stands at its end.  Where both ways lead to the same, it does not part."""
    turns, value = paths[0]
    if not turns:
        return Leaf(value)
    test = turns[0][0]
    yes, no = (grown([(t[1:], v) for t, v in paths if t[0][1] is answer]) for answer in (True, False))
    return yes if yes == no else Branch(test, yes, no)


def leaves(tree: Tree[T]) -> Iterator[T]:
    """What stands at the ends, from left to right."""
    if isinstance(tree, Leaf):
        yield tree.value
    else:
        yield from leaves(tree.yes)
        yield from leaves(tree.no)


def tests(tree: Tree[T]) -> Iterator[Test]:
    """Every test, each place once."""
    if isinstance(tree, Branch):
        yield tree.test
        yield from tests(tree.yes)
        yield from tests(tree.no)


def pruned(tree: Tree[T], settled: Callable[[Test], bool | None]) -> Tree[T]:
    """The tree without the tests whose answer is known."""
    if isinstance(tree, Leaf):
        return tree
    answer = settled(tree.test)
    if answer is not None:
        return pruned(tree.yes if answer else tree.no, settled)
    return Branch(tree.test, pruned(tree.yes, settled), pruned(tree.no, settled))


def mapped(tree: Tree[T], change: Callable[[T], U], test: Callable[[Test], Test] = lambda t: t) -> Tree[U]:
    """The tree with every leaf, and every test, changed."""
    if isinstance(tree, Leaf):
        return Leaf(change(tree.value))
    return Branch(test(tree.test), mapped(tree.yes, change, test), mapped(tree.no, change, test))


def merged(tree: Tree[T]) -> Tree[T]:
    """The tree without the tests of which both ways lead to the same."""
    if isinstance(tree, Leaf):
        return tree
    yes, no = merged(tree.yes), merged(tree.no)
    return yes if yes == no else Branch(tree.test, yes, no)
