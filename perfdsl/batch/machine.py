"""LLVM, by llvmlite: a text in LLVM's language becomes a function of this process, and is kept for the next."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from perfdsl.resources import forget, recalled, remember

_KEPT = "machine"
_MOST = 64
"""Functions that are kept, of some 100 KB each."""


def is_there() -> bool:
    """Whether llvmlite is installed."""
    return find_spec("llvmlite") is not None


def table_of(arrays: Sequence[Any]) -> Any:
    """The addresses of numpy arrays, as one argument."""
    return (ctypes.c_void_p * len(arrays))(*(one.ctypes.data for one in arrays))


class Machine:
    """A function from *wholes* 64-bit numbers and then *arrays* addresses to a 64-bit number.

    It may be called by several threads, and runs beside others.
    """

    def __init__(self, engine: Any, name: str, wholes: int, arrays: int) -> None:
        self._engine = engine
        address = engine.get_function_address(name)
        self.call: Callable[..., int] = ctypes.CFUNCTYPE(*[ctypes.c_int64] * (1 + wholes), *[ctypes.c_void_p] * arrays)(address)


def found(written: Callable[[], str], name: str, wholes: int, arrays: int, may_make: bool) -> Machine | None:
    """The one function of a module, whose text *written* gives: as an earlier run has kept it, else made, which takes a while, where it may be.

    None where llvmlite is not there, or there is anything that LLVM cannot do: what is computed does not hang on it.
    """
    if not is_there():
        return None
    try:
        text = written()
        content = f"{_version()}\n{text}"
        code = _kept(content)
        engine = _loaded(code) if code is not None else _made(text, content) if may_make else None
        return None if engine is None else Machine(engine, name, wholes, arrays)
    except Exception:  # noqa: BLE001  # whatever it is, arrays go on
        return None


class Awaited:
    """The one function of a module in *file*, as `found`: looked for when so much work has come, made when that pays."""

    def __init__(self, file: Path, name: str, wholes: int, arrays: int, looks: int, pays: int) -> None:
        self._file, self._what = file, (name, wholes, arrays)
        self._looks, self._pays = looks, pays
        self._come = 0
        self._found: Machine | None = None
        self._tried = 0
        self._lock = Lock()

    def text(self) -> str:
        return self._file.read_text(encoding="ascii")

    def after(self, work: int) -> Machine | None:
        """The function, with so much more work to do; None: none yet, or none on this machine."""
        with self._lock:
            self._come += work
            due = (self._come > self._looks) + (self._come > self._pays)
            if self._found is None and due > self._tried:
                self._tried = due
                self._found = found(self.text, *self._what, may_make=due > 1)
            return self._found


@cache
def _version() -> str:
    """What machine code is made by, and what for."""
    import llvmlite
    import llvmlite.binding as llvm

    return f"{llvmlite.__version__} {llvm.get_default_triple()} {llvm.get_host_cpu_name()} {llvm.get_host_cpu_features().flatten()}"


def _kept(content: str) -> bytes | None:
    """What an earlier run has kept, as it was: LLVM ends the process where it is given anything else."""
    kept = recalled(_KEPT, content)
    if kept is None:
        return None
    digest, code = kept[0]
    return code if sha256(code).digest() == digest else None


def _loaded(code: bytes) -> Any:
    import llvmlite.binding as llvm

    engine = _engine(llvm.parse_assembly(""))
    engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    return engine


def _made(text: str, content: str) -> Any:
    import llvmlite.binding as llvm

    module = llvm.parse_assembly(text)
    module.verify()
    passes = llvm.create_pass_builder(_host(), llvm.create_pipeline_tuning_options(speed_level=3))
    passes.getModulePassManager().run(module, passes)
    engine = _engine(module)
    engine.set_object_cache(lambda _, code: remember(_KEPT, content, (sha256(code).digest(), code)))
    engine.finalize_object()
    forget(_KEPT, _MOST)
    return engine


def _engine(module: Any) -> Any:
    import llvmlite.binding as llvm

    llvm.check_jit_execution()
    return llvm.create_mcjit_compiler(module, _host())


@cache
def _target() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm.Target.from_default_triple()


def _host() -> Any:
    """For the processor of this machine."""
    import llvmlite.binding as llvm

    return _target().create_target_machine(cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=3)
