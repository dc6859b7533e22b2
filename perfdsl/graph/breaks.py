"""Where a rule changes from one part to the next, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from perfdsl.graph.probe import Probe
from perfdsl.prove.polynomial import simplest

_FINE = Fraction(1, 2**40)
_GRID = 48
_DOUBLINGS = 10


def breaks(probe: Probe, most: int | None = None) -> list[Fraction]:
    """Every value, in order, at which another part of the rule begins to give the score; no more than the first *most*."""
    places = _places(probe)
    found = (x for a, b in zip(places, places[1:], strict=False) for x in _between(probe, a, b))
    return sorted(set(islice(found, most)))


def _places(probe: Probe) -> list[Fraction]:
    """What the rule names, and a grid on either side that reaches to where the score no longer moves."""
    named = probe.candidates()
    scale = max((abs(x) for x in named), default=Fraction(0)) or Fraction(1)
    grid = set(named)
    for side in (1, -1):
        reach = 2 * scale * side
        for _ in range(_DOUBLINGS):
            grid |= {reach * i / _GRID for i in range(_GRID + 1)}
            if not _moves(probe, reach):
                grid.add(2 * reach)
                break
            reach *= 2
    return sorted(grid)


def _moves(probe: Probe, reach: Fraction) -> bool:
    """Whether the score still changes beyond *reach*, within twice the weight."""
    here, there = probe.sample(reach), probe.sample(2 * reach)
    if here.low is None or there.low is None:
        return False
    return here.low != there.low and abs(here.low) <= 2 * probe.indicator.weight


def _between(probe: Probe, a: Fraction, b: Fraction) -> Iterator[Fraction]:
    """The breaks in [a, b]: halve to the first one, go on behind it."""
    while probe.sample(a).piece != probe.sample(b).piece:
        low, high, first = a, b, probe.sample(a).piece
        while high - low > _FINE * (b - a):
            middle = (low + high) / 2
            low, high = (middle, high) if probe.sample(middle).piece == first else (low, middle)
        yield simplest(low, high)
        a = high
