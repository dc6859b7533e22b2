"""The ordinary unit, of which every cell is given and every item scored, as one Python function without a branch too many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from perfdsl.plan.binding import Binding, Cell
from perfdsl.plan.cells import GIVEN
from perfdsl.plan.code import Values, Writer, compiled
from perfdsl.plan.items import Reached
from perfdsl.plan.plan import Plan, Stage
from perfdsl.plan.shown import is_rounded, shown
from perfdsl.plan.tree import Leaf, StateTest, Test, Tree, leaves, tests
from perfdsl.plan.unit import SCORE
from perfdsl.plan.unknowns import CellDay, CellNumber, Points
from perfdsl.plan.whole import Whole
from perfdsl.record import record
from perfdsl.score.item import ends_of
from perfdsl.score.scorecard import Status

LEAVE = "return None"
"""What the function does with a unit that is not ordinary."""


@record
class Ordinary:
    """`numbers` gives the points of every item, the total and the number of the way of the whole; `counted` gives the way of every item
    with its points, that of the whole, the total, and the values with the points of items among them.  Both give None for a unit that
    is not ordinary.

    `text` is, as Python, `numbers` with the number of the way of every item behind them; `kinds` are the ways of each item by number,
    `wholes` those of the whole.
    """

    numbers: Callable[[Values], tuple[int, ...] | None]
    counted: Callable[[Values], tuple[tuple[tuple[Reached, int], ...], Whole, int, Values] | None]
    text: str
    kinds: tuple[tuple[Reached, ...], ...]
    wholes: tuple[Whole, ...]


def ordinary(plan: Plan, binding: Binding, cells: Mapping[Cell, int], own: Sequence[int], room: int) -> Ordinary:
    """The functions for units whose values stand in the order of *cells*; *own* and *room* are those of `Single`.  Raises `Unplanned`."""
    writer = _Writer(plan, binding, cells)
    kinds = tuple(writer.kinds[path] for path in plan.items)
    named = {_way(at, number): kind for at, ways in enumerate(kinds) for number, kind in enumerate(ways)}
    wholes = {_whole(number): whole for number, whole in enumerate(writer.wholes)}
    counted = compiled(writer.counted(own), {**named, **wholes, "ROOM": (None,) * room})
    return Ordinary(compiled(writer.numbers()), counted, writer.ways(), kinds, writer.wholes)


def _way(at: int, number: int) -> str:
    """What stands for a way of an item in `counted`."""
    return f"k{at}_{number}"


def _whole(number: int) -> str:
    return f"l{number}"


class _Writer(Writer):
    """Writes the trees of all stages one behind the other, each way ending in assignments."""

    def __init__(self, plan: Plan, binding: Binding, cells: Mapping[Cell, int]) -> None:
        super().__init__(binding, cells)
        self.plan = plan
        scored = {stage.path: plan.tree(stage, tuple(Status.SCORED for _ in stage.looks_at)) for stage in plan.stages}
        self.trees: dict[tuple[str, bool], Tree[Reached]] = {
            (stage.path, stage.part is None): plan.tree(stage, tuple(Status.SCORED for _ in stage.looks_at)) for stage in plan.stages}
        self.whole: Tree[Whole] = plan.whole(tuple(Status.SCORED for _ in plan.items))
        self.kinds = {path: tuple(dict.fromkeys(leaves(tree))) for path, tree in scored.items()}
        self.wholes = tuple(dict.fromkeys(leaves(self.whole)))

    def value(self, at: int) -> str:
        self.used.add(at)
        return f"v{at}"

    def unknown(self, number: int) -> str:
        origin = self.binding.unknowns.origins[number]
        return f"p{number}" if isinstance(origin, Points) else super().unknown(number)

    def numbers(self) -> str:
        """The whole function as Python."""
        return self._made(None, str, [f"return ({', '.join([*self._points_of_all(), 't', 'g'])})"])

    def ways(self) -> str:
        """The same with the numbers of ways."""
        return self._made(lambda _, number: str(number), str, [f"return ({', '.join([*self._points_of_all(), 't', 'g', *self._ways()])},)"])

    def counted(self, own: Sequence[int]) -> str:
        """With the ways themselves, and the values."""
        points = self._points_of_all()
        items = "".join(f"({way}, {one}), " for way, one in zip(self._ways(), points, strict=True))
        kept = [f"x[{place}] = {one}" for place, one in zip(own, points, strict=True)] if own else []
        return self._made(_way, _whole, [f"x = [*v, *{'ROOM' if own else '()'}]", *kept, f"return ({items}), g, t, x"])

    def _made(self, way: Callable[[int, int], str] | None, whole: Callable[[int], str], last: list[str]) -> str:
        """*way* and *whole* write what stands for a way, by its number (and that of the item)."""
        self.used.clear()
        lines: list[str] = []
        for stage in self.plan.stages:
            lines += self._stage(stage, way)
        body = [*self._head(), *lines, *self._total(whole), *last]
        return "\n".join(["def made(v):", " try:", *(f"  {line}" for line in body), " except TypeError:", f"  {LEAVE}"])

    # ---- parts of the text

    def _head(self) -> list[str]:
        """Take the values apart; leave where one of them is not there, or a mark is.  A cell that is no number is none in a sum."""
        trees: list[Tree[Any]] = [*self.trees.values(), self.whole]
        asked = {(test.column, test.chosen) for tree in trees for test in tests(tree) if isinstance(test, StateTest)}
        marks = [self.cells[cell] for cell in asked if cell[0] in self.plan.frame.marks]
        given = {self.cells[cell] for cell in asked if cell[0] in self.plan.frame.wanted and not cell[1]}
        origins = (o for o in self.binding.unknowns.origins if isinstance(o, CellNumber | CellDay))
        numbers = {self.cells[origin.column, False] for origin in origins if isinstance(origin, CellDay) or not origin.chosen}
        sums, words = sorted(given & numbers), sorted(given - numbers)
        self.used |= {*marks, *given}
        names = ", ".join(f"v{at}" if at in self.used else "_" for at in range(len(self.cells)))
        return [f"{names}, = v", *([" + ".join(["0", *(f"v{at}" for at in sums)])] if sums else []),
                *(f"if v{at} is not None: {LEAVE}" for at in marks), *(f"if v{at} is None or v{at} is NA: {LEAVE}" for at in words)]

    def _stage(self, stage: Stage, way: Callable[[int, int], str] | None) -> list[str]:
        tree = self.trees[stage.path, stage.part is None]
        numbers = {kind: at for at, kind in enumerate(self.kinds[stage.path])}

        def leaf(reached: Reached) -> list[str]:
            if reached.status is not Status.SCORED or reached.fault:
                return [LEAVE]
            lines = self._points(stage, reached)
            if way is not None and stage.part is None:
                at = self.plan.items.index(stage.path)
                lines.append(f"w{at} = {way(at, numbers[reached])}")
            return lines

        return self._written(tree, leaf)

    def _points(self, stage: Stage, reached: Reached) -> list[str]:
        terms = reached.points or ()
        name = self._name(stage, shown(stage.rounding).places if is_rounded(stage.rounding) else None)
        if is_rounded(stage.rounding):
            lines = [f"{name} = {self.rounded(terms, stage.rounding, reached.not_negative and reached.upright)}"]
            return [*lines, *self._bounds(stage, reached, name)]
        made = self.binding.quotient(terms)
        top, bottom = self.polynomial(made.top), self.polynomial(made.bottom)
        below = f"p{self.binding.unknowns.number(Points(stage.path, SCORE, None, True))}"
        lines = [f"{name} = {top}", f"{below} = {bottom}"] if reached.upright else [f"{name}, {below} = upright({top}, {bottom})"]
        if stage.part is not None:
            return lines
        return [*lines, f"q{self.plan.items.index(stage.path)} = half_up({name} * 100, {below})", *self._bounds(stage, reached, name, below)]

    def _bounds(self, stage: Stage, reached: Reached, name: str, below: str = "") -> list[str]:
        """Leave where points are out of bounds that they are not known to keep."""
        indicator = stage.indicator
        if reached.not_negative and reached.in_weight:
            return []
        low, high = ends_of(indicator, reached.weight)
        unit, times = 10 ** (shown(stage.rounding).places or 0) if is_rounded(stage.rounding) else 1, f" * {below}" if below else ""
        asked = ((reached.not_negative, "<", low * unit), (reached.in_weight, ">", high * unit))
        checks = [f"{name} * {end.denominator} {beyond} {end.numerator}{times}" for is_kept, beyond, end in asked if not is_kept]
        return [f"if {' or '.join(checks)}: {LEAVE}"]

    def _total(self, written: Callable[[int], str]) -> list[str]:
        numbers = {kind: at for at, kind in enumerate(self.wholes)}
        rounding = shown(self.plan.ruleset.total_rounding)
        same = len({leaf.low for leaf in self.wholes}) == 1
        lines = [f"t = {self.rounded(self.wholes[0].low, rounding)}"] if same else []

        def leaf(whole: Whole) -> list[str]:
            if whole.score is None or whole.ends is not None:
                return [LEAVE]
            return [*([] if same else [f"t = {self.rounded(whole.low, rounding)}"]), f"g = {written(numbers[whole])}"]

        return [*lines, *self._written(self.whole, leaf)]

    def _ways(self) -> list[str]:
        return [f"w{at}" for at in range(len(self.plan.items))]

    def _points_of_all(self) -> list[str]:
        names = []
        for at, path in enumerate(self.plan.items):
            stage = next(one for one in self.plan.stages if one.path == path and one.part is None)
            names.append(self._name(stage, shown(stage.rounding).places) if is_rounded(stage.rounding) else f"q{at}")
        return names

    def _name(self, stage: Stage, places: int | None) -> str:
        return f"p{self.binding.unknowns.number(Points(stage.path, SCORE, places))}"

    def _written(self, tree: Tree[Any], leaf: Callable[[Any], list[str]]) -> list[str]:
        tree = self._parting(tree)
        if isinstance(tree, Leaf):
            return leaf(tree.value)
        yes, no = self._written(tree.yes, leaf), self._written(tree.no, leaf)
        head = [f"if {self.test(tree.test)}:", *(f" {line}" for line in yes)]
        if isinstance(self._parting(tree.no), Leaf):
            return [*head, "else:", *(f" {line}" for line in no)]
        return [*head, f"el{no[0]}", *no[1:]]  # not one step deeper for every band of a scale

    def _parting(self, tree: Tree[Any]) -> Tree[Any]:
        """The tree from its first test on that ordinary units answer differently."""
        while not isinstance(tree, Leaf) and (known := settled(self.plan, tree.test)) is not None:
            tree = tree.yes if known else tree.no
        return tree


def settled(plan: Plan, test: Test) -> bool | None:
    """What is the same for every ordinary unit."""
    if not isinstance(test, StateTest) or test.chosen:
        return None
    return test.state == GIVEN if test.column in plan.frame.wanted else False

