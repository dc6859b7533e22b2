"""The cells of a unit that stands for every unit: asked for when they are read, and each what its column can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partialmethod
from typing import Any

from perfdsl.data.facts import NOTHING, Absent, Fact, Facts, Value
from perfdsl.model.ruleset import Expected, Kind, Ruleset
from perfdsl.plan.quotients import Quotients
from perfdsl.plan.templates import TextSlot, WordSlot
from perfdsl.plan.tree import StateTest, TextTest, WordTest
from perfdsl.plan.unknowns import CellDay, CellNumber
from perfdsl.plan.world import Unplanned, World
from perfdsl.quantity import Quantity
from perfdsl.units import PURE

GIVEN, MISSING, NOT_APPLICABLE = range(3)
"""The states of a cell: the numbers of `batch.block.State`."""


class AnyWord(str):
    """The word in a cell, a place for it as text.  Whether it is a certain word is asked of the world."""

    column: str
    world: World

    def __new__(cls, column: str, world: World) -> AnyWord:
        made = super().__new__(cls, world.place(WordSlot(column)))
        made.column, made.world = column, world
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, AnyWord):
            if other.column == self.column:
                return True
            raise Unplanned("两格文字相比")
        return isinstance(other, str) and self.world.ask(WordTest(self.column, str(other)))

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        raise Unplanned("文字当作键")


class AnyText(str):
    """A cell as it was written.  `sure`: there is a text."""

    column: str
    world: World
    sure: bool

    def __new__(cls, column: str, world: World, sure: bool) -> AnyText:
        made = super().__new__(cls, world.place(TextSlot(column)))
        made.column, made.world, made.sure = column, world, sure
        return made

    def __bool__(self) -> bool:
        return self.sure or self.world.ask(TextTest(self.column))


class AnyDay(date):
    """The day in a cell: only its ordinal can be asked for, and a place for it in a text."""

    column: str
    world: World

    def __new__(cls, column: str, world: World) -> AnyDay:
        made = super().__new__(cls, 1, 1, 1)
        made.column, made.world = column, world
        return made

    def toordinal(self) -> int:
        found: int = self.world.number(CellDay(self.column))
        return found

    def _compared(self, other: object, signs: frozenset[int]) -> Any:
        if not isinstance(other, date):
            return NotImplemented
        rest = self.toordinal() - other.toordinal()
        return self.world.sign_in(rest, signs) if isinstance(rest, Quotients) else (rest > 0) - (rest < 0) in signs

    __lt__ = partialmethod(_compared, signs=frozenset((-1,)))
    __le__ = partialmethod(_compared, signs=frozenset((-1, 0)))
    __gt__ = partialmethod(_compared, signs=frozenset((1,)))
    __ge__ = partialmethod(_compared, signs=frozenset((1, 0)))
    __eq__ = partialmethod(_compared, signs=frozenset((0,)))
    __ne__ = partialmethod(_compared, signs=frozenset((1, -1)))

    def shown_in(self, how: Callable[..., str]) -> str:
        """A place for it in a text."""
        return self.world.slot(self.world.number(CellDay(self.column)), how, 0)

    def __hash__(self) -> int:
        raise Unplanned("日期当作键")


class AnyFact(Fact):
    """A fact with a 评定得分 that is asked for when a rule asks for it."""

    __slots__ = ("path", "world")
    path: str
    world: World

    def __init__(self, value: Value | Absent, path: str, world: World, text: str = "") -> None:
        for name, given in (("value", value), ("text", text), ("cell", None), ("claimed", None), ("audited", None), ("reason", ""),
                            ("path", path), ("world", world)):
            object.__setattr__(self, name, given)

    @property
    def chosen(self) -> Fraction | None:
        if not self.world.ask(StateTest(self.path, GIVEN, chosen=True)):
            return None
        found: Fraction = self.world.number(CellNumber(self.path, chosen=True))
        return found


class AnyFacts(Facts):
    """The facts of such a unit.  `judged` are the names of which 评定得分 can be asked; `texted`: cells are known as they were written."""

    __slots__ = ("judged", "texted", "wanted", "world")
    texted: bool
    judged: frozenset[str]
    wanted: Mapping[str, Expected]
    world: World

    def __init__(self, ruleset: Ruleset, world: World, judged: frozenset[str], wanted: Mapping[str, Expected], texted: bool = False) -> None:
        super().__init__("", ruleset.year, {})
        object.__setattr__(self, "world", world)
        object.__setattr__(self, "judged", judged)
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "texted", texted)

    def of(self, path: str) -> Fact:
        expected = self.wanted.get(path)
        if expected is None:
            if path and self.world.ask(StateTest(path, NOT_APPLICABLE)):
                return Fact(Absent.NOT_APPLICABLE, self._text(path))
            return Fact(Absent.MISSING, self._text(path, False)) if path else NOTHING
        value: Value | Absent = Absent.EMPTY
        if self.world.ask(StateTest(path, GIVEN)):
            value = _value(path, expected, self.world)
        elif self.world.ask(StateTest(path, NOT_APPLICABLE)):
            value = Absent.NOT_APPLICABLE
        text = self._text(path, value is not Absent.EMPTY)
        return AnyFact(value, path, self.world, text) if path in self.judged else Fact(value, text)

    def _text(self, path: str, sure: bool = True) -> str:
        return AnyText(path, self.world, sure) if self.texted else ""


def _value(path: str, expected: Expected, world: World) -> Value:
    match expected.kind:
        case Kind.QUANTITY:
            unit = expected.unit or PURE
            return Quantity(world.number(CellNumber(path)) * unit.factor, unit)
        case Kind.DATE:
            return AnyDay(path, world)
    return AnyWord(path, world)


