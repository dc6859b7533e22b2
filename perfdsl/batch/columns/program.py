"""A straight list of array operations over a few registers, made once and run for block after block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType
from typing import Any

import numpy as np

from perfdsl.batch.columns.assumed import Range
from perfdsl.record import record

Array = np.ndarray[Any, Any]

TYPES = {"f": np.float64, "i": np.int32, "m": np.bool_, "b": np.int8, "w": np.int64}
"""The kinds of registers."""


@record
class Register:
    """An array of one block's length.  `view` is the kind that its bits are taken as."""

    kind: str
    at: int
    view: str = ""

    def seen_as(self, kind: str) -> Register:
        return Register(self.kind, self.at, kind)


@record
class Constant:
    """A block full of one number: operations on two arrays are faster than those on an array and a number."""

    value: float


@record
class Source:
    """The block's part of an input column."""

    at: int


@record
class Sink:
    """The block's part of an output column."""

    at: int


@record
class Peak:
    """A place for the least and the greatest bits of a register, to see whether its numbers are as the program assumes."""

    at: int


Operand = Any
"""A register, a source, a sink, or a number."""


class Program:
    """Operations in order.  Registers are taken from a stack: what a scope takes it gives back at its end."""

    def __init__(self) -> None:
        self.operations: list[tuple[Callable[..., Any], tuple[Operand, ...]]] = []
        self.most = dict.fromkeys(TYPES, 0)
        self._used = dict.fromkeys(TYPES, 0)
        self.checks: list[tuple[int, Range]] = []
        self.ends: list[int] = []

    def end(self) -> None:
        """Here a part ends that has little to do with the next: of its registers only a few are read later."""
        self.ends.append(len(self.operations))

    def check(self, register: Register, source: int, span: Range) -> None:
        """Have it noted whether the numbers of a source, as they stand in a register of float64, lie in that range."""
        self.operations.append((noted, (register, Peak(len(self.checks)))))
        self.checks.append((source, span))

    def new(self, kind: str) -> Register:
        self._used[kind] += 1
        self.most[kind] = max(self.most[kind], self._used[kind])
        return Register(kind, self._used[kind] - 1)

    @contextmanager
    def scope(self) -> Iterator[None]:
        """Registers taken inside are free again behind it."""
        before = dict(self._used)
        yield
        self._used = before

    def do(self, operation: Callable[..., Any], *operands: Operand) -> None:
        """One array operation; the last operand takes its result."""
        self.operations.append((operation, operands))

    def made(self, operation: Callable[..., Any], kind: str, *operands: Operand) -> Register:
        """One array operation into a new register."""
        out = self.new(kind)
        self.do(operation, *operands, out)
        return out


class Space:
    """The registers of one thread, for blocks of up to `size` units, and the program bound to them.

    The program is written as one Python function: no time goes into a list of operations.
    """

    def __init__(self, program: Program, size: int) -> None:
        self.registers: dict[str, list[Array]] = {
            kind: [np.empty(size, TYPES[kind]) for _ in range(most)] for kind, most in program.most.items()}
        self.program, self.size = program, size
        self._full: dict[float, Array] = {}
        self.peaks = np.empty((2, len(program.checks)))
        self._limits = np.array([[span.low, span.high] for _, span in program.checks], np.float64).reshape(-1, 2).T
        self._bound: dict[int, Callable[[list[Array], list[Array]], None]] = {}

    def run(self, sources: list[Array], sinks: list[Array], length: int) -> None:
        """Run the program over one block of *length* units."""
        if length not in self._bound:
            self._bound[length] = self._function(length)
        self._bound[length](sources, sinks)

    def beyond(self) -> list[tuple[int, Range]]:
        """The sources of which the last block had numbers that are not as assumed, with what is."""
        bad = (self.peaks[0] < self._limits[0]) | (self.peaks[1] > self._limits[1])
        return [self.program.checks[at] for at in np.flatnonzero(bad)]

    def _function(self, length: int) -> Callable[[list[Array], list[Array]], None]:
        space: dict[str, Any] = {}
        lines = [f" {self._line(operation, operands, space, length)}" for operation, operands in self.program.operations]
        exec(_compiled("\n".join(["def made(sources, sinks):", *lines])), space)  # our own text
        made: Callable[[list[Array], list[Array]], None] = space["made"]
        return made

    def _line(self, operation: Callable[..., Any], operands: tuple[Operand, ...], space: dict[str, Any], length: int) -> str:
        *given, out = (self._name(one, space, length) for one in operands)
        if operation is stored:
            return f"{out}[...] = {given[0]}"
        name = f"do{id(operation)}"
        space[name] = operation
        keyword = "out=" if isinstance(operation, np.ufunc) else ""
        return f"{name}({', '.join([*given, keyword + out])})"

    def _name(self, operand: Operand, space: dict[str, Any], length: int) -> str:
        """What stands for an operand in the text; what that is goes to *space*."""
        match operand:
            case Source():
                return f"sources[{operand.at}]"
            case Sink():
                return f"sinks[{operand.at}]"
            case Register():
                name = f"{operand.kind}{operand.at}{operand.view}"
                array = self.registers[operand.kind][operand.at][:length]
                space[name] = array.view(TYPES[operand.view]) if operand.view else array
            case Peak():
                name = f"p{operand.at}"
                space[name] = self.peaks[:, operand.at]
            case Constant():
                name = f"c{len(space)}"
                space[name] = self._full.setdefault(operand.value, np.full(self.size, operand.value))[:length]
            case float() | int():
                name = f"n{len(space)}"
                space[name] = np.asarray(operand, np.float64 if isinstance(operand, float) else np.int32)  # faster than a number of Python's
            case _:
                name = f"x{len(space)}"
                space[name] = operand
        return name


@lru_cache(16)
def _compiled(text: str) -> CodeType:
    """The text of a program is the same for every length and thread."""
    return compile(text, "<program>", "exec")


def noted(numbers: Array, peak: Array) -> None:
    """The least and the greatest number."""
    peak[0], peak[1] = np.minimum.reduce(numbers), np.maximum.reduce(numbers)


def stored(source: Array, out: Array) -> None:
    """Copy, with the type of *out*; float64 is cut to whole numbers.  A program writes it as an assignment."""
    out[...] = source
