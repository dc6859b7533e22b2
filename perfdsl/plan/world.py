"""One path through a rule: what its tests have answered so far, and what follows from that.

The interpreter is run again and again; each run follows the answers that it is given and then says yes to every new question.  `paths`
comes back for the other answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from perfdsl.plan import polynomial as p
from perfdsl.plan.quotients import Number, Quotients
from perfdsl.plan.templates import NumberSlot, Slot
from perfdsl.plan.tree import FiniteTest, Leaf, SignTest, Test, ToldTest, Tree, grown
from perfdsl.plan.unknowns import ANY, NOT_NEGATIVE, POSITIVE, CellNumber, Origin, Step, Unknowns
from perfdsl.quantity import SLOT, Rounding, terminates

T = TypeVar("T")
MOST_PATHS = 600
_SHORT = 6
"""Terms of the longest polynomial that is held against others: rules compare few things at once.  Longer ones (a total) only where they differ by a number."""
_SIGNED = (POSITIVE, NOT_NEGATIVE, frozenset((0,)))


class Unplanned(Exception):  # noqa: N818  # no error: it asks for the interpreter
    """The rule cannot be laid out as a tree; the argument says why."""


class World:
    """`turns` are the tests of this path with their answers, those of the first run of it being given."""

    def __init__(self, unknowns: Unknowns, answers: Sequence[bool]) -> None:
        self.unknowns, self.answers = unknowns, answers
        self.turns: list[tuple[Test, bool]] = []
        self.signs: dict[p.Polynomial, frozenset[int]] = {}
        self.settled: dict[Test | ToldTest, bool] = {}
        self.slots: list[Slot] = []  # in a text, `SLOT` stands around their numbers

    def number(self, origin: Origin, signs: frozenset[int] = ANY) -> Number:
        """The unknown of that origin as a number of this world; it is known to have one of these signs."""
        one = p.unknown(self.unknowns.number(origin))
        if signs != ANY:
            self.signs[one] = self.signs.get(one, ANY) & signs
        return Quotients((((), one),), self)

    # ---- questions

    def ask(self, test: Test | ToldTest) -> bool:
        """The answer of this path to a question about a cell, the same whenever it is asked."""
        if test not in self.settled:
            self.settled[test] = self._turn(test)
        return self.settled[test]

    def _turn(self, test: Test | ToldTest) -> bool:
        at = len(self.turns)
        answer = self.answers[at] if at < len(self.answers) else True
        self.turns.append((test, answer))  # type: ignore[arg-type]  # only where words are made, see `tree.ToldTest`
        return answer

    def follow(self, tree: Tree[T]) -> T:
        """What stands at the end of this path in another tree of the same unknowns."""
        while not isinstance(tree, Leaf):
            test = tree.test
            held = self._sign(test.top, test.signs) if isinstance(test, SignTest) else self.ask(test)
            tree = tree.yes if held else tree.no
        return tree.value

    def sign_in(self, value: Quotients, signs: frozenset[int]) -> bool:
        """Whether the sign of *value* is one of *signs*; the sign of its denominator is asked first."""
        top, factors = value.single()
        for one in sorted(set(factors)):
            if factors.count(one) % 2 and not self._sign(one, POSITIVE):
                signs = frozenset(-s for s in signs)
        return self._sign(top, signs)

    def _sign(self, top: p.Polynomial, signs: frozenset[int]) -> bool:
        if p.is_constant(top):
            value = p.value_of(top)
            return (value > 0) - (value < 0) in signs
        whole, factor = p.primitive(top)
        signs = signs if factor > 0 else frozenset(-s for s in signs)
        possible = self.possible(whole)
        if possible <= signs or not possible & signs:
            return possible <= signs
        plain = signs in _SIGNED
        held = self._turn(SignTest(whole, signs if plain else ANY - signs)) is plain
        self.signs[whole] = possible & signs if held else possible - signs
        return held

    # ---- what follows

    def possible(self, top: p.Polynomial) -> frozenset[int]:
        """The signs that a primitive polynomial can have on this path, as far as that can be told simply."""
        found = self.signs.get(top, ANY) & self._by_terms(top)
        for known, signs in self.signs.items():
            if len(found) > 1 and (len(top) <= _SHORT or _without_constant(top) == _without_constant(known)):
                found &= self._beside(top, known, signs)
        return found or ANY

    def _by_terms(self, top: p.Polynomial) -> frozenset[int]:
        """By the signs of its terms alone."""
        signs = [self._term(unknowns, coefficient > 0) for unknowns, coefficient in top]
        return _added(signs)

    def _term(self, unknowns: p.Unknowns, positive: bool) -> frozenset[int]:
        made = frozenset((1 if positive else -1,))
        for one in unknowns:
            made = frozenset(a * b for a in made for b in self.signs.get(p.unknown(one), ANY))
        return made

    def _beside(self, top: p.Polynomial, known: p.Polynomial, signs: frozenset[int]) -> frozenset[int]:
        """By one known polynomial: *top* is a multiple of it and a rest whose sign its terms tell."""
        found, coefficients = ANY, dict(known)
        for unknowns, coefficient in top:
            if unknowns in coefficients:
                factor = Fraction(coefficient) / coefficients[unknowns]
                rest = self._by_terms(p.plus(top, p.scaled(known, -factor)))
                share = signs if factor > 0 else frozenset(-s for s in signs)
                found &= _added([share, rest])
        return found

    # ---- numbers of their own

    def slot(self, value: Quotients, how: Callable[..., str], places: int) -> str:
        """A place in a text for a number that is known only unit by unit."""
        return self.place(NumberSlot(value.terms, how, places, self.is_upright(value), self.is_in(value, NOT_NEGATIVE)))

    def place(self, slot: Slot) -> str:
        """A place in a text; the same slot has the same."""
        if slot not in self.slots:
            self.slots.append(slot)
        return f"{SLOT[0]}{self.slots.index(slot)}{SLOT[1]}"

    def terminates(self, value: Quotients) -> bool:
        """Whether it has a finite decimal, as every cell has."""
        if all(not factors and all(terminates(Fraction(c)) for _, c in top) for factors, top in value.terms):
            return True
        return self.ask(FiniteTest(value.terms))

    def rounded(self, value: Quotients, rounding: Rounding) -> Number:
        """The value after rounding: itself where its unknowns have no more places, else an unknown that is worked out."""
        if rounding.places is None or self._has_places(value, rounding.places):
            return value
        kept = NOT_NEGATIVE if self.is_in(value, NOT_NEGATIVE) else ANY
        return self.number(Step(value.terms, rounding), kept)

    def floor(self, value: Quotients) -> Number:
        """The greatest whole number not above it."""
        return self.number(Step(value.terms, None), NOT_NEGATIVE if self.is_in(value, NOT_NEGATIVE) else ANY)

    def _has_places(self, value: Quotients, places: int) -> bool:
        """Whether it is a sum of whole numbers of that last place, whatever the cells hold: of steps and of rounded points."""
        return all(not factors and all(self._is_kept(*term, places) for term in top) for factors, top in value.terms)

    def _is_kept(self, unknowns: p.Unknowns, coefficient: p.Coefficient, places: int) -> bool:
        origins = [self.unknowns.origins[one] for one in unknowns]
        if any(isinstance(one, CellNumber) for one in origins):
            return False
        own = sum((getattr(one, "places", None) or 0) for one in origins)
        return own <= places and (coefficient * 10 ** (places - own)).denominator == 1

    def is_upright(self, value: Number | None) -> bool:
        """Whether every denominator is known to be above 0."""
        return not isinstance(value, Quotients) or all(self.possible(one) == POSITIVE for factors, _ in value.terms for one in factors)

    def is_in(self, value: Number, signs: frozenset[int]) -> bool:
        """Whether it is known, without a question, that the sign of *value* is one of *signs*."""
        if not isinstance(value, Quotients):
            return (value > 0) - (value < 0) in signs
        top, factors = value.single()
        for one in factors:
            own = self.possible(one)
            if own not in (POSITIVE, frozenset((-1,))):
                return False
            signs = signs if own == POSITIVE else frozenset(-s for s in signs)
        if p.is_constant(top):
            value = p.value_of(top)
            return (value > 0) - (value < 0) in signs
        whole, factor = p.primitive(top)
        return self.possible(whole) <= (signs if factor > 0 else frozenset(-s for s in signs))


def _without_constant(top: p.Polynomial) -> p.Polynomial:
    return top if top[0][0] else top[1:]


def _added(signs: Sequence[frozenset[int]]) -> frozenset[int]:
    """The signs that a sum can have."""
    for one in (1, -1):
        if all(s <= frozenset((0, one)) for s in signs):
            return frozenset((one,)) if any(s == frozenset((one,)) for s in signs) else frozenset((0, one))
    return ANY


def paths(unknowns: Unknowns, ask: Callable[[World], T], most: int = MOST_PATHS) -> Iterator[tuple[World, T]]:
    """What *ask* gives along every path; raises `Unplanned` where there are more than *most*."""
    waiting: list[list[bool]] = [[]]
    for _ in range(most):
        answers = waiting.pop()
        world = World(unknowns, answers)
        value = ask(world)
        taken = [answer for _, answer in world.turns]
        waiting += [[*taken[:at], False] for at in range(len(answers), len(taken))]
        yield world, value
        if not waiting:
            return
    raise Unplanned("情形太多")


def tree_of(unknowns: Unknowns, ask: Callable[[World], T], most: int = MOST_PATHS) -> Tree[T]:
    """What *ask* gives along every path, as a tree."""
    return grown([(world.turns, value) for world, value in paths(unknowns, ask, most)])
