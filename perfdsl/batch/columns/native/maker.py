"""When a program becomes machine code: once enough units have come, beside what the arrays go on to do."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from perfdsl.batch import machine
from perfdsl.batch.columns.program import Program

if TYPE_CHECKING:
    from perfdsl.batch.machine import Machine

PAYS = 2**19
"""Units after which it is made: making it takes as long as four times so many by arrays, and the next run has it from the start."""
LOOKS = 2**18
"""Units after which one is looked for that an earlier run has made."""

_Types = tuple[tuple[str, ...], tuple[str, ...]]


class Maker:
    """The machine code of one program; nothing where llvmlite is not installed.  May be asked by several threads."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._made: dict[_Types, Future[Machine | None]] = {}
        self._tried: dict[_Types, bool] = {}
        self._units = 0
        self._lock = Lock()

    def machine(self, sources: Sequence[np.ndarray[Any, Any]], sinks: Sequence[np.ndarray[Any, Any]], size: int) -> Machine | None:
        """What scores *size* units of such arrays, where it is ready; the units are counted."""
        if not all(_fits(one, size) for one in (*sources, *sinks)):
            return None
        types = tuple(map(_type, sources)), tuple(map(_type, sinks))
        with self._lock:
            self._units += size
            if self._units > min(LOOKS, PAYS):
                self._begin(types, self._units > PAYS)
        made = self._made.get(types)
        return made.result() if made is not None and made.done() else None

    def wait(self) -> None:
        """Until what has been begun is ready."""
        for one in list(self._made.values()):
            one.result()

    def _begin(self, types: _Types, may_make: bool) -> None:
        """Beside what the arrays go on to do."""
        if types in self._made and (may_make <= self._tried[types] or not self._made[types].done() or self._made[types].result() is not None):
            return
        pool = ThreadPoolExecutor(1)
        self._made[types], self._tried[types] = pool.submit(self._compiled, types, may_make), may_make
        pool.shutdown(wait=False)

    def _compiled(self, types: _Types, may_make: bool) -> Machine | None:
        """None where there is an operation without a counterpart, or LLVM does not work on this machine: then arrays go on."""
        from perfdsl.batch.columns.native.loop import NAME, module

        return machine.found(lambda: module(self._program, *types), NAME, 2, 1, may_make)


def _fits(array: np.ndarray[Any, Any], size: int) -> bool:
    """Whether its bytes are those that the machine code reads or writes."""
    return bool(array.flags.c_contiguous and array.flags.aligned and array.dtype.isnative and array.shape == (size,))


def _type(array: np.ndarray[Any, Any]) -> str:
    """Kind and size, which are told faster than a name."""
    return f"{array.dtype.kind}{array.dtype.itemsize}"
