"""Claims on an indicator of several unknown numbers, told from the paths of its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from perfdsl.data.facts import Fact
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.form import Undecided
from perfdsl.prove.numberlike import Number
from perfdsl.prove.paths import Path, Term, World, walk
from perfdsl.prove.question import Question
from perfdsl.prove.rising import direction
from perfdsl.prove.seen import Seen, look
from perfdsl.prove.verdict import BAD_DATA, Broken, limits, verdict
from perfdsl.quantity import Quantity, decimal_text

MOST_PATHS = 300
"""How many paths one question may have, over all combinations of words."""


class Many:
    """The paths of one question; raises `Undecided` where they cannot be gone through."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.paths: list[tuple[dict[str, Fact], Path[Seen]]] = []
        for chosen in asked.assignments():
            self.paths += [(chosen, path) for path in self._walk(lambda numbers, chosen=chosen: look(asked, self._facts(chosen, numbers)))]  # type: ignore[misc]  # a default

    def _walk(self, ask: Callable[[Sequence[Number]], Any], *more: Any) -> Iterator[Path[Any]]:
        left = MOST_PATHS - len(self.paths)
        if left < 1:
            raise Undecided("情形太多，没有走完")
        return walk(ask, (*self.asked.domains, *more), left)

    def _facts(self, chosen: dict[str, Fact], numbers: Sequence[Number]) -> dict[str, Fact]:
        return {**chosen, **{u.path: Fact(u.value(x)) for u, x in zip(self.asked.numbers, numbers, strict=True)}}

    def claim(self, kind: Kind, holds: str) -> Claim:
        """The verdict on one claim."""
        unsure = next((path.value.open_ for _, path in self.paths if path.value.open_), "")
        return verdict(kind, self.asked, unsure, self._found(kind), (Verdict.PROVED, holds))

    def _found(self, kind: Kind) -> Iterator[Broken | str]:
        try:
            yield from self._broken(kind)
        except Undecided as undecided:
            yield str(undecided)

    def _broken(self, kind: Kind) -> Iterator[Broken]:
        if kind is Kind.RISING:
            yield from self._falls()
            return
        search = {Kind.RANGE: self._beyond, Kind.SCORED: self._unscored, Kind.APART: self._shared}[kind]
        for chosen, path in self.paths:
            yield from search(chosen, path)

    def _example(self, chosen: dict[str, Fact], world: World, condition: Any, how: str) -> Iterator[Broken]:
        found = world.example(condition)
        if found is not None:
            yield Broken(self._facts(chosen, found[:len(self.asked.numbers)]), how)

    def _always(self, chosen: dict[str, Fact], path: Path[Seen], how: str) -> Iterator[Broken]:
        return self._example(chosen, path.world, path.world.z3.BoolVal(True), how)

    def _beyond(self, chosen: dict[str, Fact], path: Path[Seen]) -> Iterator[Broken]:
        seen, world = path.value, path.world
        least, most = limits(self.asked, seen) if seen.counts else (None, None)
        if most is not None:
            yield from self._example(chosen, world, _real(world, seen.high) > _real(world, most), f"得分高于 {decimal_text(most)} 分")
        if least is not None:
            yield from self._example(chosen, world, _real(world, seen.low) < _real(world, least), f"得分低于 {decimal_text(least)} 分")

    def _unscored(self, chosen: dict[str, Fact], path: Path[Seen]) -> Iterator[Broken]:
        holes = [d for d in path.value.found if d.code not in BAD_DATA]
        if holes:
            yield from self._always(chosen, path, holes[0].message)

    def _shared(self, chosen: dict[str, Fact], path: Path[Seen]) -> Iterator[Broken]:
        for a, b in path.value.shared:
            lines = "、".join(f"「{' '.join(case.span.text.split())}」" for case in (a, b))
            yield from self._always(chosen, path, f"{lines}同时成立")

    # ---- a better value beside a worse one

    def _falls(self) -> Iterator[Broken]:
        """Two values of the actual one, all else alike: the better one scores less.  Beyond the target a rule may say so."""
        asked, sign = self.asked, direction(self.asked.item)
        own = next((at for at, u in enumerate(asked.numbers) if u.path == asked.item.path), None)
        if not sign or own is None:
            return
        for chosen in asked.assignments():
            for path in self._walk(lambda numbers, chosen=chosen: self._pair(chosen, numbers, own, sign), asked.domains[own]):  # type: ignore[misc]  # a default
                for end, further in path.value or ():
                    less = _real(path.world, further) < _real(path.world, end)
                    yield from self._example(chosen, path.world, less, "，再好一些得分反而更低")

    def _pair(self, chosen: dict[str, Fact], numbers: Sequence[Number], own: int, sign: int) -> tuple[tuple[Number, Number], ...] | None:
        """The scores of a worse value and of a better one that is not beyond the target, from the least and from the most."""
        *worse, better = numbers
        if not (better > worse[own] if sign > 0 else better < worse[own]):
            return None
        first = look(self.asked, self._facts(chosen, worse))
        if not first.counts or first.met is True:
            return None
        second = look(self.asked, self._facts(chosen, [better if at == own else x for at, x in enumerate(worse)]))
        if not second.counts or (second.met is True and not _is_at_target(second)):
            return None
        return (first.low, second.low), (first.high, second.high)


def _is_at_target(seen: Seen) -> bool:
    actual, target = seen.outcome.actual, seen.outcome.target_value
    return isinstance(actual, Quantity) and isinstance(target, Quantity) and bool(actual.amount == target.amount)


def _real(world: World, number: Number) -> Any:
    return number.real if isinstance(number, Term) else world.real(Fraction(number))
