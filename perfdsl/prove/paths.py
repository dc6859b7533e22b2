"""Several unknowns at once: the interpreter is run along every path that its comparisons can take, and z3 says which can be.

A `Term` calculates as a Fraction does.  A comparison of terms goes the one way first; `walk` comes back for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from operator import add, mul, sub
from typing import Any, Generic, TypeVar

from perfdsl.prove.form import Undecided
from perfdsl.prove.line import Domain
from perfdsl.prove.numberlike import How, Number, NumberLike
from perfdsl.record import record

T = TypeVar("T")
EFFORT = 200_000
"""How much z3 may do for one question, in its own count: the same on every machine."""
MOST_PATHS = 150
TOO_HARD = "式子太复杂，没有判定出来"


def installed() -> bool:
    """Whether z3 is there (the extra `prove`)."""
    from importlib.util import find_spec

    return find_spec("z3") is not None


class World:
    """The conditions under which one path is taken; `turns` are the answers that comparisons have had so far."""

    def __init__(self, domains: Sequence[Domain], turns: list[bool]) -> None:
        import z3  # type: ignore[import-untyped]  # it has no stubs

        self.z3 = z3
        self.solver = z3.Solver()
        self.solver.set("rlimit", EFFORT)
        self.turns, self.taken, self.open = turns, 0, list[list[bool]]()
        self.numbers = [self._unknown(f"n{at}", domain) for at, domain in enumerate(domains)]

    def _unknown(self, name: str, domain: Domain) -> Term:
        number = self.z3.ToReal(self.z3.Int(name)) if domain.whole else self.z3.Real(name)
        region = domain.region
        if region.low is not None:
            self.solver.add(number >= self.real(region.low))
        if region.high is not None:
            self.solver.add(number <= self.real(region.high))
        return Term(number, self)

    def real(self, value: Fraction | int) -> Any:
        return self.z3.RealVal(str(Fraction(value)))

    def decide(self, condition: Any) -> bool:
        """Whether the condition holds on this path; where both can be, the other way is left open."""
        simple = self.z3.simplify(condition)
        if self.z3.is_true(simple) or self.z3.is_false(simple):
            return bool(self.z3.is_true(simple))
        if self.taken < len(self.turns):
            answer = self.turns[self.taken]
        else:
            can, cannot = self.can(condition), self.can(self.z3.Not(condition))
            answer = can
            if can and cannot:
                self.open.append([*self.turns, False])
            self.turns = [*self.turns, answer]
        self.taken += 1
        self.solver.add(condition if answer else self.z3.Not(condition))
        return answer

    def can(self, condition: Any) -> bool:
        """Whether some values on this path fulfil the condition; raises `Undecided` where z3 gives up."""
        found = self.solver.check(condition)
        if found == self.z3.unknown:
            raise Undecided(TOO_HARD)
        return bool(found == self.z3.sat)

    def example(self, condition: Any) -> list[Fraction] | None:
        """Values of the unknowns on this path that fulfil the condition, of two decimals where there are such; None where there are
        none.  Raises `Undecided`."""
        if not self.can(condition):
            return None
        model = self.solver.model()
        short = [term.real * 100 == self.z3.ToReal(self.z3.FreshInt("s")) for term in self.numbers]
        if self.solver.check(condition, *short) == self.z3.sat:
            model = self.solver.model()
        found = [model.eval(term.real, model_completion=True) for term in self.numbers]
        if not all(self.z3.is_rational_value(one) or self.z3.is_int_value(one) for one in found):
            raise Undecided(TOO_HARD)
        return [Fraction(str(one)) for one in found]

    def floor(self, real: Any) -> Any:
        """The greatest whole number not above *real*, as a number of its own."""
        whole = self.z3.ToReal(self.z3.FreshInt("f"))
        self.solver.add(whole <= real, real < whole + 1)
        return whole


class Term(NumberLike):
    """An expression of the unknowns of a `World`."""

    __slots__ = ("real", "world")

    def __init__(self, real: Any, world: World) -> None:
        self.real, self.world = real, world

    def _put(self, other: Number, put: Callable[[Any, Any], Any]) -> Term:
        return Term(put(self.real, self._other(other)), self.world)

    def _other(self, other: Number) -> Any:
        return other.real if isinstance(other, Term) else self.world.real(other)

    def __add__(self, other: Number) -> Term:
        return self._put(other, add)

    def __sub__(self, other: Number) -> Term:
        return self._put(other, sub)

    def __mul__(self, other: Number) -> Term:
        return self._put(other, mul)

    def __truediv__(self, other: Number) -> Term:
        if other == 0:
            raise ZeroDivisionError
        return Term(self.real / self._other(other), self.world)

    def __rtruediv__(self, other: Number) -> Term:
        if self == 0:
            raise ZeroDivisionError
        return Term(self.world.real(other) / self.real, self.world)

    def __neg__(self) -> Term:
        return Term(-self.real, self.world)

    def holds(self, how: How) -> bool:
        return self.world.decide(how(self.real, self.world.real(0)))

    def __hash__(self) -> int:
        return hash(self.real)

    def __floordiv__(self, other: Number) -> Term:
        return Term(self.world.floor(self.real if other == 1 else (self / other).real), self.world)


@record
class Path(Generic[T]):
    """What was found along one path, and the world that it holds in."""

    world: World
    value: T


def walk(ask: Callable[[Sequence[Number]], T], domains: Sequence[Domain], most: int = MOST_PATHS) -> Iterator[Path[T]]:
    """What *ask* gives along every path; raises `Undecided` where z3 gives up or there are more than *most*, at least 1."""
    waiting: list[list[bool]] = [[]]
    for _ in range(most):
        world = World(domains, waiting.pop())
        value = ask(world.numbers)
        waiting += world.open
        yield Path(world, value)
        if not waiting:
            return
    raise Undecided("情形太多，没有走完")
