"""Runs what is asked over every value of one unknown, region by region."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Generic, TypeVar

from perfdsl.prove.form import Split, Undecided, unknown
from perfdsl.prove.numberlike import Number
from perfdsl.prove.region import EVERYWHERE, cut, is_point, joined
from perfdsl.record import record
from perfdsl.regions import Region

T = TypeVar("T")

MOST_PIECES = 100_000


@record
class Domain:
    """Which values an unknown can have: those of `region`, only `whole` ones where it counts things or days."""

    region: Region = EVERYWHERE
    whole: bool = False


@record
class Piece(Generic[T]):
    """A region and what was found for all of it; where nothing could be, `value` is None and `undecided` says why."""

    region: Region
    value: T | None
    undecided: str = ""


def explore(ask: Callable[[Number], T], domain: Domain, most: int = MOST_PIECES) -> list[Piece[T]]:
    """What *ask* gives, from the lowest region of *domain* to the highest; after *most* regions the rest stays undecided."""
    return list(_explored(ask, domain, most))


def _explored(ask: Callable[[Number], T], domain: Domain, most: int) -> Iterator[Piece[T]]:
    waiting = list(cut(domain.region, (), domain.whole))
    while waiting:
        region = waiting.pop()
        most -= 1
        if most < 0:
            yield Piece(region, None, "分段太多")
            continue
        try:
            yield Piece(region, ask(_number(region)))
        except Split as split:
            waiting += reversed(_parts(region, split.points, domain.whole))
        except Undecided as undecided:
            yield Piece(region, None, str(undecided))


def _number(region: Region) -> Number:
    """The one number of a point, else one that stands for all of the region."""
    return region.low if is_point(region) else unknown(region)


def _parts(region: Region, points: list[Fraction], whole: bool) -> list[Region]:
    parts = list(cut(region, points, whole))
    assert parts != [region], (region, points)  # each cut makes what is asked simpler
    return parts


def merged(pieces: list[Piece[T]], same: Callable[[Piece[T], Piece[T]], bool]) -> list[Piece[T]]:
    """Neighbours for which *same* is true, as one piece with the value of the wider one."""
    made: list[Piece[T]] = []
    for piece in pieces:
        if made and same(made[-1], piece):
            kept = piece if is_point(made[-1].region) else made[-1]
            made[-1] = Piece(joined(made[-1].region, piece.region), kept.value, kept.undecided)
        else:
            made.append(piece)
    return made
