"""LLVM, by llvmlite: a text in LLVM's language becomes a function of this process."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any


def is_there() -> bool:
    """Whether llvmlite is installed."""
    return find_spec("llvmlite") is not None


def table_of(arrays: Sequence[Any]) -> Any:
    """The addresses of numpy arrays, as one argument."""
    return (ctypes.c_void_p * len(arrays))(*(one.ctypes.data for one in arrays))


class Machine:
    """The one function of a module, from *wholes* 64-bit numbers and then *arrays* addresses to a 64-bit number.

    It may be called by several threads, and runs beside others.  Whatever LLVM cannot do raises.
    """

    def __init__(self, text: str, name: str, wholes: int, arrays: int) -> None:
        import llvmlite.binding as llvm

        llvm.check_jit_execution()
        module = llvm.parse_assembly(text)
        module.verify()
        host, options = _host(), llvm.create_pipeline_tuning_options(speed_level=3)
        passes = llvm.create_pass_builder(host, options)
        passes.getModulePassManager().run(module, passes)
        self._engine = llvm.create_mcjit_compiler(module, _host())
        self._engine.finalize_object()
        address = self._engine.get_function_address(name)
        self.call: Callable[..., int] = ctypes.CFUNCTYPE(*[ctypes.c_int64] * (1 + wholes), *[ctypes.c_void_p] * arrays)(address)


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
