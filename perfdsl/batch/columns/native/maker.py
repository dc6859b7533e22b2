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

PAYS = 2**21
"""Units after which it is made: making it takes about as long as so many units by arrays."""

_Types = tuple[tuple[str, ...], tuple[str, ...]]


class Maker:
    """The machine code of one program; nothing where llvmlite is not installed.  May be asked by several threads."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._made: dict[_Types, Future[Machine | None]] = {}
        self._units = 0
        self._lock = Lock()

    def machine(self, sources: Sequence[np.ndarray[Any, Any]], sinks: Sequence[np.ndarray[Any, Any]], size: int) -> Machine | None:
        """What scores *size* units of such arrays, where it is ready; the units are counted."""
        if not all(_fits(one, size) for one in (*sources, *sinks)):
            return None
        types = tuple(map(_type, sources)), tuple(map(_type, sinks))
        with self._lock:
            self._units += size
            if types not in self._made and self._units > PAYS:
                self._made[types] = self._begun(types)
        made = self._made.get(types)
        return made.result() if made is not None and made.done() else None

    def wait(self) -> None:
        """Until what has been begun is ready."""
        for one in list(self._made.values()):
            one.result()

    def _begun(self, types: _Types) -> Future[Machine | None]:
        if not machine.is_there():
            nothing: Future[Machine | None] = Future()
            nothing.set_result(None)
            return nothing
        pool = ThreadPoolExecutor(1)
        made = pool.submit(self._compiled, types)
        pool.shutdown(wait=False)
        return made

    def _compiled(self, types: _Types) -> Machine | None:
        """None where there is an operation without a counterpart, or LLVM does not work on this machine: then arrays go on."""
        from perfdsl.batch.columns.native.loop import NAME, module

        try:
            return machine.Machine(module(self._program, *types), NAME, 2, 1)
        except Exception:  # noqa: BLE001  # whatever it is, the scores do not hang on it
            return None


def _fits(array: np.ndarray[Any, Any], size: int) -> bool:
    """Whether its bytes are those that the machine code reads or writes."""
    return bool(array.flags.c_contiguous and array.flags.aligned and array.dtype.isnative and array.shape == (size,))


def _type(array: np.ndarray[Any, Any]) -> str:
    """Kind and size, which are told faster than a name."""
    return f"{array.dtype.kind}{array.dtype.itemsize}"
