"""The parts of a program, each a loop of its own, and what they hand on to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from perfdsl.batch.columns.program import Operand, Program, Register
from perfdsl.batch.columns.sums import Ties
from perfdsl.record import record

Place = tuple[str, int]
"""A register by its kind and number."""


@record
class Part:
    """Operations in order; `taken` are the registers that it reads as an earlier part left them, `left` those that a later one so reads."""

    operations: tuple[tuple[Callable[..., Any], tuple[Operand, ...]], ...]
    taken: tuple[Place, ...]
    left: tuple[Place, ...]


def parts(program: Program) -> list[Part]:
    """All of them: arrays that are used together stay few enough for the cache."""
    cuts = [0, *(end for end in program.ends if 0 < end < len(program.operations)), len(program.operations)]
    several = [program.operations[start:end] for start, end in pairwise(cuts) if start < end]
    taken = [_taken(one) for one in several]
    made, wanted = [], set[Place]()
    for operations, own in reversed(list(zip(several, taken, strict=True))):
        left = wanted & _written(operations)
        wanted = (wanted - left) | own
        made.append(Part(tuple(operations), tuple(sorted(own)), tuple(sorted(left))))
    return made[::-1]


def _taken(operations: Sequence[tuple[Callable[..., Any], tuple[Operand, ...]]]) -> set[Place]:
    """The registers that are read before they are written."""
    found: set[Place] = set()
    written: set[Place] = set()
    for operation, operands in operations:
        read = [one for some in operation.parted(operands) for one in some] if isinstance(operation, Ties) else operands[:-1]
        found |= _places(read) - written
        written |= _places(operands[-1:])
    return found


def _written(operations: Sequence[tuple[Callable[..., Any], tuple[Operand, ...]]]) -> set[Place]:
    return {place for _, operands in operations for place in _places(operands[-1:])}


def _places(operands: Sequence[Operand]) -> set[Place]:
    return {(one.kind, one.at) for one in operands if isinstance(one, Register)}
