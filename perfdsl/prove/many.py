"""Claims on an indicator of several unknown numbers, told from the paths of its rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any

from perfdsl.data.facts import Fact
from perfdsl.prove.claims import Claim, Kind, Verdict
from perfdsl.prove.form import Number, Undecided
from perfdsl.prove.paths import Path, Term, World, walk
from perfdsl.prove.question import Question
from perfdsl.prove.rising import direction
from perfdsl.prove.seen import Seen, look
from perfdsl.prove.single import BAD_DATA, as_written, limits, subject
from perfdsl.quantity import decimal_text

Broken = tuple[dict[str, Fact], str]
"""Facts that break a claim, and how."""
Paths = list[tuple[dict[str, Fact], Path[Seen]]]
Search = Callable[[dict[str, Fact], Path[Seen]], Broken | None]


class Many:
    """The paths of one question; raises `Undecided` where they cannot be gone through."""

    def __init__(self, asked: Question) -> None:
        self.asked = asked
        self.paths: Paths = [(chosen, path) for chosen in asked.assignments()
                             for path in walk(lambda numbers, chosen=chosen: look(asked, self._facts(chosen, numbers)), asked.domains)]  # type: ignore[misc]  # a default

    def _facts(self, chosen: dict[str, Fact], numbers: Sequence[Number]) -> dict[str, Fact]:
        return {**chosen, **{u.path: Fact(u.value(x)) for u, x in zip(self.asked.numbers, numbers, strict=True)}}

    def claim(self, kind: Kind, holds: str) -> Claim:
        """The verdict on one claim."""
        asked, span = self.asked, (self.asked.part or self.asked.indicator).span
        try:
            broken = next(self._broken(kind), None)
        except Undecided as undecided:
            return Claim(kind, subject(asked), Verdict.UNDECIDED, str(undecided), span)
        if broken is None:
            return Claim(kind, subject(asked), Verdict.PROVED, holds, span)
        facts, how = broken
        values = "，".join(f"「{path.rpartition('/')[2]}」= {fact.value}" for path, fact in facts.items())
        return Claim(kind, subject(asked), Verdict.REFUTED, f"{values} 时{how}", span, "" if asked.freed else as_written(asked, facts))

    def _broken(self, kind: Kind) -> Iterator[Broken]:
        if kind is Kind.RISING:
            yield from self._falls()
            return
        search = {Kind.RANGE: self._beyond, Kind.SCORED: self._unscored, Kind.APART: self._shared}[kind]
        for chosen, path in self.paths:
            broken = search(chosen, path)
            if broken is not None:
                yield broken

    def _example(self, chosen: dict[str, Fact], world: World, condition: Any, how: str) -> Broken | None:
        found = world.example(condition)
        return None if found is None else (self._facts(chosen, found[:len(self.asked.numbers)]), how)

    def _beyond(self, chosen: dict[str, Fact], path: Path[Seen]) -> Broken | None:
        seen, world = path.value, path.world
        if seen.found:
            return None
        least, most = limits(self.asked, seen)
        above, below = _real(world, seen.high) > _real(world, most), _real(world, seen.low) < _real(world, least)
        return (self._example(chosen, world, above, f"得分高于 {decimal_text(most)} 分")
                or self._example(chosen, world, below, f"得分低于 {decimal_text(least)} 分"))

    def _unscored(self, chosen: dict[str, Fact], path: Path[Seen]) -> Broken | None:
        holes = [d for d in path.value.found if d.code not in BAD_DATA]
        return self._example(chosen, path.world, path.world.z3.BoolVal(True), f"：{holes[0].message}") if holes else None

    def _shared(self, chosen: dict[str, Fact], path: Path[Seen]) -> Broken | None:
        for a, b in path.value.shared:
            lines = "、".join(f"「{' '.join(case.span.text.split())}」" for case in (a, b))
            return self._example(chosen, path.world, path.world.z3.BoolVal(True), f"{lines}同时成立")
        return None

    # ---- a better value beside a worse one

    def _falls(self) -> Iterator[Broken]:
        """Two values of the actual one, all else alike: the better one scores less, and the worse one has not met the target."""
        asked, sign = self.asked, direction(self.asked)
        own = next((at for at, u in enumerate(asked.numbers) if u.path == (asked.part or asked.indicator).path), None)
        if not sign or own is None:
            return
        for chosen in asked.assignments():
            for path in walk(lambda numbers, chosen=chosen: self._pair(chosen, numbers, own, sign), (*asked.domains, asked.domains[own])):  # type: ignore[misc]  # a default
                if path.value is None:
                    continue
                worse, better = path.value
                for end, further in ((worse.low, better.low), (worse.high, better.high)):
                    less = _real(path.world, further) < _real(path.world, end)
                    if broken := self._example(chosen, path.world, less, "，再好一些得分反而更低"):
                        yield broken

    def _pair(self, chosen: dict[str, Fact], numbers: Sequence[Number], own: int, sign: int) -> tuple[Seen, Seen] | None:
        *worse, better = numbers
        if not (better > worse[own] if sign > 0 else better < worse[own]):
            return None
        first = look(self.asked, self._facts(chosen, worse))
        if first.found or first.outcome.met is True:
            return None
        second = look(self.asked, self._facts(chosen, [better if at == own else x for at, x in enumerate(worse)]))
        return None if second.found else (first, second)


def _real(world: World, number: Number) -> Any:
    return number.real if isinstance(number, Term) else world.real(Fraction(number))
