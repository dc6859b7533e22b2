"""A straight list of array operations over a few registers, made once and run for block after block."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import numpy as np

from perfdsl.record import record

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


Operand = Any
"""A register, a source, a sink, or a number."""


class Program:
    """Operations in order.  Registers are taken from a stack: what a scope takes it gives back at its end."""

    def __init__(self) -> None:
        self.operations: list[tuple[Callable[..., Any], tuple[Operand, ...]]] = []
        self.most = dict.fromkeys(TYPES, 0)
        self._used = dict.fromkeys(TYPES, 0)

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
    """The registers of one thread, for blocks of up to `size` units, and the program bound to them."""

    def __init__(self, program: Program, size: int) -> None:
        self.registers: dict[str, list[np.ndarray[Any, Any]]] = {
            kind: [np.empty(size, TYPES[kind]) for _ in range(most)] for kind, most in program.most.items()}
        self.program, self.size = program, size
        self._full: dict[float, np.ndarray[Any, Any]] = {}
        self._bound: tuple[int, list[Callable[[], Any]]] = (-1, [])
        self.sources: list[np.ndarray[Any, Any]] = []
        self.sinks: list[np.ndarray[Any, Any]] = []

    def run(self, sources: list[np.ndarray[Any, Any]], sinks: list[np.ndarray[Any, Any]], length: int) -> None:
        """Run the program over one block of *length* units."""
        self.sources, self.sinks = sources, sinks
        if self._bound[0] != length:
            self._bound = length, [self._operation(operation, operands, length) for operation, operands in self.program.operations]
        for operation in self._bound[1]:
            operation()

    def _operation(self, operation: Callable[..., Any], operands: tuple[Operand, ...], length: int) -> Callable[[], Any]:
        fixed = [self._array(one, length) for one in operands]
        if not any(isinstance(one, Source | Sink) for one in operands):
            return partial(operation, *fixed[:-1], out=fixed[-1]) if isinstance(operation, np.ufunc) else partial(operation, *fixed)
        return lambda: self._on_parts(operation, operands, fixed)

    def _on_parts(self, operation: Callable[..., Any], operands: tuple[Operand, ...], fixed: list[Any]) -> None:
        """An operation on the block's own parts of inputs or outputs."""
        *given, out = (self._part(one, array) for one, array in zip(operands, fixed, strict=True))
        if isinstance(operation, np.ufunc):
            operation(*given, out=out)
        else:
            operation(*given, out)

    def _array(self, operand: Operand, length: int) -> Any:
        if isinstance(operand, Constant):
            return self._full.setdefault(operand.value, np.full(self.size, operand.value))[:length]
        if isinstance(operand, float | int):
            return np.asarray(operand, np.float64 if isinstance(operand, float) else np.int32)  # faster than a number of Python's
        if not isinstance(operand, Register):
            return operand
        array = self.registers[operand.kind][operand.at][:length]
        return array.view(TYPES[operand.view]) if operand.view else array

    def _part(self, operand: Operand, given: Any) -> Any:
        if isinstance(operand, Source):
            return self.sources[operand.at]
        return self.sinks[operand.at] if isinstance(operand, Sink) else given


def stored(source: np.ndarray[Any, Any], out: np.ndarray[Any, Any]) -> None:
    """Copy, with the type of *out*; float64 is cut to whole numbers."""
    np.copyto(out, source, casting="unsafe")
